/** A file of equations in TeX, one a line, as `equations.ts` sets it. */
declare module '*.tex' {
  const lines: readonly import('./equations.ts').SetEquation[];
  export default lines;
}
