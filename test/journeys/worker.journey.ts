import type { Page } from 'playwright';
import { describe, expect, it } from 'vitest';
import { reaches, statusSays, useSite } from './site.ts';

const open = useSite();

const SETTINGS = '#engine=wasm&prompts=2&group-size=4&eval-problems=8&eval-samples=0&steps=100000';

/** What a worker is made to do from outside, and what the page then says of it. */
const DEATHS: [string, (worker: ReturnType<Page['workers']>[number]) => Promise<void>, RegExp][] = [
  [
    'throws',
    (worker) =>
      worker.evaluate(() => {
        setTimeout(() => {
          throw new Error('something broke');
        });
      }),
    /The run stopped:.*has failed.*something broke.*The figures so far stay/,
  ],
  [
    'ends without a word',
    (worker) => worker.evaluate(() => self.close()),
    /The run stopped:.*has ended/,
  ],
];

describe('a worker', () => {
  it.each(DEATHS)(
    'that %s while it trains is told of, and Reset starts another',
    async (_, die, said) => {
      const { page } = await open(SETTINGS);
      await statusSays(page, 'ready to train');
      await page.getByRole('button', { name: 'Play' }).click();
      await reaches(page, 10);
      await die(page.workers()[0]!);
      const alert = page.locator('[role=alert]');
      await alert.waitFor();
      expect((await alert.textContent())!.replace(/\s+/g, ' ')).toMatch(said);
      await statusSays(page, 'stopped');
      const stoppedAt = Number(await page.textContent('.step b'));
      expect(stoppedAt).toBeGreaterThanOrEqual(10);
      expect(await page.locator('svg[aria-label^="Sampling entropy."]').count()).toBe(1);
      // It ends at once, and the browser tells of that when it comes to it.
      await expect.poll(() => page.workers().length).toBe(0);

      await page.getByRole('button', { name: 'Reset' }).click();
      await statusSays(page, 'ready to train');
      expect(await alert.count()).toBe(0);
      expect(page.workers()).toHaveLength(1);
      await page.getByRole('button', { name: 'Play' }).click();
      await reaches(page, 5);
    },
  );
});
