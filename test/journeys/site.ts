import { cp, mkdtemp, readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join, normalize } from 'node:path';
import { chromium, type Browser, type Page } from 'playwright';
import { afterAll, afterEach, beforeAll, inject } from 'vitest';
import { chromiumArguments, chromiumPath } from '../chromium.ts';
import { STALLED_PAGE } from '../stalledPage.ts';

/** The built site on a port of its own, under a sub-path as on a project page, and a browser to open it with. */
export interface Site {
  url: string;
  browser: Browser;
  /** A fresh page; every request to another origin and every error of the page is noted. */
  open(fragment?: string, options?: OpenOptions): Promise<OpenPage>;
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
export interface ServedSite extends Pick<Site, 'url' | 'stopServing'> {
  origin: string;
  /** Closes the server, if it is open. */
  close(): Promise<void>;
}

/** Serves a folder; without one, that of the site which all journeys share. */
export async function serveSite(folder = inject('site')): Promise<ServedSite> {
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
    stopServing: () => closeServer(server),
    async close() {
      if (server.listening) await closeServer(server);
    },
  };
}

/** How a site is opened. */
export interface SiteOptions {
  /** What is served, where it is not the folder that all journeys share. */
  folder?: string;
  /**
   * Whether its pages draw and compute with WebGL. The others leave the browser's own pictures to the processor, which
   * takes a quarter less time than software GL does.
   */
  webgl?: boolean;
  /** Whether they are opened in a browser of their own: one whose GPU process dies often enough gives no page WebGL any more. */
  alone?: boolean;
}

const launch = async (webgl: boolean): Promise<Browser> =>
  chromium.launch({
    executablePath: await chromiumPath(),
    args: [...chromiumArguments, ...(webgl ? [] : ['--disable-gpu-compositing'])],
  });

/** One browser of each kind a process: starting one takes a second. They end with the process. */
const browsers = new Map<boolean, Promise<Browser>>();
function sharedBrowser(webgl: boolean): Promise<Browser> {
  const running = browsers.get(webgl) ?? launch(webgl);
  browsers.set(webgl, running);
  return running;
}

/** A copy of the shared site that a journey may change, in a folder that it has to remove. */
export async function copyOfSite(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'rlvr-copy-'));
  await cp(inject('site'), folder, { recursive: true });
  return folder;
}

/** Milliseconds without a frame after which a page whose timers go on gets no more. */
const STALLED_AFTER_MS = 12_000;

/**
 * Where the browser's own pictures are made by the processor, Chromium 143 now and then stops giving a page frames, for
 * good: about 3 of 100 pages that were scrolled from end to end, three browsers at once. What waits on such a page is
 * ended with the words {@link STALLED_PAGE}, by which the journey is made again.
 */
export function watchFrames(page: Page): void {
  const hasFrames = (): Promise<boolean> =>
    page
      .evaluate(
        (ms) =>
          new Promise<boolean>((resolve) => {
            requestAnimationFrame(() => resolve(true));
            setTimeout(() => resolve(document.visibilityState === 'hidden'), ms);
          }),
        STALLED_AFTER_MS,
      )
      // It is being left, or closed.
      .catch(() => true);
  const watch = async (): Promise<void> => {
    if (page.isClosed()) return;
    if (await hasFrames()) setTimeout(() => void watch(), 1000).unref();
    else await page.context().close({ reason: STALLED_PAGE });
  };
  void watch();
}

export async function startSite({
  folder,
  webgl = false,
  alone = false,
}: SiteOptions = {}): Promise<Site> {
  const { url, origin, stopServing, close } = await serveSite(folder);
  const browser = await (alone ? launch : sharedBrowser)(webgl);
  return {
    url,
    browser,
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
      if (!webgl) watchFrames(page);
      return opened;
    },
    stopServing,
    async close() {
      if (alone) await browser.close();
      await close();
    },
  };
}

/**
 * For the journeys of a file: serves the site before the first, closes after each the pages that it has opened with the
 * function given back, and after the last the server.
 */
export function useSite(options: SiteOptions = {}): Site['open'] {
  let site: Site;
  let opened: OpenPage[] = [];
  beforeAll(async () => {
    site = await startSite(options);
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
