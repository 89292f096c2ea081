import { describe, expect, it } from 'vitest';
import { CHAPTERS } from '../../src/ui/story/chapters.ts';
import { textsOf } from '../../src/ui/story/chapter.ts';
import { violations } from './axe.ts';
import { useSite } from './site.ts';
import { shiftsOf, watchShifts } from './shifts.ts';
import { at, heading, handles, predict, reveal, sentence, sources, unfold } from './storyPage.ts';

const open = useSite();

describe('the story', () => {
  it('is gone through by keyboard from the first chapter to the last: predict, run, reveal', async () => {
    const { page, foreignRequests, errors } = await open(at('verifier'));
    await heading(page, 'verifier');
    for (const [i, { name }] of CHAPTERS.entries()) {
      await heading(page, name);
      expect(await page.locator('h1').textContent()).toBe(textsOf(name).title);
      expect(await page.title()).toContain(textsOf(name).title);
      if (i > 0) expect(await page.evaluate(() => document.activeElement?.id)).toBe('chapter');
      expect(await sentence(page).count()).toBe(0);
      await predict(page);
      // It speaks to the guess: of the run or of the study there is a number.
      expect(await reveal(page)).toMatch(name === 'algorithms' ? /GRPO pushes/ : /\d/);
      const told = await sources(page);
      expect(told).toMatch(/seeds 1, 2, .*npm run -s rlvr -- study/);
      expect(told).not.toMatch(/\{[a-z]\w*\}|undefined|NaN/);
      if (CHAPTERS[i + 1]) {
        await page.locator('h1').focus();
        await page.keyboard.press('n');
      }
    }
    await page.getByText(`${CHAPTERS.length} of ${CHAPTERS.length} seen`).first().waitFor();
    // What the last chapter leads to: the values of a large model, and those of the toy's recorded run.
    const large = page.getByRole('region', { name: 'The same curves of a real model' });
    await large.getByText('What is not').waitFor();
    for (const button of await large.getByRole('button', { name: 'Data' }).all())
      await button.click();
    const tables = large.locator('table');
    await tables.nth(1).waitFor();
    const lastOf = (table: number) =>
      tables.nth(table).locator('tbody tr').last().locator('th, td').allTextContents();
    expect(await lastOf(0)).toEqual(['128', '0.962', '0.930']);
    const [k, base, trained] = (await lastOf(1)).map(Number);
    expect(k).toBe(128);
    expect(trained).toBeLessThan(base!);
    expect(foreignRequests).toEqual([]);
    expect(errors).toEqual([]);
  });
});

