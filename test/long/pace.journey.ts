import type { Page } from 'playwright';
import { beforeAll, describe, expect, it } from 'vitest';
import { openMore } from '../journeys/reader.ts';
import { reaches, startSite, statusSays, type Site } from '../journeys/site.ts';

/** Steps of two milliseconds, hundreds a second: more than a page is ever told of. */
const FAST =
  '#engine=reference&prompts=1&group-size=4&eval-problems=8&eval-samples=0&eval-every=10&steps=100000';

/** What else runs on the machine can only add to a time: the middle one of several is told. */
const middle = (of: readonly number[]): number =>
  of.toSorted((a, b) => a - b)[Math.floor(of.length / 2)]!;

let site: Site;
let page: Page;
beforeAll(async () => {
  site = await startSite();
  ({ page } = await site.open(FAST, {
    before: (page) =>
      page.addInitScript(() => {
        const tasks: number[] = [];
        Object.assign(window, { tasks, drawn: [] });
        new PerformanceObserver((list) => {
          for (const { duration } of list.getEntries()) tasks.push(duration);
        }).observe({ type: 'longtask' });
      }),
  }));
  await statusSays(page, 'ready to train');
  await page.getByRole('button', { name: 'Play' }).click();
  await reaches(page, 100);
  await page.evaluate(() => {
    const step = document.querySelector('.step b')!;
    const { drawn } = window as unknown as { drawn: [number, number][] };
    new MutationObserver(() => drawn.push([performance.now(), Number(step.textContent)])).observe(
      step,
      { characterData: true, childList: true, subtree: true },
    );
  });
  return async () => {
    await page.context().close();
    await site.close();
  };
}, 60_000);

/** The steps that the page showed during `ms`, each with the time it came. */
async function drawnDuring(ms: number): Promise<[number, number][]> {
  await page.evaluate(() => ((window as unknown as { drawn: unknown[] }).drawn.length = 0));
  await page.waitForTimeout(ms);
  return page.evaluate(() => (window as unknown as { drawn: [number, number][] }).drawn);
}

describe('a run at full speed', () => {
  it('is drawn less often than it makes steps, and leaves the page free: no task of 100 ms', async () => {
    const longest: number[] = [];
    for (let round = 0; round < 3; round++) {
      await page.evaluate(() => ((window as unknown as { tasks: unknown[] }).tasks.length = 0));
      const drawn = await drawnDuring(3000);
      expect(drawn.at(-1)![1] - drawn[0]![1]).toBeGreaterThan(2 * drawn.length);
      longest.push(
        await page.evaluate(() => Math.max(0, ...(window as unknown as { tasks: number[] }).tasks)),
      );
    }
    expect(middle(longest)).toBeLessThan(100);
  });

  it('pauses within 100 ms', async () => {
    const button = '[data-control=play]';
    const delays: number[] = [];
    for (let round = 0; round < 9; round++) {
      delays.push(
        await page.evaluate(async (selector) => {
          const play = document.querySelector<HTMLElement>(selector)!;
          const before = play.textContent;
          const began = performance.now();
          play.click();
          while (play.textContent === before)
            await new Promise((resolve) => requestAnimationFrame(resolve));
          return performance.now() - began;
        }, button),
      );
      await statusSays(page, 'paused');
      await page.click(button);
      await statusSays(page, 'training');
      // At another moment between two evaluations each time.
      await page.waitForTimeout(200 + 13 * round);
    }
    expect(middle(delays)).toBeLessThan(100);
  });
});

describe('a run that is slowed down while it plays', () => {
  it.each([
    { place: '4', speed: 10 },
    { place: '5', speed: 30 },
  ])('goes on at once with each step on screen, $speed a second', async ({ place, speed }) => {
    await openMore(page);
    await page.getByLabel('Speed').fill(place);
    // What was on its way when it was slowed down.
    await page.waitForTimeout(300);
    const drawn = await drawnDuring(4000);
    const [first, last] = [drawn[0]!, drawn.at(-1)!];
    const seconds = (last[0] - first[0]) / 1000;
    const made = last[1] - first[1];
    expect(made / seconds).toBeGreaterThan(0.9 * speed);
    expect(made / seconds).toBeLessThan(1.1 * speed);
    // Every one of them but for a frame that came late.
    expect(drawn.length - 1).toBeGreaterThan(0.85 * made);
  });
});
