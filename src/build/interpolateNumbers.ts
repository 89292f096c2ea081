/** What d3-scale needs of d3-interpolate where a scale is of numbers; all the rest, mostly colours, is 5 kB before Play. */
export const interpolateNumber = (a: number, b: number) => (t: number) => a * (1 - t) + b * t;
export const interpolateRound = (a: number, b: number) => (t: number) =>
  Math.round(a * (1 - t) + b * t);
export { interpolateNumber as interpolate };

/** Of sequential and diverging scales, of which the page has none. */
export const piecewise = undefined;
