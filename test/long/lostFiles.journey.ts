import type { Page } from 'playwright';
import { expect, it } from 'vitest';
import { openMore, seeRooms } from '../journeys/reader.ts';
import { statusSays, useSite } from '../journeys/site.ts';

const open = useSite();

const QUICK = '#engine=wasm&prompts=2&group-size=4&eval-problems=12&eval-samples=0&steps=2';

/** All that a reader sees of the page, once it has begun and every card was looked at. */
async function readThrough(page: Page): Promise<void> {
  await statusSays(page, 'ready to train');
  await openMore(page);
  await seeRooms(page);
}

it('each file of a first visit, missing once, is told of, or is had at another attempt', async () => {
  const files = new Set<string>();
  const { page } = await open(QUICK, {
    before: async (page) => {
      page.on('response', (response) => {
        const { pathname } = new URL(response.url());
        if (response.ok() && /\.(js|css|json|f32)$/.test(pathname)) files.add(pathname);
      });
    },
  });
  await readThrough(page);
  await page.context().close();
  expect(files.size).toBeGreaterThan(50);

  const silent: string[] = [];
  for (const file of files) {
    let missed = false;
    const opened = await open(QUICK, {
      before: (page) =>
        page.route(
          ({ pathname }) => pathname === file,
          async (route) => {
            if (missed) return route.continue();
            missed = true;
            return route.fulfill({ status: 404, body: '' });
          },
        ),
    }).catch((error: Error) => {
      throw new Error(`${file}: ${error.message}`);
    });
    const isTold = opened.page
      .locator('.boot, .lost-part, [role=alert]')
      .filter({ hasText: /could not be (loaded|fetched)|The run stopped/ })
      .first()
      .waitFor();
    const isHeard = await Promise.race([
      isTold.then(() => true),
      // Without a word all of it has to be there.
      readThrough(opened.page).then(() => true),
      new Promise<false>((resolve) => setTimeout(resolve, 15_000, false)),
    ]).catch(() => false);
    if (!isHeard) silent.push(file);
    await opened.page.context().close();
  }
  expect(silent).toEqual([]);
}, 900_000);
