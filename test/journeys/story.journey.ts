import { describe, expect, it } from 'vitest';
import { CHAPTERS } from '../../src/ui/story/chapters.ts';
import { textsOf } from '../../src/ui/story/chapter.ts';
import { violations } from './axe.ts';
import { useSite } from './site.ts';
import { at, heading, handles, sentence, predict, reveal, TOLD } from './storyPage.ts';

const open = useSite();

describe('the story', () => {
  it('is gone through by keyboard from the first chapter to the last: predict, run, reveal', async () => {
    const { page, foreignRequests, errors } = await open(at('verifier'));
    await heading(page, 'verifier');
    expect(page.workers()).toHaveLength(0);
    for (const [i, { name, question }] of CHAPTERS.entries()) {
      await heading(page, name);
      expect(await page.locator('h1').textContent()).toBe(textsOf(name).title);
      expect(await page.title()).toContain(textsOf(name).title);
      if (i > 0) expect(await page.evaluate(() => document.activeElement?.id)).toBe('chapter');
      expect(await sentence(page).count()).toBe(0);
      await predict(page);
      expect(await reveal(page)).toMatch(TOLD[question.kind]!);
      // What is told with the answer has its recorded numbers, and says how they were made.
      const made = page.locator('.answer .made').first();
      await made.waitFor();
      expect(await made.textContent()).toMatch(/seeds 1, 2, .*npm run -s rlvr -- study/);
      expect(await page.locator('.answer').textContent()).not.toMatch(/\{|undefined|NaN/);
      if (CHAPTERS[i + 1]) {
        await page.locator('h1').focus();
        await page.keyboard.press('n');
      }
    }
    await page.getByText('14 of 14 seen').first().waitFor();
    expect(foreignRequests).toEqual([]);
    expect(errors).toEqual([]);
  });
});

describe('where a reader is', () => {
  it('is kept in the browser: chapter, prediction, what has been seen', async () => {
    const { page } = await open(at('luck', ''));
    await heading(page, 'luck');
    await predict(page);
    const drawn = () =>
      handles(page).evaluateAll((all) => all.map((each) => (each as HTMLInputElement).value));
    const before = await drawn();
    await reveal(page);
    await page.goto(page.url().replace(/#.*/, '#view=story'));
    await page.reload();
    await heading(page, 'luck');
    expect(page.url()).toContain('#view=story&chapter=luck');
    await page.waitForFunction(() => document.querySelectorAll('.drawing input').length === 6);
    expect(await drawn()).toEqual(before);
    expect(await page.locator('[aria-current=page]').textContent()).toContain('seen');
    expect(await page.locator('footer').textContent()).toContain('kept in this browser only');

    await page.getByRole('button', { name: 'Forget' }).click();
    expect(await page.locator('[aria-current=page]').textContent()).not.toContain('seen');
  });
});

it('has nothing that axe finds on a phone, asked and answered', async () => {
  const { page } = await open(at('crossing'), { width: 390, height: 844, colorScheme: 'dark' });
  await heading(page, 'crossing');
  expect(await violations(page), 'asked').toEqual([]);
  await predict(page);
  await reveal(page);
  await page.locator('.answer .made').first().waitFor();
  expect(await violations(page), 'answered').toEqual([]);
});
