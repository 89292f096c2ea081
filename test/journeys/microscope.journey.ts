import type { Page } from 'playwright';
import { expect, it, describe } from 'vitest';
import { statusSays, useSite } from './site.ts';

const open = useSite();

const RUN =
  '#engine=reference&prompts=6&group-size=8&eval-problems=24&eval-samples=0&steps=6&lr=0.003';
const STAGES = ['Sample', 'Verify', 'Compare', 'Advantage', 'Ratio and clip', 'Gradient', 'After'];

const card = (page: Page) => page.locator('.microscope');
const numberOf = (text: string | null): number => Number(text!.trim().replace('−', '-'));
const numbersOf = async (page: Page, selector: string): Promise<number[]> =>
  (await card(page).locator(selector).allTextContents()).map(numberOf);
const sentence = (page: Page) => card(page).locator('.sentence').textContent();
const go = (page: Page, stage: string) =>
  card(page).locator('nav ol').getByRole('button', { name: stage }).click();
const mean = (values: number[]): number =>
  values.reduce((sum, each) => sum + each, 0) / values.length;

async function look(page: Page): Promise<void> {
  await page.waitForSelector('[data-card=microscope]');
  await page.locator('[data-card=microscope]').scrollIntoViewIfNeeded();
  await page.getByRole('button', { name: /^Look into/ }).click();
  await card(page).locator('.said').waitFor();
}

