import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A page of somebody else: on a port of its own, under a content security policy that allows the site's script and frames. */
export interface HostPage {
  url: string;
  close(): Promise<void>;
}

/** @param body what stands in the page, beside the site's script; @param site the address of the site. */
export async function startHostPage(body: string, site: string): Promise<HostPage> {
  const { origin } = new URL(site);
  const policy = `default-src 'none'; script-src ${origin}; frame-src ${origin}; style-src 'self'`;
  const page = `<!doctype html><html lang="en"><head><title>A post</title>
    <link rel="stylesheet" href="style.css">
    <script type="module" src="${site}embed.js"></script></head><body>${body}</body></html>`;
  const style = `html.dark { background: #101010; color: #eee; } .tall { height: 3000px; }`;
  const server = createServer((request, response) => {
    const isStyle = request.url === '/style.css';
    response.writeHead(200, {
      'content-type': isStyle ? 'text/css' : 'text/html; charset=utf-8',
      'content-security-policy': policy,
    });
    response.end(isStyle ? style : page);
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
