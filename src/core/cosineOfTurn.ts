/** 2π as a head of 29 bits, whose product with a float32 is exact, and the tail to 53 bits more. */
const TURN_HEAD = 421657428 / 67108864;
const TURN_TAIL = 3.968374318722162e-9;

/**
 * cos(2π u), u in turns and finite. Error below 0.9 ulp; exact at every quarter of a turn.
 *
 * A turn is reduced exactly: u = n + q/4 + t, |t| ≤ 1/8; then the Taylor series of the cosine or the sine of θ = 2π t.
 */
export function cosineOfTurn(u: number): number {
  const turn = u - Math.round(u);
  const quarter = Math.round(4 * turn);
  const t = turn - quarter / 4;
  const near = Math.fround(t);
  const head = near * TURN_HEAD;
  const tail = near * TURN_TAIL + (t - near) * (2 * Math.PI);
  const angle = head + tail;
  const square = angle * angle;
  if (quarter === 1 || quarter === -1) {
    const sine = head + (tail + angle * square * sineSeries(square));
    return quarter === 1 ? 0 - sine : sine;
  }
  const lost = head - angle + tail;
  const half = 0.5 * square;
  const most = 1 - half;
  const cosine = most + (1 - most - half + (square * square * cosineSeries(square) - angle * lost));
  return quarter === 0 ? cosine : -cosine;
}

/** −1/3! + s/5! − … + s⁷/17!, s = θ². */
const sineSeries = (s: number): number =>
  seriesOf(s, -1 / 6, 1 / 120, -1 / 5040, 1 / 362880, -1 / 39916800, 1 / 6227020800) +
  s * s * s * s * s * s * (-1 / 1307674368000 + s * (1 / 355687428096000));

/** 1/4! − s/6! + … + s⁶/16!, s = θ². */
const cosineSeries = (s: number): number =>
  seriesOf(s, 1 / 24, -1 / 720, 1 / 40320, -1 / 3628800, 1 / 479001600, -1 / 87178291200) +
  s * s * s * s * s * s * (1 / 20922789888000);

/** a + b s + c s² + d s³ + e s⁴ + f s⁵ */
function seriesOf(
  s: number,
  a: number,
  b: number,
  c: number,
  d: number,
  e: number,
  f: number,
): number {
  return a + s * (b + s * (c + s * (d + s * (e + s * f))));
}