describe('the update microscope', () => {
  it('shows seven stages whose numbers agree, and the run then makes that step', async () => {
    const { page, errors } = await open(RUN);
    await look(page);
    expect(
      (await card(page).locator('nav ol button').allTextContents()).map((name) =>
        name.trim().replace(/^\d /, ''),
      ),
    ).toEqual(STAGES);
    const height = await card(page).evaluate((element) => element.getBoundingClientRect().height);

    // An answer a row, and under each of its tokens a probability.
    const [G] = (await sentence(page))!.split(' ').map(Number);
    expect(G).toBe(8);
    expect(await card(page).locator('tbody tr').count()).toBe(G);
    for (const p of await numbersOf(page, '.chip .under')) {
      expect(p).toBeGreaterThanOrEqual(0);
      expect(p).toBeLessThanOrEqual(1);
    }

    await go(page, 'Verify');
    const rewards = await numbersOf(page, 'tbody .reward');
    const right = await card(page).locator('tbody [aria-label=right]').count();
    expect(rewards.filter((reward) => reward === 1).length).toBe(right);
    expect(await sentence(page)).toContain(`${right} of 8 are right`);

    await go(page, 'Compare');
    const [centre] = await numbersOf(page, '[data-of=mean]');
    const [deviation] = await numbersOf(page, '[data-of=deviation]');
    expect(centre).toBeCloseTo(mean(rewards), 3);
    const squares = rewards.reduce((sum, reward) => sum + (reward - mean(rewards)) ** 2, 0);
    expect(deviation).toBeCloseTo(Math.sqrt(squares / 7), 3);
    expect(await sentence(page)).toContain(`= ${right} / 8 = ${centre!.toFixed(3)}`);

    await go(page, 'Advantage');
    const advantages = await numbersOf(page, 'tbody .advantage');
    // Two decimals each.
    expect(Math.abs(advantages.reduce((sum, each) => sum + each, 0))).toBeLessThanOrEqual(
      0.005 * 8,
    );
    advantages.forEach((advantage, i) =>
      expect(Math.abs(advantage - (rewards[i]! - mean(rewards)) / deviation!)).toBeLessThan(0.02),
    );

    await go(page, 'Ratio and clip');
    expect(new Set(await numbersOf(page, '.chip .under'))).toEqual(new Set([1]));
    expect(await sentence(page)).toContain('every ratio is 1');

    await go(page, 'Gradient');
    const weights = await numbersOf(page, '.chip .under');
    expect(weights.some((weight) => weight > 0) && weights.some((weight) => weight < 0)).toBe(true);
    const norm = /‖g‖ = ([\d.]+)/.exec((await sentence(page))!)![1]!;

    await go(page, 'After');
    const [, before, after] = /: ([\d.]+) → ([\d.]+) \(/.exec((await sentence(page))!)!;
    expect(before).not.toBe(after);
    const summary = await card(page).locator('svg[role=img]').getAttribute('aria-label');
    expect(summary).toContain(`p ${before} before and ${after} after`);
    expect(await card(page).evaluate((element) => element.getBoundingClientRect().height)).toBe(
      height,
    );

    await card(page).getByRole('button', { name: 'Make this step' }).click();
    const made = card(page).locator('.made');
    await made.getByText('The run has made step 1').waitFor();
    expect(await made.textContent()).toContain(`gradient norm ${norm}.`);
    expect(await made.textContent()).toContain('These are the numbers above.');
    expect(errors).toEqual([]);
  });

  it('pauses a run that plays, and goes by keyboard through the stages', async () => {
    const { page } = await open(RUN.replace('steps=6', 'steps=5000'));
    await statusSays(page, 'ready to train');
    const play = page.getByRole('button', { name: '▶ Play' });
    await play.click();
    await look(page);
    await play.waitFor();
    const first = card(page).locator('nav ol button').first();
    await first.focus();
    for (const [key, stage] of [
      ['ArrowRight', 'Verify'],
      ['End', 'After'],
      ['ArrowLeft', 'Gradient'],
      ['Home', 'Sample'],
    ] as const) {
      await page.keyboard.press(key);
      expect(await page.locator(':focus').textContent()).toContain(stage);
      expect(await card(page).locator('[aria-current=step]').textContent()).toContain(stage);
      expect(await card(page).locator('h3').first().textContent()).toContain(stage);
    }
    await card(page).locator('.formula button').first().focus();
    await card(page)
      .getByRole('tooltip', { name: /drew the answers/ })
      .first()
      .waitFor();
  });

  it('stays still under reduced motion until asked, then plays and pauses, and fits a phone', async () => {
    const { page } = await open(RUN, {
      width: 390,
      height: 844,
      before: (opened) => opened.emulateMedia({ reducedMotion: 'reduce' }),
    });
    await look(page);
    await page.waitForTimeout(2500);
    const current = () => card(page).locator('[aria-current=step]').textContent();
    expect(await current()).toContain('Sample');
    await card(page).getByRole('button', { name: 'Play slowly' }).click();
    await card(page).locator('[data-stage=verify]').waitFor();
    await card(page).getByRole('button', { name: 'Pause' }).click();
    const paused = await current();
    await page.waitForTimeout(2500);
    expect(await current()).toBe(paused);
    for (const stage of STAGES) {
      await card(page).locator('nav ol button').nth(STAGES.indexOf(stage)).click();
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
      const inside = await card(page)
        .locator('.stage')
        .evaluate((element) => element.scrollWidth - element.clientWidth);
      expect(inside).toBe(0);
    }
  });

  it('shows which groups dynamic sampling dropped, why, and after how many resamplings', async () => {
    const { page, errors } = await open(`${RUN}&algorithm=dapo`);
    await look(page);
    const dropped = card(page).locator('.dropped');
    const said = () => dropped.locator('p').textContent();
    const height = await card(page).evaluate((element) => element.getBoundingClientRect().height);
    const items = await dropped.locator('li').evaluateAll((found) =>
      found.map((item) => ({
        why: item.getAttribute('data-why')!,
        text: item.querySelector('.why')!.textContent!.trim(),
        paid: Number(/: (\d+) of 8$/.exec(item.querySelector('.problem')!.textContent!)![1]),
      })),
    );
    const numbers =
      /^(\d+) groups were drawn, 6 a draw \(draws: (\d+), resamplings: (\d+)\); (\d+)/;
    const [, drawn, draws, again, kept] = numbers.exec((await said())!)!.map(Number);
    expect(drawn).toBe(6 * draws!);
    expect(again).toBe(draws! - 1);
    expect(items.length).toBe(drawn! - kept!);
    expect(items.length).toBeGreaterThan(0);
    // Those kept are the groups that can be chosen.
    expect(await card(page).locator('.ask select option').count()).toBe(kept);
    for (const { why, paid, text } of items) {
      expect(why).toBe(paid === 0 ? 'none' : paid === 8 ? 'all' : 'leftOver');
      expect(text).toMatch(/^(all right|all wrong|left over),\s+draw \d+$/);
    }
    await go(page, 'Verify');
    const count = (why: string) => items.filter((item) => item.why === why).length;
    expect(await said()).toContain(
      `${count('none')} of the ${drawn} groups have no rewarded answer and ${count('all')} have only`,
    );
    for (const stage of STAGES) {
      await go(page, stage);
      expect(await card(page).evaluate((element) => element.getBoundingClientRect().height)).toBe(
        height,
      );
    }
    expect(errors).toEqual([]);
  });

  it('says of an experiment without rewards that there is nothing to take apart', async () => {
    const { page } = await open(`${RUN}&experiment=self-training`);
    await page.waitForSelector('[data-card=microscope]');
    await page.locator('[data-card=microscope]').scrollIntoViewIfNeeded();
    await page.getByRole('button', { name: /^Look into/ }).click();
    await card(page).getByText('Self-training learns all its own answers alike').waitFor();
  });
});
