/** A file of equations in TeX, one a line, as `src/build/equations.ts` sets it. */
declare module '*.tex' {
  const lines: readonly import('../../../build/equations.ts').SetEquation[];
  export default lines;
}
