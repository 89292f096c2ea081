import type { Page } from 'playwright';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startSite, type Site } from './site.ts';

let site: Site;
let opened: Page[] = [];
beforeAll(async () => {
  site = await startSite();
});
afterAll(() => site.close());
afterEach(async () => {
  for (const page of opened) await page.context().close();
  opened = [];
});

const PROBLEMS = 40;
const RUN =
  '#engine=reference&prompts=8&group-size=8&steps=15&eval-every=5&eval-problems=40&lr=0.003';

const statusSays = (page: Page, words: string) =>
  page.waitForFunction(
    (wanted) => document.querySelector('.status')?.textContent?.includes(wanted),
    words,
    { timeout: 120_000 },
  );
const labelOf = async (page: Page, title: string): Promise<string> =>
  (await page.getAttribute(`svg[aria-label^="${title}."]`, 'aria-label'))!;
const textOf = async (page: Page, selector: string): Promise<string> =>
  (await page.textContent(selector))!.trim();
const heightOf = (page: Page): Promise<number> =>
  page.locator('.measures').evaluate((element) => element.getBoundingClientRect().height);

/** A short run; the measures are made before it, when they come into sight. */
async function train(): Promise<{ page: Page; heightBefore: number }> {
  const { page, errors } = await site.open(RUN);
  opened.push(page);
  await statusSays(page, 'ready to train');
  // What comes into sight on the way is made, and moves what is below.
  for (let turn = 0; turn < 12; turn++) {
    await page.mouse.wheel(0, 600);
    await page.waitForTimeout(100);
  }
  await page.locator('.measures').scrollIntoViewIfNeeded();
  await page.waitForSelector('.law');
  const heightBefore = await heightOf(page);
  await page.getByRole('button', { name: 'Play' }).click();
  await statusSays(page, 'finished at step 15');
  await page.waitForSelector('.measures[data-step="15"]');
  expect(errors).toEqual([]);
  return { page, heightBefore };
}

