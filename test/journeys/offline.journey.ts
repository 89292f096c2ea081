import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSite, statusSays, type OpenPage, type Site } from './site.ts';

let site: Site;
/** Of one visitor, whose browser may keep the site: what it keeps in one journey it has in the next. */
let visit: OpenPage;
beforeAll(async () => {
  site = await startSite();
  visit = await site.open(`#${SMALL}&steps=4000`, { serviceWorkers: 'allow' });
});
afterAll(async () => {
  await visit.page.context().close();
  await site.close();
});

const SMALL = 'v=2&engine=wasm&prompts=4&group-size=4&eval-problems=12&eval-samples=0&eval-every=2';
const savedLine = (page: Page) => page.locator('footer', { hasText: /Saved for offline use:/ });
const isRecorded = (page: Page) =>
  page.waitForFunction(() => /crossing at k/.test(document.body.textContent));
/** Goes to another set-up in a page made anew. */
async function goTo(page: Page, fragment: string): Promise<void> {
  await page.goto('about:blank');
  await page.goto(`${site.url}${fragment}`);
}

describe('the page', () => {
  it('can be installed, as Chromium sees it', async () => {
    const { page } = visit;
    const session = await page.context().newCDPSession(page);
    const { url, errors, data } = await session.send('Page.getAppManifest');
    expect(url).toBe(`${site.url}manifest.webmanifest`);
    expect(errors).toEqual([]);
    expect(JSON.parse(data!)).toMatchObject({ name: 'RLVR Playground', start_url: './' });
    const { installabilityErrors } = await session.send('Page.getInstallabilityErrors');
    // A window that leaves no trace, as tests have, installs nothing.
    expect(installabilityErrors.filter(({ errorId }) => errorId !== 'in-incognito')).toEqual([]);
  });
});

/** The last, since the server does not come back. */
describe('after one visit, without a network', () => {
  it('the page opens with its run, trains on bases not seen before, shows studies, frames and a start from the home screen', async () => {
    const { page, errors, foreignRequests } = visit;
    await savedLine(page).waitFor({ timeout: 120_000 });
    await site.stopServing();
    await expect(page.request.get(site.url)).rejects.toThrow('ECONNREFUSED');

    await goTo(page, '');
    await isRecorded(page);
    // The engine on WebGL, which no run here has loaded.
    await goTo(page, `#task=programs&${SMALL.replace('wasm', 'webgl')}&steps=2`);
    await statusSays(page, 'ready to train');
    await page.getByRole('button', { name: 'Play' }).click();
    await statusSays(page, 'finished at step 2');

    await goTo(page, '#study=kl');
    const study = page.locator('article[data-study]');
    await study.locator('svg[role=img]').first().waitFor();
    await goTo(page, '#view=story');
    await page.locator('main h2').first().waitFor();
    await goTo(page, '#view=lecture');
    await page.locator('svg[role=img]').first().waitFor();
    await goTo(page, 'v1/embed.html?v=2&preset=crossing');
    await page.getByText('recorded, 300 steps, seed 1').waitFor();
    // As the manifest's start does, with what a link adds to the address.
    await goTo(page, '?from=a-slide');
    await isRecorded(page);
    await savedLine(page).waitFor();
    expect(errors).toEqual([]);
    expect(foreignRequests).toEqual([]);
  });
});
