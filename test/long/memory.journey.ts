import type { Page } from 'playwright';
import { expect, it } from 'vitest';
import { reaches, useSite } from '../journeys/site.ts';

const open = useSite();

/** A run whose steps take a few milliseconds, so that the page has as much to do as it ever has. */
const FAST =
  '#engine=wasm&prompts=1&group-size=4&eval-problems=8&eval-samples=0&eval-every=10&steps=20000';

/** Used bytes of the page's heap, after its garbage has been collected. */
async function heapOf(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  await session.detach();
  return usedSize;
}

it('records 10,000 steps in flat memory', async () => {
  const { page } = await open(FAST);
  await page.getByRole('button', { name: 'Play' }).click();
  await reaches(page, 6000);
  const before = await heapOf(page);
  await reaches(page, 10_000);
  const after = await heapOf(page);
  // 4,000 more rows of 0.5 kB each would be 2 MB.
  expect(after - before).toBeLessThan(500_000);
});
