import { describe, expect, it } from 'vitest';
import {
  card,
  cells,
  titleOf,
  train,
  sums,
  ofMap,
  expectSame,
  openProblems,
} from './problemCard.ts';
import { useSite, type OpenOptions } from './site.ts';

const openPage = useSite();

const open = (options?: OpenOptions) => openProblems(openPage, options);

describe('the map of the problems', () => {
  it('opens a problem by pointer and by keyboard, and names it', async () => {
    const { page, errors } = await open();
    const nameOf = async (place: number): Promise<string> =>
      /^[^,]*/.exec((await cells(page).nth(place).getAttribute('aria-label'))!)![0];
    await cells(page).nth(5).click();
    expect(await titleOf(page)).toContain(await nameOf(5));
    expect(await card(page).getByText('Opened by you.').count()).toBe(1);
    await page.waitForSelector('svg[data-step]');

    await cells(page).nth(5).focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowLeft');
    expect(await page.evaluate(() => document.activeElement!.getAttribute('data-place'))).toBe('6');
    expect(await titleOf(page)).toContain(await nameOf(5));
    await page.keyboard.press('Enter');
    expect(await titleOf(page)).toContain(await nameOf(6));
    expect(await cells(page).nth(6).getAttribute('aria-selected')).toBe('true');
    // One stop for Tab, wherever the reader has been.
    expect(await page.locator('[role=gridcell][tabindex="0"]').count()).toBe(1);
    expect(errors).toEqual([]);
  });

  it('names the opened problem in the address, which opens it again', async () => {
    const { page, errors } = await open();
    await cells(page).nth(5).click();
    await card(page).getByText('Opened by you.').waitFor();
    const title = (await titleOf(page))!.trim();
    const [, number] = /^Problem (\d+) of \d+/.exec(title)!;
    await expect.poll(() => page.url()).toMatch(new RegExp(`&problem=${number}$`));
    await page.reload();
    await card(page).scrollIntoViewIfNeeded();
    await card(page).getByText('Opened by you.').waitFor();
    expect((await titleOf(page))!.trim()).toBe(title);

    // The address of a problem that there is none of.
    await page.evaluate(
      () => (location.hash = location.hash.replace(/problem=\d+/, 'problem=900')),
    );
    await card(page)
      .getByText(/Problem 900 was asked for, and there are \d+/)
      .waitFor();
    expect(errors).toEqual([]);
  });
});

describe('the opened problem', () => {
  it('has the base before training; after it both, whose right answers add up to the p of the map', async () => {
    const { page, errors } = await open();
    await page.locator('[data-card=problem]').scrollIntoViewIfNeeded();
    await page.getByText('Play adds now').waitFor();
    // Beside the recording: what it lost, with the p that it ended with and the base's tree.
    expect(await titleOf(page)).toMatch(/^Problem \d+ of 200/);
    await card(page).getByText('largest factor at step 300 of the recording').waitFor();
    await card(page).getByText('recorded, step 300').waitFor();
    const before = await sums(page);

    await train(page);
    expect(await titleOf(page)).toMatch(/^Problem \d+ of 24/);
    await cells(page).nth(20).click();
    // The rows come some frames after the bands.
    await page.waitForSelector('svg[data-step="30"] g.row:has(.mark)', { state: 'attached' });
    const [map, exact] = [await ofMap(page), await sums(page)];
    expectSame(map.base, exact.base);
    expectSame(map.now, exact.now);
    expect(exact.base).not.toBe(before.base);
    const told = await page.locator('tr[data-p-base] td').allTextContents();
    expect(told.length).toBe(3);
    // The rows of the tree that are marked as right are the rows of the table, with the same numbers.
    const inTable = await page
      .locator('section[aria-labelledby=accepted-title] tbody tr')
      .evaluateAll((rows) =>
        rows.map((row) => [...row.children].map(({ textContent }) => textContent!.trim()).join()),
      );
    const inTree = await page
      .locator('svg[data-step] g.row.right:has(.mark)')
      .evaluateAll((rows) =>
        rows.map((row) =>
          ['.answer', '.base', '.now', '.factor']
            .map((each) => row.querySelector(each)!.textContent!.trim())
            .join(),
        ),
      );
    expect(inTree.sort()).toEqual(inTable.sort());
    const sum = (column: number): number =>
      inTable.reduce((total, row) => total + Number(row.split(',')[column]!.replace('−', '-')), 0);
    // Each is told with two digits.
    expect(Math.abs(sum(1) - exact.base)).toBeLessThanOrEqual(0.06 * exact.base);
    expect(Math.abs(sum(2) - exact.now)).toBeLessThanOrEqual(0.06 * exact.now);
    expect(errors).toEqual([]);
  });
});
