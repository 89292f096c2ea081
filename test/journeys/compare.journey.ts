import { readFileSync } from 'node:fs';
import type { Page } from 'playwright';
import { describe, expect, it } from 'vitest';
import { meanPassAtK } from '../../src/core/passAtK.ts';
import { meanInterval } from '../../src/core/studentT.ts';
import { parseStudy, parseStudyIndex } from '../../src/run/studies/recorded.ts';
import { showInterval } from '../../src/run/studies/shown.ts';
import { statusSays, useSite, type OpenOptions } from './site.ts';

const openPage = useSite();
const runs = new URL('../../public/runs/', import.meta.url);
const text = (path: string): string => readFileSync(new URL(path, runs), 'utf8');
const recorded = parseStudyIndex(text('studies.json'))!;
const SMALL = '#engine=reference&eval-problems=100&eval-samples=0&prompts=4&group-size=4';

/** On the recorded studies as they are, with the cards on screen; `fetched` names the studies asked for. */
async function open(options: OpenOptions & { fragment?: string } = {}) {
  const fetched: string[] = [];
  const opened = await openPage(options.fragment ?? SMALL, {
    ...options,
    before: async (page) => {
      page.on('request', (request) => {
        const name = /runs\/studies\/([^/]+)\.json$/.exec(request.url())?.[1];
        if (name) fetched.push(name);
      });
      await options.before?.(page);
    },
  });
  return { ...opened, fetched };
}
const card = (page: Page) => page.locator('[data-card=compare]');
const goToCompare = (page: Page): Promise<void> =>
  page
    .locator('[data-card=compare]')
    .waitFor({ state: 'attached' })
    .then(() => card(page).evaluate((element) => element.scrollIntoView()));
async function openCompared(options: Parameters<typeof open>[0] = {}) {
  const opened = await open(options);
  await goToCompare(opened.page);
  await card(opened.page).locator('[data-row] + [data-row]').first().waitFor();
  await card(opened.page).locator('[data-panel] svg').nth(9).waitFor();
  // As many rows as the groups count; they are made a few a frame.
  await opened.page.waitForFunction(() => {
    const compare = document.querySelector('[data-card=compare]')!;
    const counts = [...compare.querySelectorAll('fieldset label')].map((label) =>
      Number(/\((\d+)\)/.exec(label.textContent!)![1]),
    );
    const rows = compare.querySelectorAll('tbody:last-of-type tr').length;
    return rows === counts.reduce((sum, count) => sum + count, 0);
  });
  return opened;
}
/** The rows that are sorted, from the top down, with the text of a column. */
const column = (page: Page, at: number): Promise<string[]> =>
  card(page)
    .locator('tbody')
    .nth(1)
    .locator('tr')
    .evaluateAll((rows, index) => rows.map((row) => row.children[index]!.textContent!.trim()), at);
const header = (page: Page, name: RegExp) => card(page).getByRole('columnheader', { name });
const numbers = (texts: readonly string[]): number[] =>
  texts.map((each) => Number(/^[\d.]+/.exec(each)?.[0]));

