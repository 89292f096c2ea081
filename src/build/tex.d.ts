/** A file of equations in TeX, by name, as `equations.ts` sets their lines. */
declare module '*.tex' {
  const equations: Readonly<Record<string, readonly import('./equations.ts').SetEquation[]>>;
  export default equations;
}
