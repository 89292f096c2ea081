import { availableParallelism } from 'node:os';
import { playwright } from '@vitest/browser-playwright';
import type { TestProjectInlineConfiguration } from 'vitest/config';
import { chromiumArguments, chromiumPath } from './chromium.ts';
import { STALLED_PAGE } from './stalledPage.ts';

const WORKERS = availableParallelism();
/** `npm run test:long` runs these, `npm test` all others: see test/run.mjs. */
const LONG = 'test/long/**';

/** Tests of functions, in Node alone. */
const inNode = (name: string, include: string, groupOrder: number) => ({
  name,
  environment: 'node' as const,
  include: [include],
  exclude: ['test/**/*.browser.test.ts'],
  // What they load is loaded once a worker, which is most of their time.
  isolate: false,
  setupFiles: ['test/importsSettled.ts'],
  maxWorkers: WORKERS,
  // A limit on what hangs, not on what is slow.
  testTimeout: 60_000,
  hookTimeout: 60_000,
  sequence: { groupOrder },
});

/** Tests of modules that need a browser: engines on WebGL, components that are used. */
const inBrowser = async (name: string, include: string, groupOrder: number) => ({
  name,
  include: [include],
  maxWorkers: WORKERS,
  // A limit on what hangs: two busy cores take their time to compile programs, which is most of many a test.
  testTimeout: 120_000,
  hookTimeout: 120_000,
  sequence: { groupOrder },
  browser: {
    enabled: true,
    headless: true,
    screenshotFailures: false,
    connectTimeout: 180_000,
    provider: playwright({
      launchOptions: {
        executablePath: await chromiumPath(),
        args: chromiumArguments,
      },
    }),
    instances: [{ browser: 'chromium' as const }],
  },
});

/** Journeys through the built page. All workers have one build of it, and each one browser of its own: see journeys/site.ts. */
const onTheSite = (name: string, include: string, maxWorkers: number, groupOrder: number) => ({
  name,
  environment: 'node' as const,
  include: [include],
  globalSetup: 'test/builtSite.ts',
  isolate: false,
  maxWorkers,
  // Of no other failure.
  retry: { count: 1, condition: new RegExp(STALLED_PAGE) },
  testTimeout: 180_000,
  hookTimeout: 180_000,
  sequence: { groupOrder },
});

/** The stages of the tests, one after another. @returns none where nothing is tested: only tests need a browser found. */
export async function testProjects(): Promise<TestProjectInlineConfiguration[]> {
  if (process.env.VITEST === undefined) return [];
  const projects = [
    { ...inNode('unit', 'test/**/*.test.ts', 0), exclude: ['test/**/*.browser.test.ts', LONG] },
    { ...(await inBrowser('browser', 'test/**/*.browser.test.ts', 1)), exclude: [LONG] },
    onTheSite('journeys', 'test/journeys/*.journey.ts', WORKERS, 2),
    inNode('long', 'test/long/**/*.test.ts', 3),
    await inBrowser('long-browser', 'test/long/**/*.browser.test.ts', 4),
    // What times the page has the machine to itself.
    onTheSite('long-journeys', 'test/long/**/*.journey.ts', 1, 5),
  ];
  return projects.map((test) => ({ extends: true, test }));
}
