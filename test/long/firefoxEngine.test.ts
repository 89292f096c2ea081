import { fileURLToPath } from 'node:url';
import puppeteer from 'puppeteer-core';
import { build, preview, type PreviewServer } from 'vite';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { firefoxPath } from '../firefox.ts';
import { RUN_BITS } from '../experiments/sameBits.ts';
import { SHAPES } from '../policy/parity.ts';
import { openDisplay, type Display } from './display.ts';

/** Mesa compiles each shape's programs anew. */
const LIMIT_MS = 600_000;

/**
 * The engines in Firefox, beside the reference engine, on a page of its own. Vitest's own browsers cannot be an installed
 * Firefox.
 */
const path = firefoxPath();
const display: Display | null = path ? await openDisplay() : null;

const folder = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
const outDir = folder('../../out/parity-page');
const page = { root: folder('parity'), configFile: false, logLevel: 'error' } as const;
let server: PreviewServer;
beforeAll(async () => {
  if (!path) return;
  await build({ ...page, build: { outDir, emptyOutDir: true, target: 'es2022' } });
  server = await preview({ ...page, build: { outDir }, preview: { port: 0, host: '127.0.0.1' } });
});
afterAll(async () => {
  display?.close();
  await server?.close();
});

/** What the page gives; WebGL takes a display, with `preferences` of its own. */
async function onPage<Found>(
  find: () => Promise<Found>,
  preferences: Record<string, unknown> | null,
): Promise<Found> {
  const browser = await puppeteer.launch({
    browser: 'firefox',
    executablePath: path!,
    headless: preferences === null,
    env: { ...process.env, ...(preferences && { DISPLAY: display!.name }) },
    // Mesa in software is on Firefox's list of what is too slow.
    extraPrefsFirefox: { 'webgl.force-enabled': true, ...preferences },
    // All steps are one call.
    protocolTimeout: 0,
  });
  try {
    const tab = await browser.newPage();
    await tab.goto(server.resolvedUrls!.local[0]!);
    return (await tab.evaluate(find)) as Found;
  } finally {
    await browser.close();
  }
}

const NOTHING = Object.fromEntries(Object.keys(SHAPES).map((name) => [name, {}]));

it.skipIf(!path)(
  'in WebAssembly a seed gives the bits of Node, and 5 steps of every shape those of the reference engine',
  async () => {
    const { bits, beyondRounding } = await onPage(() => window.compareWasm(), null);
    expect(bits).toEqual(RUN_BITS);
    expect(beyondRounding).toEqual(NOTHING);
  },
  LIMIT_MS,
);

it.skipIf(!display)(
  '20 steps of every shape are those of the reference engine',
  async () => {
    const { beyondRounding } = await onPage(() => window.compareWebgl(), {});
    expect(beyondRounding).toEqual(NOTHING);
  },
  LIMIT_MS,
);

it.skipIf(!display)(
  'with the least that WebGL may offer too: no texture above 1,024',
  async () => {
    const { beyondRounding, largestTexture } = await onPage(() => window.compareWebgl(), {
      'webgl.min_capability_mode': true,
    });
    expect(largestTexture).toBe(1024);
    expect(beyondRounding).toEqual(NOTHING);
  },
  LIMIT_MS,
);
