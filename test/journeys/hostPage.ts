import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A page of somebody else, on a port of its own. */
export interface HostPage {
  url: string;
  close(): Promise<void>;
}

const TYPES: Record<string, string> = {
  css: 'text/css',
  html: 'text/html; charset=utf-8',
  js: 'text/javascript',
};
const typeOf = (path: string): string => TYPES[path.split('.').at(-1)!] ?? TYPES['html']!;

/**
 * Serves a page and the files that it names, under a content security policy.
 *
 * @param files by their path; the page is at `/`.
 */
async function serve(
  page: string,
  policy: string,
  files: Readonly<Record<string, string | URL>>,
): Promise<HostPage> {
  const server = createServer((request, response) => {
    const path = request.url!.slice(1);
    const file = path === '' ? page : files[path];
    void (file instanceof URL ? readFile(file) : Promise.resolve(file)).then((content) => {
      response.writeHead(content === undefined ? 404 : 200, {
        'content-type': typeOf(path),
        'content-security-policy': policy,
      });
      response.end(content);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

/**
 * A post whose policy allows the site's script and frames, and nothing else of it.
 *
 * @param body what stands in it, beside the site's script; @param site the address of the site.
 */
export function startHostPage(body: string, site: string): Promise<HostPage> {
  const { origin } = new URL(site);
  const page = `<!doctype html><html lang="en"><head><title>A post</title>
    <link rel="stylesheet" href="style.css">
    <script type="module" src="${site}embed.js"></script></head><body>${body}</body></html>`;
  return serve(
    page,
    `default-src 'none'; script-src ${origin}; frame-src ${origin}; style-src 'self'`,
    { 'style.css': 'html.dark { background: #101010; color: #eee; } .tall { height: 3000px; }' },
  );
}

/** A post that allows everything, in which snippets stand as they were written. */
export const startPost = (body: string): Promise<HostPage> =>
  serve(
    `<!doctype html><html lang="en"><head><title>A post</title>
    <meta name="viewport" content="width=device-width"></head><body>${body}</body></html>`,
    '',
    {},
  );

/** A deck of reveal.js: each slide a frame, which is loaded when it comes up and unloaded when it goes. */
export function startDeck(addresses: readonly string[]): Promise<HostPage> {
  const slides = addresses.map(
    (address) =>
      `<section><iframe title="A slide" width="960" height="700" data-src="${address.replace(/&/g, '&amp;')}"></iframe></section>`,
  );
  const page = `<!doctype html><html lang="en"><head><title>A deck</title>
    <link rel="stylesheet" href="reveal.css"></head>
    <body><div class="reveal"><div class="slides">${slides.join('')}</div></div>
    <script src="reveal.js"></script><script src="start.js"></script></body></html>`;
  const reveal = (file: string): URL =>
    new URL(`../../node_modules/reveal.js/dist/${file}`, import.meta.url);
  return serve(page, "frame-src *; default-src 'self'; style-src 'self' 'unsafe-inline'", {
    'reveal.css': reveal('reveal.css'),
    'reveal.js': reveal('reveal.js'),
    'start.js': 'Reveal.initialize({ width: 960, height: 700, margin: 0, viewDistance: 1 });',
  });
}
