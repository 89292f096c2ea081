import type { Page, Route } from 'playwright';
import { expect, it } from 'vitest';
import { startHostPage } from './hostPage.ts';
import { openRoom, tabOf } from './reader.ts';
import { statusSays, useSite } from './site.ts';

const open = useSite();

const QUICK = '#engine=wasm&prompts=2&group-size=4&eval-problems=12&eval-samples=0&steps=2';
const missing = (route: Route): Promise<void> => route.fulfill({ status: 404, body: '' });
const message = (page: Page) => page.getByRole('alert').filter({ hasText: 'could not be loaded' });

it.each([
  ['the page', '', /assets\/index-[^/]*\.js$/],
  ['the frame of an embed', 'v1/embed.html', /assets\/frame-[^/]*\.js$/],
])('%s says what to do where a first script is missing, and only then', async (_, path, script) => {
  const { page } = await open(path, { before: (page) => page.route(script, missing) });
  await page.getByText('a part of it could not be loaded').waitFor();
  await page.unrouteAll();
  await page.reload();
  await page.locator('button[data-control=play]').waitFor();
  expect(await page.locator('.boot').count()).toBe(0);
});

it('an embed whose frame cannot begin tells the page around it', async () => {
  const { page } = await open('v1/embed.html');
  const site = new URL('../', page.url()).href;
  const host = await startHostPage(
    '<rlvr-playground v="2" preset="crossing"></rlvr-playground>',
    site,
  );
  await page.route(/assets\/frame-[^/]*\.js$/, missing);
  await page.clock.install();
  await page.goto(host.url);
  await page.frameLocator('iframe').getByText('a part of it could not be loaded').waitFor();
  const told = page.evaluate(
    () =>
      new Promise<string>((resolve) =>
        addEventListener(
          'rlvr-problem',
          (event) => resolve((event as CustomEvent<{ message: string }>).detail.message),
          true,
        ),
      ),
  );
  await page.clock.fastForward(10_000);
  expect(await told).toMatch(/has not begun within 10 s, expected a playground at .*embed\.html/);
  await host.close();
});

it('tries the parts of the page again that could not be loaded, and goes on', async () => {
  let missed = 0;
  const { page } = await open(QUICK, {
    before: async (page) => {
      // A script and a style sheet; the first request for each is answered as if it were not there, all later ones well.
      for (const file of [/assets\/MeasuresRoom-[^/]*\.js$/, /assets\/AlgorithmRoom-[^/]*\.css$/])
        await page.route(file, (route) => (missed++, missing(route)), { times: 1 });
    },
  });
  await tabOf(page, 'Measures').click();
  await message(page).waitFor();
  await tabOf(page, 'Algorithm').click();
  await expect.poll(() => missed, { timeout: 30_000 }).toBe(2);
  await tabOf(page, 'Measures').click();
  const metrics = page.locator('[data-card=metrics] dl').first();
  const again = message(page).getByRole('button', { name: 'Try again' });
  const notTwice = message(page).filter({ hasText: 'does not try it twice' });
  // They are told of one after the other.
  await expect
    .poll(
      async () => {
        if (await again.isVisible()) await again.click();
        return (await metrics.isVisible()) || (await notTwice.isVisible());
      },
      { timeout: 30_000 },
    )
    .toBe(true);
  if (!(await metrics.isVisible())) {
    // This browser keeps that a script failed: then the page says so, and loads anew, with the same room.
    await message(page).getByRole('button', { name: 'Reload' }).click();
    await metrics.waitFor();
  }
  await openRoom(page, 'algorithm');
  await page.locator('[data-card=algorithm] > *').first().waitFor();
  await message(page).waitFor({ state: 'detached' });
  // The style sheet too: one that is not there has no rules.
  expect(
    await page.evaluate(() =>
      [...document.styleSheets]
        .filter(({ href }) => href?.includes('AlgorithmRoom'))
        .some(({ cssRules }) => cssRules.length > 0),
    ),
  ).toBe(true);
});

it('says that what computes could not be loaded, and Reset loads it', async () => {
  let missed = 0;
  const { page } = await open(QUICK, {
    before: (page) =>
      page.route(/assets\/countdown-[^/]*\.js$/, (route) =>
        missed++ === 0 ? missing(route) : route.continue(),
      ),
  });
  const alert = page.getByRole('alert').filter({ hasText: 'the engine could not be loaded' });
  await alert.waitFor();
  await expect.poll(() => page.workers().length).toBe(0);
  await page.getByRole('button', { name: 'Reset' }).click();
  await statusSays(page, 'ready to train');
  expect(await alert.count()).toBe(0);
});

it('says so where a newer page has taken its place, and has no second try then', async () => {
  const { page } = await open(QUICK, {
    before: (page) => page.route(/assets\/MeasuresRoom-[^/]*\.js$/, missing),
  });
  // From then on the page leaves its address as it is.
  await statusSays(page, 'ready to train');
  await page.route(/playground\/$/, (route) =>
    route.fulfill({ contentType: 'text/html', body: '<p id="newer">The newer page.</p>' }),
  );
  await tabOf(page, 'Measures').click();
  await page.getByRole('alert').filter({ hasText: 'replaced by a newer one' }).waitFor();
  expect(await page.getByRole('button', { name: 'Try again' }).count()).toBe(0);
  const address = page.url();
  await page.getByRole('button', { name: 'Reload' }).click();
  await page.locator('#newer').waitFor();
  expect(page.url()).toBe(address);
});