describe('all methods', () => {
  it('are read when they come in sight, and stand on the plane once each, with intervals', async () => {
    const { page, fetched, errors } = await open();
    await statusSays(page, 'ready to train');
    expect(fetched).toEqual([]);
    await goToCompare(page);
    await card(page).locator('[data-row] + [data-row]').first().waitFor();
    expect(new Set(fetched).size).toBe(fetched.length);
    expect(fetched.every((name) => recorded.includes(name))).toBe(true);
    // It begins with another base, as all of its arms do.
    expect(fetched).not.toContain('beyond');
    await card(page)
      .getByText(
        /Not compared here: .*Distillation beyond the prior \(its base has a narrow prior\)/,
      )
      .waitFor();

    const { arms } = parseStudy('no-training', text('studies/no-training.json'));
    const grpo = arms.find(({ id }) => id === 'grpo')!;
    const [x, y] = [1, 256].map((k) =>
      showInterval(meanInterval(grpo.runs.map(({ p }) => meanPassAtK(p, k))), 3),
    );
    const summary = await card(page)
      .locator('figure svg[role=img]')
      .first()
      .getAttribute('aria-label');
    expect(summary).toContain(`GRPO: pass@1 ${x}, pass@256 ${y}`);
    expect(summary!.split('; GRPO: pass@1')).toHaveLength(2);
    const marks = card(page).locator('[data-mark]');
    expect(await marks.count()).toBeGreaterThan(20);
    const bars = await marks.locator('.bars').evaluateAll((paths) =>
      paths.map((path) => {
        const { width, height } = (path as SVGPathElement).getBBox();
        return [width, height];
      }),
    );
    expect(bars.filter(([width, height]) => width! > 1 && height! > 1).length).toBeGreaterThan(15);
    expect(errors).toEqual([]);
  });

  it('can be stopped while they are read; what is there is shown, and the rest comes on demand', async () => {
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    const { page } = await open({
      before: (page) =>
        page.route('**/runs/studies/kl.json', (route) => held.then(() => route.continue())),
    });
    await goToCompare(page);
    await card(page).getByRole('button', { name: 'Stop' }).click();
    await card(page).locator('[data-row] + [data-row]').first().waitFor();
    expect(await card(page).locator('[data-mark]').count()).toBeLessThan(15);
    release();
    await card(page).getByRole('button', { name: 'Read the rest' }).click();
    await card(page).getByText('KL penalty, β = 0.3').first().waitFor();
  });

  it('of a group go from plane, table and panels, and come back', async () => {
    const { page } = await openCompared();
    const count = async () => [
      await card(page).locator('[data-mark]').count(),
      (await column(page, 0)).length,
    ];
    const [marks, rows] = await count();
    await card(page)
      .getByRole('checkbox', { name: /^RL algorithms/ })
      .uncheck();
    const [fewerMarks, fewerRows] = await count();
    expect(rows! - fewerRows!).toBeGreaterThan(3);
    expect(marks! - fewerMarks!).toBe(rows! - fewerRows!);
    expect(await column(page, 1)).not.toContain('RL algorithms');
    await card(page)
      .getByRole('checkbox', { name: /^RL algorithms/ })
      .check();
    expect(await count()).toEqual([marks, rows]);
  });
});

describe('the table', () => {
  it('is sorted by any column, either way, and the panels follow', async () => {
    const { page } = await openCompared();
    // By pass@256 at first.
    expect(await header(page, /^pass@256$/).getAttribute('aria-sort')).toBe('descending');
    const first = numbers(await column(page, 4));
    expect(first.length).toBeGreaterThan(20);
    expect(first).toEqual([...first].sort((a, b) => b - a));
    await header(page, /^pass@1$/)
      .getByRole('button')
      .click();
    const second = numbers(await column(page, 2));
    expect(second).toEqual([...second].sort((a, b) => b - a));
    await header(page, /^pass@1$/)
      .getByRole('button')
      .press('Enter');
    expect(await header(page, /^pass@1$/).getAttribute('aria-sort')).toBe('ascending');
    expect(numbers(await column(page, 2))).toEqual(second.reverse());
    const names = (await column(page, 0)).slice(0, 10);
    // Those that were not among the first before are made one a frame.
    await expect
      .poll(async () =>
        (await card(page).locator('[data-panel] button').allTextContents()).map((each) =>
          each.trim(),
        ),
      )
      .toEqual(names);
    // The base stays at the top.
    expect(await card(page).locator('tbody tr').first().getAttribute('data-row')).toBe('base');
  });
});

