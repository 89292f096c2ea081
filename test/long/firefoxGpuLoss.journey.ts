import type { Page } from 'puppeteer-core';
import { afterAll, expect, it } from 'vitest';
import { path, press, says, useFirefox } from '../journeys/firefoxPage.ts';
import { openDisplay, type Display } from './display.ts';

const { errors, gpuProcesses, open, site } = useFirefox();
const display: Display | null = path ? await openDisplay() : null;
afterAll(() => display?.close());

const STEPS = 100;
const KILLED_AT = [10, 24, 43, 61, 80];

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

it.skipIf(!display)(
  'in Firefox, a GPU process that is killed again and again changes no row',
  async () => {
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

    const page = await openRun();
    let killed = 0;
    for (const step of KILLED_AT) {
      await expect
        .poll(async () => Number(await page.$eval('.step b', (at) => at.textContent)), {
          timeout: 60_000,
          interval: 20,
        })
        .toBeGreaterThanOrEqual(step);
      for (const pid of await gpuProcesses()) {
        process.kill(pid, 'SIGKILL');
        killed++;
      }
    }
    await says(page, '.status', `finished at step ${STEPS}`);
    // After some Firefox starts no other, and its own process computes.
    expect(killed).toBeGreaterThanOrEqual(3);
    await says(page, 'body', 'with the same rows as if undisturbed');
    expect(await picture(page)).toEqual(undisturbed);
    expect(errors).toEqual([]);
  },
);
