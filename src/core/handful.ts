/** Problems to look at one after another. */
const MOST = 12;

/**
 * A handful of problems by how often the base solves them: at evenly spaced ranks of its order, from the middle one on to
 * rarer ones, then the frequent ones. Nobody picks them, so that none stands there because it looks good.
 */
export function handful(baseP: ArrayLike<number>): number[] {
  const order = Array.from(baseP, (_, i) => i).sort((a, b) => baseP[b]! - baseP[a]! || a - b);
  const count = Math.min(MOST, order.length);
  const ranks = Array.from({ length: count }, (_, i) =>
    Math.floor(((i + 0.5) * order.length) / count),
  );
  const middle = Math.floor(count / 2);
  return [...ranks.slice(middle), ...ranks.slice(0, middle)].map((rank) => order[rank]!);
}