describe('a method', () => {
  it('is gone to on the plane with the arrows, and read out', async () => {
    const { page } = await openCompared();
    const slider = card(page).getByRole('slider', { name: 'A method on the plane' });
    await slider.focus();
    await page.keyboard.press('Home');
    const seen = new Set<string>();
    const marks = await card(page).locator('[data-mark]').count();
    for (let i = 0; i < marks; i++) {
      const told = (await slider.getAttribute('aria-valuetext'))!;
      seen.add(told);
      const name = told.slice(0, told.indexOf(': pass@1'));
      expect((await card(page).locator('h4').textContent())!.trim()).toBe(name);
      await page.keyboard.press('ArrowRight');
    }
    expect(seen.size).toBe(marks);
  });

  it('is chosen on the plane with a finger', async () => {
    const { page } = await openCompared({ width: 390, height: 844 });
    const mark = card(page).locator('[data-mark] .mark').first();
    const box = (await mark.boundingBox())!;
    await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
    expect(await card(page).locator('h4').textContent()).not.toBe('');
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    const sizes = await card(page)
      .locator('p, td, th, text, button, label, a, dd, dt')
      .evaluateAll((all) => all.map((each) => Number.parseFloat(getComputedStyle(each).fontSize)));
    expect(Math.min(...sizes)).toBeGreaterThanOrEqual(12);
  });

  it('has a panel that opens its study', async () => {
    const { page, errors } = await openCompared();
    await card(page)
      .getByRole('button', { name: 'Open the study of SFT on the teacher', exact: true })
      .click();
    await page.locator('article[data-study=distillation] svg[role=img]').waitFor();
    expect(page.url()).toContain('study=distillation');
    await page.waitForFunction(() => {
      const { top } = document.querySelector('#studies-title')!.getBoundingClientRect();
      return top >= 0 && top < innerHeight / 3;
    });
    // Another one while this one is on screen: figure and numbers are always of one study.
    await page.getByRole('button', { name: 'A KL penalty', exact: true }).click();
    await page.locator('article[data-study=kl] table').getByText('β = 0.3').waitFor();
    await page.getByRole('button', { name: 'Is it luck?', exact: true }).click();
    await page
      .locator('article[data-study=luck] table')
      .getByText('an untrained network')
      .first()
      .waitFor();
    expect(errors).toEqual([]);
  });

  it('runs live with its settings', async () => {
    const { page } = await openCompared();
    const { arms } = parseStudy('kl', text('studies/kl.json'));
    const { permalink } = arms.find(({ id }) => id === 'klCoefficient-0.3')!;
    await card(page)
      .locator('table')
      .getByRole('link', { name: 'Run this live: KL penalty, β = 0.3', exact: true })
      .click();
    await page.waitForFunction((wanted) => location.hash === wanted, permalink);
    expect(await page.evaluate(() => scrollY)).toBe(0);
  });
});

describe('the run of the page', () => {
  it('stands on the plane as recorded, then live, moving with every evaluation', async () => {
    const { page } = await openCompared({ fragment: `${SMALL}&eval-every=1&lr=0.003` });
    const row = card(page).locator('[data-row=live]');
    expect(await row.textContent()).toContain('recorded run');
    await statusSays(page, 'ready to train');
    const others = () =>
      card(page)
        .locator('[data-mark]:not([data-mark=live]) .mark')
        .evaluateAll((all) => all.map((each) => each.getAttribute('transform')));
    const before = await others();
    const place = () => card(page).locator('[data-mark=live] .mark').getAttribute('transform');
    const places = new Set<string | null>([await place()]);
    for (let step = 1; step <= 3; step++) {
      await page.getByRole('button', { name: 'Step', exact: true }).click();
      await card(page).getByText(`at step ${step}; one seed`).waitFor();
      expect(await row.textContent()).toContain('live run');
      places.add(await place());
    }
    expect(places.size).toBe(4);
    expect(await others()).toEqual(before);
    const trail = await card(page).locator('.trail').getAttribute('d');
    // From the base, over three evaluations.
    expect(trail!.split('L')).toHaveLength(4);
  });

  it('stays apart where its problems are other ones, and the page says why', async () => {
    const { page } = await openCompared({ fragment: '#engine=reference&eval-problems=12' });
    await page.getByRole('button', { name: 'Step', exact: true }).waitFor();
    await card(page)
      .getByText('is not on the plane: it is evaluated on other problems, or on fewer.')
      .waitFor();
    expect(await card(page).locator('[data-mark=live]').count()).toBe(0);
  });
});
