import type { Plugin } from 'vite';

const MODULE = '\0numeric-interpolators';

/** The part of d3-interpolate that d3-scale needs where all ranges are of numbers; only diverging scales ask for `piecewise`. */
export const NUMERIC_INTERPOLATORS = `
export const interpolateNumber = (a, b) => (t) => a * (1 - t) + b * t;
export const interpolateRound = (a, b) => (t) => Math.round(a * (1 - t) + b * t);
export { interpolateNumber as interpolate };
export const piecewise = () => { throw new Error('scales of three colours are not in this build'); };
`;

/**
 * d3-scale can interpolate between whatever a range holds, and so brings the colours, dates and texts of d3-interpolate
 * and all of d3-color, 5.6 kB before the first paint. The scales of this page are of numbers, as their types say.
 */
export function numericScales(): Plugin {
  return {
    name: 'numeric-scales',
    apply: 'build',
    enforce: 'pre',
    resolveId: (id, importer) =>
      id === 'd3-interpolate' && importer?.includes('/d3-scale/') ? MODULE : null,
    load: (id) => (id === MODULE ? NUMERIC_INTERPOLATORS : null),
  };
}
