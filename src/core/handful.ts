/** Problems to look at one after another. */
const MOST = 12;

/** Answers to each of them that are looked at at once. */
export const ANSWERS_EACH = 4;

/** So many digits of p count, so that a recording, which keeps four, and every engine have the same handful. */
const DIGITS = 3;

/**
 * A handful of problems by how often the base solves them: at evenly spaced ranks of its order, from the middle one on to
 * rarer ones, then the frequent ones. Nobody picks them, so that none stands there because it looks good.
 * @param baseP the base's success probability p of each problem, from 0 to 1.
 * @returns at most twelve indices into `baseP`, all of them where there are fewer.
 */
export function handful(baseP: ArrayLike<number>): number[] {
  const rounded = Array.from(baseP, (p) => Number(p.toPrecision(DIGITS)));
  const order = rounded.map((_, i) => i).sort((a, b) => rounded[b]! - rounded[a]! || a - b);
  const count = Math.min(MOST, order.length);
  const ranks = Array.from({ length: count }, (_, i) =>
    Math.floor(((i + 0.5) * order.length) / count),
  );
  const middle = Math.floor(count / 2);
  return [...ranks.slice(middle), ...ranks.slice(0, middle)].map((rank) => order[rank]!);
}
