import { describe, expect, it } from 'vitest';
import { card, cells, titleOf, openProblems, seeProblem } from './problemCard.ts';
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
    expect(await card(page).getByText('Chosen by you.').count()).toBe(1);
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
    await card(page).getByText('Chosen by you.').waitFor();
    const title = (await titleOf(page))!.trim();
    const [, number] = /^Problem (\d+) of \d+/.exec(title)!;
    await expect.poll(() => page.url()).toMatch(new RegExp(`[#&]problem=${number}$`));
    await page.reload();
    await seeProblem(page);
    await card(page).getByText('Chosen by you.').waitFor();
    // Until the run is prepared the problems are those of the base’s file.
    await expect.poll(async () => (await titleOf(page))!.trim(), { timeout: 30_000 }).toBe(title);

    // The address of a problem that there is none of.
    await page.evaluate(
      () => (location.hash = location.hash.replace(/problem=\d+/, 'problem=900')),
    );
    await card(page)
      .getByText(/There is no problem 900, since there are \d+/)
      .waitFor();
    expect(errors).toEqual([]);
  });
});
