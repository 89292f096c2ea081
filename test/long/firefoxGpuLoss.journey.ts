import type { Page } from 'puppeteer-core';
import { afterAll, expect, it } from 'vitest';
import { path, press, says, useFirefox } from '../journeys/firefoxPage.ts';
import { openDisplay, type Display } from './display.ts';

const { errors, gpuProcesses, open, site } = useFirefox();
const display: Display | null = path ? await openDisplay() : null;
afterAll(() => display?.close());

const STEPS = 100;
const KILLED_AT = [7, 34, 68];

/** What the figures say of the whole run, and every point of one of them. */
const picture = (page: Page) =>
  page.$$eval(
    'svg[aria-label^="pass@k over training"], svg[aria-label^="Sampling entropy"]',
    (all) =>
      all.map((svg) => [
        svg.getAttribute('aria-label'),
        ...[...svg.querySelectorAll('path')].map((line) => line.getAttribute('d')),
      ]),
  );

it.skipIf(!display)('in Firefox, a GPU process that is killed changes no row', async () => {
  const openRun = async (): Promise<Page> => {
    const page = await open(
      `${site().url}#engine=webgl&prompts=4&group-size=8&eval-problems=24&eval-samples=0&eval-every=5&steps=${STEPS}`,
      {
        display: display!.name,
        preferences: {
          'webgl.force-enabled': true,
          // On Linux it computes in the process of the browser, unless it is told to have one for that.
          'layers.gpu-process.enabled': true,
          'layers.gpu-process.force-enabled': true,
        },
      },
    );
    await says(page, '.status', 'ready to train');
    await press(page, 'Play');
    return page;
  };
  const first = await openRun();
  await says(first, '.status', `finished at step ${STEPS}`);
  const undisturbed = await picture(first);
  expect(undisturbed).toHaveLength(2);

  // One a browser: some start no other after it, and their own process computes.
  for (const step of KILLED_AT) {
    const page = await openRun();
    await expect
      .poll(async () => Number(await page.$eval('.step b', (at) => at.textContent)), {
        timeout: 60_000,
        interval: 20,
      })
      .toBeGreaterThanOrEqual(step);
    const processes = await gpuProcesses();
    expect(processes).not.toEqual([]);
    for (const pid of processes) process.kill(pid, 'SIGKILL');
    await says(page, '.status', `finished at step ${STEPS}`);
    await says(page, 'body', 'with the same rows as if undisturbed');
    expect(await picture(page), `killed at step ${step}`).toEqual(undisturbed);
  }
  expect(errors).toEqual([]);
});
