import { describe, expect, it } from 'vitest';
import { openRoom, play, tabOf } from './reader.ts';
import { statusSays, useSite, type OpenOptions } from './site.ts';
import { SMALL, figure, group, openNotingFiles, seePicture } from './taskPage.ts';

const openPage = useSite();
const open = (fragment: string, options?: OpenOptions) =>
  openNotingFiles(openPage, fragment, options);

describe('a task that is chosen', () => {
  it('maze: its walks over the grid, right and wrong, and the visits of base and now', async () => {
    const { page, errors, foreignRequests, files } = await open(
      `#task=maze&${SMALL}&eval-problems=12`,
    );
    await play(page, 3);
    expect(await page.textContent('header')).toContain('Maze');
    expect(await page.textContent('[data-card=in-hand]')).toContain('walk from S to G');
    await seePicture(page);
    await group(page).locator('svg[aria-label^="A maze of 4 by 4 cells with 8 walks"]').waitFor();
    expect(await group(page).textContent()).toMatch(/8\s+walks sampled at step 3/);
    for (const title of ['Base', 'Now'])
      expect(
        await page.getAttribute(
          `svg[aria-label^="Cells that the walks of ${title} visit"]`,
          'aria-label',
        ),
      ).toContain('100 %'); // All start from the same cell.
    // A problem under the pointer is a grid and not a line of signs.
    await page.locator('[role=gridcell]').first().hover();
    await page.locator('.pointed-at svg[role=img] text', { hasText: 'G' }).waitFor();
    expect(await page.locator('main').innerText()).not.toMatch(/[·#]{2}|[·#SG]\/[·#SG]/);
    expect(await page.textContent('.description')).toMatch(
      /^problem \d+, \d+ accepted answers?: p base/,
    );
    await page
      .getByText(/The verifier accepts [\d,]+ answers, \d+ to [\d,]+ per problem/)
      .waitFor();
    // The page of one task asks for the code of no other, and for no recording of another.
    expect(files.filter((file) => /^programs|^Programs|^Steps|^countdown/.test(file))).toEqual([]);
    expect(files.some((file) => file.startsWith('MazePicture'))).toBe(true);
    expect([errors, foreignRequests]).toEqual([[], []]);
  });

  it('without its base says which file is missing', async () => {
    const { page } = await open('#task=maze&engine=wasm', {
      before: (page) => page.route('**/bases/maze*', (route) => route.fulfill({ status: 404 })),
    });
    await statusSays(page, 'stopped');
    expect(await page.textContent('[role=alert]')).toMatch(
      /The run cannot begin:\s+maze\.json could not be fetched: HTTP 404/,
    );
  });
});

describe('a narrow prior', () => {
  it('has base, now and chance beyond it, in a figure and a sentence', async () => {
    const { page, errors } = await open(`#task=programs&prior=narrow&${SMALL}&eval-problems=12`);
    await play(page, 3);
    await openRoom(page, 'beyond');
    const beyond = figure(page, 'Beyond the prior');
    await beyond.locator('text.end').first().waitFor();
    expect(await beyond.locator('text.end').allTextContents()).toEqual(['chance', 'base', 'now']);
    expect(await beyond.locator('figcaption').textContent()).toMatch(
      /These 12 held-out problems need doubling \(×2\), which the base was never shown\. At k = 1,024 the base solves [\d.]+ % of them, the trained policy [\d.]+ %, guessing [\d.]+ %\./,
    );
    expect(await page.getByLabel('Share beyond').inputValue()).toBe('0.5');
    // A run with another prior has no such room; the first one is open then.
    await page.evaluate(() => (location.hash = location.hash.replace('narrow', 'broad')));
    await tabOf(page, 'Beyond the prior').waitFor({ state: 'detached' });
    await page.locator('[data-room=problems]').waitFor({ state: 'attached' });
    expect(errors).toEqual([]);
  });
});
