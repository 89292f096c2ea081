/** As much of MathJax 3 as the build uses; the package has no types. */
declare module 'mathjax' {
  interface Element {
    readonly kind: string;
  }
  export interface MathJax {
    tex2svg(tex: string, options: { display: boolean }): Element;
    tex2mml(tex: string, options: { display: boolean }): string;
    startup: {
      adaptor: {
        firstChild(node: Element): Element;
        getAttribute(node: Element, name: string): string;
        innerHTML(node: Element): string;
      };
    };
  }
  const node: { init(configuration: object): Promise<MathJax> };
  export default node;
}
