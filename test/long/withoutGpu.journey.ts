import { expect, it } from 'vitest';
import { openMore } from '../journeys/reader.ts';
import { statusSays, useSite } from '../journeys/site.ts';

const open = useSite();

/** When what the reader waits for came on screen, in milliseconds after Play; and the longest task of the page since. */
interface Seen {
  firstStep: number;
  crossing: number;
  finished: number;
  longestTask: number;
}

/** The default run, as a newcomer starts it. */
async function defaultRun(): Promise<Seen & { badge: string }> {
  const { page, errors } = await open();
  await statusSays(page, 'ready to train');
  await page.evaluate(() => {
    const seen = { firstStep: 0, crossing: 0, finished: 0, longestTask: 0 };
    Object.assign(window, { seen });
    let played = 0;
    const note = (name: 'firstStep' | 'crossing' | 'finished'): void => {
      if (seen[name] === 0) seen[name] = performance.now() - played;
    };
    const textOf = (selector: string): string =>
      document.querySelector(selector)?.textContent ?? '';
    // Until then the strip tells of the recorded run.
    const isLive = (): boolean => !document.querySelector('[data-control=headline] .recorded');
    const look = (): void => {
      if (played === 0) return;
      if (isLive() && Number(textOf('.step b')) >= 1) note('firstStep');
      if (isLive() && textOf('[data-headline=crossing]').includes('with more samples'))
        note('crossing');
      if (textOf('.status').includes('finished at step 300')) note('finished');
    };
    new MutationObserver(look).observe(document.body, {
      ...{ subtree: true, childList: true, characterData: true },
    });
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries())
        if (played > 0) seen.longestTask = Math.max(seen.longestTask, duration);
    }).observe({ type: 'longtask' });
    document.addEventListener('click', () => (played ||= performance.now()), { capture: true });
  });
  await page.getByRole('button', { name: 'Play' }).click();
  await statusSays(page, 'finished at step 300');
  const seen = await page.evaluate(() => (window as unknown as { seen: Seen }).seen);
  await openMore(page);
  const badge = (await page.textContent('.badge'))!;
  expect(errors).toEqual([]);
  await page.context().close();
  return { ...seen, badge };
}

/** The middle one of three loads: another program that is busy for a moment decides nothing. */
it('without a GPU a default run shows its first step within 1.5 s of Play, a crossing within 3 s, its end within 12 s', async () => {
  const runs = [await defaultRun(), await defaultRun(), await defaultRun()];
  const middle = (of: keyof Seen): number => runs.map((run) => run[of]).sort((a, b) => a - b)[1]!;
  for (const { badge } of runs) expect(badge).toMatch(/WebAssembly.*no GPU here/);
  expect(middle('firstStep')).toBeLessThan(1500);
  expect(middle('crossing')).toBeLessThan(3000);
  expect(middle('finished')).toBeLessThan(12_000);
  expect(middle('longestTask')).toBeLessThan(100);
  for (const run of runs) expect(run.firstStep).toBeGreaterThan(0);
  for (const run of runs) expect(run.crossing).toBeGreaterThan(0);
});