describe('the tour', () => {
  it('begins with answers to judge, has the verifier judge them, and is judged itself', async () => {
    const { page } = await open(at('verifier', '&v=2&engine=wasm'));
    await page.getByRole('link', { name: 'To the playground' }).waitFor();
    const asked = page.getByRole('radiogroup');
    await asked.nth(5).waitFor();
    // Nothing is told before it is asked for; no formula stands in the way.
    expect(await page.locator('.figure .verdict').count()).toBe(0);
    expect(await page.locator('math').count()).toBe(0);
    for (const each of await asked.all()) await each.getByText('wrong', { exact: true }).click();
    const said = await reveal(page);
    const verdicts = page.locator('.figure .verdict');
    expect(await verdicts.count()).toBe(6);
    const right = await verdicts.getByRole('img', { name: 'right' }).count();
    expect(said).toMatch(
      right === 0
        ? /^You judged all 6/
        : new RegExp(`^You and the program disagree on ${right} of the 6`),
    );
    // What the reader runs after it changes nothing of the answer, and can be left for another guess.
    await unfold(page);
    await page.getByLabel('Eval temperature').fill('2');
    await page.getByRole('button', { name: 'Run again' }).click();
    await page.locator('.told', { hasText: 'Your run' }).waitFor();
    expect(await sentence(page).textContent()).toBe(said);
    expect(await verdicts.count()).toBe(6);
    await page.getByRole('button', { name: 'Guess again' }).click();
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('predict');
    await asked.nth(5).waitFor();
    expect(await page.locator('.figure .verdict').count()).toBe(0);
    expect(await page.locator('.figure :checked').count()).toBe(0);
  });

  it('draws mazes, whatever is said of them', async () => {
    const { page } = await open(at('verifier', '&v=2&engine=wasm&task=maze'));
    await page.locator('.figure li svg').nth(5).waitFor();
    expect(await page.locator('.figure .problem svg').count()).toBe(1);
    expect(await page.locator('main').innerText()).not.toMatch(/[·#]{2}|[·#S]\/[·#G]/);
  });

  it('ends with what was seen, in numbers of the own run, and leads on into the playground', async () => {
    const { page } = await open(at('lost'));
    await heading(page, 'lost');
    await predict(page);
    const lost = /(\d+) of 100 problems are lost/.exec(await reveal(page))![1];
    const recap = page.getByRole('region', { name: 'What you have seen' });
    expect(await recap.locator('li').allTextContents()).toEqual([
      expect.stringMatching(/^One try: \d+ → \d+ of 100/),
      expect.stringMatching(/^256 tries: \d+ → \d+ of 100/),
      expect.stringMatching(/curves/),
      expect.stringMatching(new RegExp(`^${lost} of 100 problems lost, \\d+ gained`)),
    ]);
    await recap.getByRole('link', { name: 'Try it in the playground' }).click();
    await page.getByRole('heading', { name: 'RLVR Playground' }).waitFor();
    expect(page.url()).toContain('algorithm=entropy-bonus');
  });

  it('takes no drawing of pass@k that falls', async () => {
    const { page } = await open(at('pass-at-k'));
    await heading(page, 'pass-at-k');
    await handles(page).nth(4).waitFor({ state: 'attached' });
    const drawn = () =>
      handles(page).evaluateAll((all) =>
        all.map((each) => (each as HTMLInputElement).valueAsNumber),
      );
    const first = (await drawn())[0]!;
    for (const [i, key] of [
      [2, 'ArrowUp'],
      [4, 'ArrowDown'],
      [1, 'ArrowUp'],
    ] as const) {
      await handles(page).nth(i).focus();
      for (let n = 0; n < 30; n++) await page.keyboard.press(key);
      const values = await drawn();
      expect(values).toEqual([...values].sort((a, b) => a - b));
    }
    // Nor one that begins below what is given.
    expect((await drawn())[0]).toBeGreaterThanOrEqual(first);
  });

  it('names a collapse of the reader’s own run', async () => {
    const { page } = await open(at('sharpen', '&v=2&engine=wasm&steps=12&eval-problems=20'));
    await heading(page, 'sharpen');
    await page.getByRole('button', { name: 'Just show me' }).click();
    await sentence(page).waitFor({ timeout: 60_000 });
    expect(await page.locator('.told').last().textContent()).toBe('');
    await unfold(page);
    await page.getByLabel('Learning rate').fill('0.05');
    await page.getByRole('button', { name: 'Run again' }).click();
    await page.locator('.told', { hasText: 'This run has collapsed' }).waitFor({ timeout: 60_000 });
  });

  it.each([
    [390, 844],
    [1440, 900],
  ])('moves nothing under a reader at %i × %i', async (width, height) => {
    const { page } = await open(at('pass-at-k'), {
      width,
      height,
      before: (page) => watchShifts(page),
    });
    for (const chapter of ['pass-at-k', 'sharpen', 'crossing', 'lost', 'entropy']) {
      await heading(page, chapter);
      await page.locator('.figure figure').first().waitFor();
      const show = page.getByRole('button', { name: 'Just show me' });
      await show.scrollIntoViewIfNeeded();
      await show.click();
      await sentence(page).waitFor({ timeout: 60_000 });
      await page.waitForTimeout(300);
      const { score, told } = await shiftsOf(page);
      expect(score, `${chapter}: ${told}`).toBeLessThan(0.01);
      await page.locator('[rel=next]').click();
    }
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
    const told = await reveal(page);
    await page.evaluate(() => scrollTo(0, 240));
    await page.goto(page.url().replace(/#.*/, '#view=story'));
    await page.reload();
    await heading(page, 'luck');
    expect(page.url()).toContain('#view=story&chapter=luck');
    // What has been seen opens with its answer, where it was left, and can be asked anew.
    await sentence(page).waitFor();
    await page.waitForFunction(() => scrollY === 240);
    expect(await sentence(page).textContent()).toBe(told);
    expect(await page.locator('[aria-current=page] .done').getAttribute('aria-label')).toBe('seen');
    expect(await page.locator('footer').textContent()).toContain('kept in this browser only');
    await page.getByRole('button', { name: 'Guess again' }).click();
    await page.waitForFunction(() => document.querySelectorAll('.drawing input').length === 6);
    expect(await drawn()).not.toEqual(before);

    await page.getByRole('button', { name: 'Forget' }).click();
    expect(await page.locator('[aria-current=page] .done').count()).toBe(0);
  });
});

it('has nothing that axe finds on a phone, asked and answered', async () => {
  const { page } = await open(at('crossing'), { width: 390, height: 844, colorScheme: 'dark' });
  await heading(page, 'crossing');
  expect(await violations(page), 'asked').toEqual([]);
  await predict(page);
  await reveal(page);
  await sources(page);
  expect(await violations(page), 'answered').toEqual([]);
});
