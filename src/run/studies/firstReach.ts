/**
 * The value of `ys` where `xs` first reaches `level`, both read at the same evaluations and linear between them: what two
 * runs are compared by that have come equally far, however many steps each took. Null for a run that never gets there, or
 * where a number is missing on the way. A level that is reached at once gives the first value.
 */
export function atFirstReach(
  xs: readonly (number | null)[],
  ys: readonly (number | null)[],
  level: number,
): number | null {
  const index = xs.findIndex((x) => x !== null && x >= level);
  if (index < 0) return null;
  const [after, to] = [xs[index]!, ys[index] ?? null];
  if (index === 0 || to === null) return to;
  const [before, from] = [xs[index - 1] ?? null, ys[index - 1] ?? null];
  if (before === null || from === null) return null;
  return from + ((level - before) / (after - before)) * (to - from);
}