describe('the measures', () => {
  it('agree with one another and with the cells, and move nothing while they train', async () => {
    const { page, heightBefore } = await train();
    expect(await heightOf(page)).toBe(heightBefore);

    // Each head explains itself, with a formula.
    for (const [head, says] of [
      ['preserved (P)', 'P = #{p₀ ≥ ε and p ≥ ε}'],
      ['SRR', 'SRR = P / (P + S)'],
      ['ΔSE', 'Δ_SE = pass@256(base) − pass@1(now)'],
    ] as const) {
      const hint = page.locator('section[aria-labelledby=support-title] th button', {
        hasText: head,
      });
      await hint.focus();
      const tip = page.getByRole('tooltip').filter({ hasText: says });
      await tip.waitFor();
      expect(await tip.textContent()).toContain('TRL’s name: none');
      await page.keyboard.press('Escape');
      await tip.waitFor({ state: 'hidden' });
    }

    // The support, and the histogram whose bin of zero lies outside of it.
    const count = async (fate: string): Promise<number> =>
      Number(await textOf(page, `tr[data-fate=${fate}] .number`));
    const [preserved, expanded, shrunk, out] = [
      await count('preserved'),
      await count('expanded'),
      await count('shrunk'),
      await count('out'),
    ];
    expect(preserved! + expanded! + shrunk! + out!).toBe(PROBLEMS);
    const counts = (label: string, of: string): number[] =>
      new RegExp(`${of}: ([0-9, ]+) problems`).exec(label)![1]!.split(',').map(Number);
    const sum = (values: number[]): number => values.reduce((total, value) => total + value, 0);
    for (const bins of ['in tenths', 'by order of size']) {
      await page.getByLabel(bins).check();
      const label = await labelOf(page, 'How sure is one sample?');
      const [base, now] = [counts(label, 'base'), counts(label, 'now')];
      expect([sum(base), sum(now)]).toEqual([PROBLEMS, PROBLEMS]);
      expect([base[0], now[0]]).toEqual([expanded! + out!, shrunk! + out!]);
    }

    // Δ_SE from the pass@1 and pass@256 of the figure over steps.
    const overSteps = await labelOf(page, 'pass@k over training');
    const passAt = (k: number): number[] =>
      new RegExp(`pass@${k} from ([0-9.]+) to ([0-9.]+)`).exec(overSteps)!.slice(1).map(Number);
    const gap = Number((await textOf(page, 'tr[data-fate=gap] .number')).replace('−', '-'));
    // Three numbers, each rounded to 0.001.
    expect(Math.abs(gap - (passAt(256)[0]! - passAt(1)[1]!))).toBeLessThanOrEqual(0.0015 + 1e-9);

    // The problems lost by name are those whose cells are outlined.
    const cells = page.locator('[role=grid][aria-label*="held-out problems;"]');
    const [lost, gained] = /(\d+) lost, (\d+) gained/
      .exec((await cells.getAttribute('aria-label'))!)!
      .slice(1)
      .map(Number);
    expect(await page.locator('h3.lost').textContent()).toBe(`${lost} lost`);
    expect(await page.locator('h3.gained').textContent()).toBe(`${gained} gained`);
    expect(lost! + gained!).toBeGreaterThan(0);
    const named: string[] = [];
    for (const kind of ['lost', 'gained'] as const) {
      const total = kind === 'lost' ? lost! : gained!;
      const names = await page.locator(`ol[data-kind=${kind}] .name`).allTextContents();
      expect(names.length).toBe(Math.min(8, total));
      const outlined = await cells.locator(`[role=gridcell].${kind}`).all();
      expect(outlined.length).toBe(total);
      const inCells: string[] = [];
      for (const cell of outlined) {
        await cell.hover();
        const description = await textOf(page, '.description');
        expect(description).toContain(`– ${kind}`);
        expect(await cell.getAttribute('aria-label')).toBe(description.trim());
        inCells.push(description.trim().split(',')[0]!);
      }
      for (const name of names) expect(inCells).toContain(name);
      named.push(...names);
    }
    expect(named.length).toBeGreaterThan(0);
  });

  it('fit reward over entropy to the steps on screen', async () => {
    const { page } = await train();
    const label = await labelOf(page, 'Reward and entropy');
    expect(label).toContain('16 steps.');
    const [, sign, a, bSign, b] = /R = (−?)([0-9.]+) e\^H ([+−]) ([0-9.]+)/.exec(label)!;
    const shown = await page.locator('.law dd').allTextContents();
    expect(shown[0]).toBe(`R = ${sign}${a} eH ${bSign} ${b}`);
    const ceiling = Number(b) * (bSign === '+' ? 1 : -1) - Number(a) * (sign === '−' ? 1 : -1);
    // Three numbers, each rounded to 0.001.
    expect(Math.abs(Number(shown[2]!.replace('−', '-')) - ceiling)).toBeLessThanOrEqual(0.0016);
    expect((await page.locator('path.dots').getAttribute('d'))!.match(/M/g)!.length).toBe(16);
  });
});

describe('held-out pass@k', () => {
  it('goes to a million samples, with the KL optimum that has the pass@1 of now', async () => {
    const { page } = await train();
    expect(await labelOf(page, 'Held-out pass@k')).toMatch(/base: .* at k = 1024; now/);
    await page.getByLabel('k to a million').first().check();
    await page.getByLabel('KL optimum with this pass@1').check();
    await page.locator('svg[aria-label*="KL optimum: "]').waitFor();
    const label = await labelOf(page, 'Held-out pass@k');
    const curve = (name: string): [number, number] => {
      const [, first, last] = new RegExp(
        `${name}: ([0-9.]+) at k = 1, ([0-9.]+) at k = 1000000`,
      ).exec(label)!;
      return [Number(first), Number(last)];
    };
    expect(curve('KL optimum')[0]).toBe(curve('now')[0]);
    expect(curve('KL optimum')[1]).toBeGreaterThanOrEqual(curve('base')[1]);
    expect(await textOf(page, '.optimum')).toMatch(/at β = [0-9.]+:/);
  });
});
