import type { Page } from 'playwright';
import { describe, expect, it } from 'vitest';
import { useSite, type OpenOptions } from '../journeys/site.ts';

const openPage = useSite();
/** A page of a visitor who has not been here before, and whose browser may keep the site. */
const open = (fragment = '', options: OpenOptions = {}) =>
  openPage(fragment, { serviceWorkers: 'allow', ...options });

const savedLine = (page: Page) => page.locator('footer', { hasText: /Saved for offline use:/ });
const isRecorded = (page: Page) =>
  page.waitForFunction(() => /crossing at k/.test(document.body.textContent));

describe('the page', () => {
  it('begins to save itself only after its first figure, and one line says so', async () => {
    const asked: string[] = [];
    const { page } = await open('', {
      before: async (page) => {
        page.context().on('request', (request) => {
          if (request.serviceWorker() || /service-worker/.test(request.url()))
            asked.push(request.url());
        });
        // The recorded run takes its time.
        await page.route('**/runs/countdown-3.json', async (route) => {
          await new Promise((resolve) => setTimeout(resolve, 6000));
          await route.continue();
        });
      },
    });
    await page.waitForTimeout(5000);
    expect(asked).toEqual([]);
    await isRecorded(page);
    const height = () => page.evaluate(() => document.querySelector('footer')!.clientHeight);
    const before = await height();
    await savedLine(page).waitFor({ timeout: 120_000 });
    expect(await height()).toBe(before);
    expect(asked.length).toBeGreaterThan(100);
  });

  it('says so where there is no room to save it', async () => {
    const { page } = await open();
    const session = await page.context().newCDPSession(page);
    const { origin } = new URL(page.url());
    // Before it begins, which is when the page is at rest.
    await session.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 2_000_000 });
    await page
      .getByText('Not saved for offline use: this browser has no room for it.')
      .waitFor({ timeout: 60_000 });
  });

  it('says so where a file cannot be had, and saves it when asked again', async () => {
    const { page } = await open('', {
      before: (page) =>
        page
          .context()
          .route('**/bases/maze.f32', (route) => route.fulfill({ status: 404 }), { times: 1 }),
    });
    const line = page.locator('.offline .line');
    await line
      .getByText('Not saved for offline use: a part of the page could not be fetched.')
      .waitFor({ timeout: 60_000 });
    await line.getByRole('button', { name: 'Try again' }).click();
    await savedLine(page).waitFor({ timeout: 120_000 });
  });

  it('tells how many files of how many are saved, leaves off for “Not now”, and goes on when asked', async () => {
    const { page, errors } = await open('', {
      before: (page) =>
        page.context().route('**/bases/**', async (route) => {
          // So slow that there is time to look.
          if (route.request().serviceWorker())
            await new Promise((resolve) => setTimeout(resolve, 400));
          await route.continue();
        }),
    });
    const line = page.locator('.offline .line');
    const told = /saved for offline use: (\d+) of (\d+) files, (\d+\.\d) of (\d+\.\d) MB\./;
    await line.getByText(told).waitFor({ timeout: 60_000 });
    const numbers = async () =>
      told
        .exec((await line.textContent())!)!
        .slice(1)
        .map(Number);
    const first = await numbers();
    await expect.poll(async () => (await numbers())[0]).toBeGreaterThan(first[0]!);
    const [files, ofFiles, megabytes, ofMegabytes] = await numbers();
    expect(ofFiles).toBe(first[1]);
    expect(ofFiles).toBeGreaterThan(100);
    expect(files).toBeLessThan(ofFiles!);
    expect(megabytes).toBeLessThan(ofMegabytes!);
    await line.getByRole('button', { name: 'Not now' }).click();
    await line.getByText('Not saved for offline use.').waitFor();
    expect(
      await page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length),
    ).toBe(0);
    const kept = await page.evaluate(
      async () => (await (await caches.open((await caches.keys())[0]!)).keys()).length,
    );
    expect(kept).toBeGreaterThanOrEqual(files!);
    expect(kept).toBeLessThan(ofFiles!);
    await line.getByRole('button', { name: 'Save it' }).click();
    await savedLine(page).waitFor({ timeout: 120_000 });
    expect(errors).toEqual([]);
  });

  it.each(['story', 'lecture', 'results'])(
    'saves itself from the view %s too, without a word',
    async (view) => {
      const { page } = await open(`#view=${view}`);
      // It answers from then on, for the page that is open as well.
      await page.waitForFunction(() => navigator.serviceWorker.controller !== null, null, {
        timeout: 120_000,
      });
      expect(await page.textContent('body')).not.toContain('offline use');
    },
  );

  it('saves nothing from a frame in other pages', async () => {
    const { page } = await open('v1/embed.html?v=2&preset=crossing');
    await page.getByText('recorded, 300 steps, seed 1').waitFor();
    await page.getByRole('button', { name: 'Run it here' }).click();
    await page.locator('[data-headline="pass@1"]').waitFor();
    await page.waitForTimeout(5000);
    const kept = await page.evaluate(async () => [
      (await navigator.serviceWorker.getRegistrations()).length,
      (await caches.keys()).length,
    ]);
    expect(kept).toEqual([0, 0]);
  });
});
