import type { Page } from 'playwright';
import { expect, it } from 'vitest';
import { reaches, useSite } from './site.ts';

/**
 * The page is drawn in software, as a browser does where there is no GPU. The other journeys have it drawn by a GPU that is
 * itself made in software, which no reader has: there a frame takes 200 ms whatever is on it.
 */
const open = useSite();

/** Milliseconds. */
const BOUND = 100;
const ROUNDS = 13;

interface Interaction {
  /** The same for all events of one interaction, such as those of a click. */
  id: number;
  /** Milliseconds from the input to the next paint. */
  duration: number;
}

/** Of many interactions the longest, one left out for every 50 there are (web.dev/articles/inp, 2024). */
function interactionToNextPaint(interactions: readonly Interaction[]): number {
  const longest = new Map<number, number>();
  for (const { id, duration } of interactions)
    longest.set(id, Math.max(longest.get(id) ?? 0, duration));
  const sorted = [...longest.values()].sort((a, b) => b - a);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length / 50))]!;
}

it('leaves out one interaction in fifty', () => {
  const of = (...durations: number[]): number =>
    interactionToNextPaint(durations.map((duration, id) => ({ id, duration })));
  expect(of(16, 320, 24)).toBe(320);
  expect(of(...Array<number>(49).fill(16), 320)).toBe(16);
  // Several events of one interaction count once, by the longest of them.
  expect(
    interactionToNextPaint([
      { id: 1, duration: 16 },
      { id: 1, duration: 48 },
    ]),
  ).toBe(48);
});

/**
 * On the engine that the page chooses where there is no GPU. WebGL made in software takes both cores of a small machine
 * from the page, which then comes to about the same bound, now above it and now below.
 */
it('answers an input within 100 ms while it trains at full speed', async () => {
  // Steps of a few milliseconds, so that the page has as much to do as it ever has.
  const { page } = await open(
    `#engine=reference&prompts=1&group-size=4&eval-problems=8&eval-samples=0&eval-every=10&steps=20000`,
  );
  await page.getByRole('button', { name: 'Play' }).click();
  await reaches(page, 100);
  await page.evaluate(() => {
    const seen: Interaction[] = [];
    Object.assign(window, { seen });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as (PerformanceEventTiming & {
        interactionId: number;
      })[])
        if (entry.interactionId > 0)
          seen.push({ id: entry.interactionId, duration: entry.duration });
      // Shorter ones than 16 ms are not told at all.
    }).observe({ type: 'event', durationThreshold: 16 } as PerformanceObserverInit);
  });
  const before = Number(await page.textContent('.step b'));
  let least = Infinity;
  // What else runs on the machine can only add to it, so that the least of five counts.
  for (let time = 0; time < 5 && least > BOUND; time++) {
    await page.evaluate(() => {
      (window as unknown as { seen: Interaction[] }).seen.length = 0;
    });
    await interact(page);
    const seen = await page.evaluate(() => (window as unknown as { seen: Interaction[] }).seen);
    expect(new Set(seen.map(({ id }) => id)).size).toBeGreaterThan(2 * ROUNDS);
    least = Math.min(least, interactionToNextPaint(seen));
  }
  expect(Number(await page.textContent('.step b'))).toBeGreaterThan(before + ROUNDS);
  expect(least).toBeLessThanOrEqual(BOUND);
});

/** What a reader does while it trains: a choice of a figure, a key, the cursor, pause and play. */
async function interact(page: Page): Promise<void> {
  const button = (name: string) => page.getByRole('button', { name });
  const inputs: (() => Promise<unknown>)[] = [
    () => page.getByLabel('k to a million').click(),
    () => page.keyboard.press('p'),
    () => page.getByRole('slider', { name: 'Over training: cursor' }).press('ArrowLeft'),
    () => button('Pause').click(),
    () => button('Play').click(),
  ];
  for (let round = 0; round < ROUNDS; round++)
    for (const input of inputs) {
      await input();
      await page.waitForTimeout(120);
    }
}
