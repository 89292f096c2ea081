import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join, normalize } from 'node:path';
import { chromium, type Browser, type Page } from 'playwright';
import { afterAll, afterEach, beforeAll } from 'vitest';
import { buildSite } from '../buildSite.ts';
import { chromiumArguments, chromiumPath } from '../chromium.ts';

/** The built site on a port of its own, under a sub-path as on a project page, and a browser to open it with. */
export interface Site {
  url: string;
  browser: Browser;
  /** A fresh page; every request to another origin and every error of the page is noted. */
  open(fragment?: string, options?: OpenOptions): Promise<OpenPage>;
  /** Where its files are. */
  folder: string;
  /** Closes the server, as when the network is away; its files stay, and so do open pages. */
  stopServing(): Promise<void>;
  close(): Promise<void>;
}

export interface OpenOptions {
  width?: number;
  height?: number;
  colorScheme?: 'light' | 'dark';
  /** Whether the page may keep itself for offline use, which it only does where a journey looks at that. */
  serviceWorkers?: 'allow' | 'block';
  /** Runs before the page is loaded. */
  before?: (page: Page) => Promise<unknown>;
}

export interface OpenPage {
  page: Page;
  foreignRequests: string[];
  errors: string[];
}

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.webmanifest': 'application/manifest+json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
};
const SUB_PATH = '/some/where/playground/';

/** The built site on a port of its own, without a browser. */
export interface ServedSite extends Pick<Site, 'url' | 'folder' | 'stopServing'> {
  origin: string;
  /** Closes the server, if it is open, and removes the files. */
  remove(): Promise<void>;
}

export async function serveSite(): Promise<ServedSite> {
  const folder = await mkdtemp(join(tmpdir(), 'rlvr-site-'));
  await buildSite(folder);
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url!, 'http://localhost').pathname);
    const inside = path.startsWith(SUB_PATH) ? path.slice(SUB_PATH.length) || 'index.html' : null;
    if (inside === null || normalize(inside).startsWith('..')) {
      response.writeHead(404).end();
      return;
    }
    readFile(join(folder, inside)).then(
      (bytes) => {
        const type = TYPES[extname(inside)] ?? 'application/octet-stream';
        // As hosts of static files send it, so that pages of other origins can have the script of an embed.
        response.writeHead(200, {
          'content-type': type,
          'content-length': bytes.length,
          'access-control-allow-origin': '*',
        });
        response.end(bytes);
      },
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url: `${origin}${SUB_PATH}`,
    origin,
    folder,
    stopServing: () => closeServer(server),
    async remove() {
      if (server.listening) await closeServer(server);
      await rm(folder, { recursive: true });
    },
  };
}

/** @param flags of the browser, beside those that all tests have. */
export async function startSite(flags: readonly string[] = []): Promise<Site> {
  const { url, origin, folder, stopServing, remove } = await serveSite();
  const browser = await chromium.launch({
    executablePath: await chromiumPath(),
    args: [...chromiumArguments, ...flags],
  });
  return {
    url,
    browser,
    folder,
    async open(
      fragment = '',
      { width = 1440, height = 900, colorScheme = 'light', serviceWorkers = 'block', before } = {},
    ) {
      const context = await browser.newContext({
        viewport: { width, height },
        colorScheme,
        serviceWorkers,
      });
      const page = await context.newPage();
      const opened: OpenPage = { page, foreignRequests: [], errors: [] };
      page.on('request', (request) => {
        const to = request.url();
        if (!/^(data|blob):/.test(to) && !to.startsWith(origin)) opened.foreignRequests.push(to);
      });
      page.on('pageerror', (error) => opened.errors.push(error.message));
      page.on('console', (message) => {
        if (message.type() === 'error') opened.errors.push(message.text());
      });
      await before?.(page);
      await page.goto(`${url}${fragment}`);
      return opened;
    },
    stopServing,
    async close() {
      await browser.close();
      await remove();
    },
  };
}

/**
 * For the journeys of a file: builds the site before the first, closes after each the pages that it has opened with the
 * function given back, and after the last the site.
 *
 * @param flags of the browser, beside those that all tests have.
 */
export function useSite(...flags: string[]): Site['open'] {
  let site: Site;
  let opened: OpenPage[] = [];
  beforeAll(async () => {
    site = await startSite(flags);
  });
  afterAll(() => site.close());
  afterEach(async () => {
    for (const { page } of opened) await page.context().close();
    opened = [];
  });
  return async (fragment, options) => {
    const page = await site.open(fragment, options);
    opened.push(page);
    return page;
  };
}

/** A little less than a journey may take, so that what was waited for is named when it does not come. */
const PATIENCE = { timeout: 170_000 };

/** Waits until the line beside the buttons contains the words. */
export const statusSays = (page: Page, words: string) =>
  page.waitForFunction(
    (wanted) => document.querySelector('.status')?.textContent?.includes(wanted),
    words,
    PATIENCE,
  );

/** Scrolls from the top to the end, as a reader does, so that every card is made; stays there. */
export async function scrollThrough(page: Page): Promise<void> {
  await page.waitForSelector('[data-card=weight]', { state: 'attached' });
  for (const card of await page.locator('[data-card]').all()) {
    await card.scrollIntoViewIfNeeded();
    await card.locator(':scope > *').first().waitFor();
  }
}

/** Waits until the run has made so many steps. */
export const reaches = (page: Page, step: number) =>
  page.waitForFunction(
    (wanted) => Number(document.querySelector('.step b')?.textContent) >= wanted,
    step,
    PATIENCE,
  );

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.closeAllConnections();
    server.close(() => resolve());
  });
}
