/** Allows WebAssembly, and nothing else. A browser that does not know it computes in plain TypeScript. */
export const WASM = "'wasm-unsafe-eval'";

/**
 * The content security policy of the page: everything from its own address, and nothing else. A server may send it as a
 * header too; then it holds in the workers as well, which a `<meta>` does not reach.
 *
 * There is no `unsafe-inline` and no `unsafe-eval`: scripts and styles are files, what moves is styled by the object model,
 * and tfjs compiles shaders, not JavaScript.
 */
export const CONTENT_SECURITY_POLICY = [
  // Scripts, styles, workers, the bases and the recorded runs.
  "default-src 'self'",
  // What computes without a GPU is compiled from bytes; no text ever is.
  `script-src 'self' ${WASM}`,
  // `data:` is the empty icon, and the drawing of a figure on its way to a PNG.
  "img-src 'self' data:",
  "object-src 'none'",
  // A file that is opened can change neither where addresses lead nor where forms go.
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

/** While developing, vite puts styles into the page and talks to it by a socket. */
const DEVELOPING = `${CONTENT_SECURITY_POLICY}; style-src 'self' 'unsafe-inline'; connect-src 'self' ws:`;

/** For vite: the policy of `index.html`, with what its development server needs. */
export const contentSecurity = () => ({
  name: 'content-security',
  apply: 'serve' as const,
  transformIndexHtml: (html: string): string => html.replace(CONTENT_SECURITY_POLICY, DEVELOPING),
});
