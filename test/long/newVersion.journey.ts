import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { writeServiceWorker } from '../../src/build/offline.ts';
import { copyOfSite, reaches, startSite, statusSays, type Site } from '../journeys/site.ts';

let site: Site;
let folder: string;
beforeAll(async () => {
  folder = await copyOfSite();
  site = await startSite({ folder });
});
afterAll(async () => {
  await site.close();
  await rm(folder, { recursive: true });
});

const SMALL = 'engine=wasm&prompts=4&group-size=4&eval-problems=12&eval-samples=0&eval-every=2';
const savedLine = (page: Page) => page.locator('footer', { hasText: /Saved for offline use:/ });
const notice = (page: Page) => page.getByText('There is a new version of this page');

it('the page asks once before a newer version takes its place', async () => {
  const { page } = await site.open(`#${SMALL}&steps=4000`, { serviceWorkers: 'allow' });
  await savedLine(page).waitFor({ timeout: 120_000 });
  const html = join(folder, 'index.html');
  await writeFile(html, (await readFile(html, 'utf8')).replace('<title>', '<title>Newer '));
  await writeServiceWorker(folder);

  await page.reload();
  await statusSays(page, 'ready to train');
  await page.getByRole('button', { name: 'Play' }).click();
  await notice(page).waitFor({ timeout: 120_000 });
  expect(await notice(page).textContent()).toContain('Reloading ends the run on screen');
  // Over the page, within the window, and put off until the next visit.
  const box = (await notice(page).boundingBox())!;
  expect(box.y + box.height).toBeLessThanOrEqual(900);
  await page.getByRole('button', { name: 'Not now' }).click();
  await notice(page).waitFor({ state: 'detached' });
  await reaches(page, 1 + Number(await page.textContent('.step b')));
  expect(await page.title()).toBe('RLVR Playground');

  await page.reload();
  await notice(page).waitFor({ timeout: 120_000 });
  expect(await page.title()).toBe('RLVR Playground');
  await page.getByRole('button', { name: 'Reload' }).click();
  await page.waitForFunction(() => document.title === 'Newer RLVR Playground');
  expect(page.url()).toContain('steps=4000');
  await savedLine(page).waitFor({ timeout: 120_000 });
  expect(await notice(page).count()).toBe(0);
});
