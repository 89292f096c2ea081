import { flushSync } from 'svelte';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { meanPassAtK } from '../../../src/core/passAtK.ts';
import { meanInterval } from '../../../src/core/studentT.ts';
import { parseStudy, type RecordedStudy } from '../../../src/run/studies/recorded.ts';
import { showInterval } from '../../../src/run/studies/shown.ts';
import Compare from '../../../src/ui/compare/Compare.svelte';
import { eventually, findSite, mounted, type Mounted } from '../fixtures/mounted.ts';
import { pageOf, rowOf } from '../fixtures/page.svelte.ts';

const study = async (name: string): Promise<RecordedStudy> =>
  parseStudy(name, await (await fetch(`/runs/studies/${name}.json`)).text());
let grpo: RecordedStudy['arms'][number];
beforeAll(async () => {
  grpo = (await study('no-training')).arms.find(({ id }) => id === 'grpo')!;
});
const fetchAll = globalThis.fetch;
beforeEach(() => {
  findSite();
  vi.stubGlobal('fetch', async (url: URL) =>
    url.pathname === '/runs/studies.json'
      ? Response.json({ format: 'rlvr-studies', version: 1, names: NAMES })
      : fetchAll(url),
  );
});
afterEach(() => void vi.unstubAllGlobals());

/** Some of the recorded studies as they are, with every row made. */
const NAMES = ['no-training', 'algorithms', 'kl', 'beyond'];

async function compared(fields: Parameters<typeof pageOf>[0] = {}) {
  const page = pageOf(fields);
  const card = mounted(Compare, { figures: page.figures, place: page.place });
  await eventually(() => {
    const counts = card.texts('fieldset label').map((text) => Number(/\((\d+)\)/.exec(text)![1]));
    expect(counts.length).toBeGreaterThan(0);
    expect(rowsOf(card)).toHaveLength(counts.reduce((sum, count) => sum + count, 0));
  });
  return { page, card };
}
const rowsOf = (card: Mounted): HTMLElement[] => card.all('tbody:last-of-type tr');
/** The rows that are sorted, from the top down, with the text of a column. */
const column = (card: Mounted, at: number): string[] =>
  rowsOf(card).map((row) => row.children[at]!.textContent!.trim());
const numbers = (texts: readonly string[]): number[] =>
  texts.map((each) => Number(/^[\d.]+/.exec(each)?.[0]));

describe('all methods', () => {
  it('stand on the plane once each with the intervals of their studies, to which they lead', async () => {
    const { page, card } = await compared();
    const [x, y] = [1, 256].map((k) =>
      showInterval(meanInterval(grpo.runs.map(({ p }) => meanPassAtK(p, k))), 3),
    );
    const summary = card.one('figure svg[role=img]').getAttribute('aria-label')!;
    expect(summary).toContain(`GRPO: pass@1 ${x}, pass@256 ${y}`);
    expect(summary.split('; GRPO: pass@1')).toHaveLength(2);
    // With the base and chance.
    expect(card.all('[data-mark]')).toHaveLength(rowsOf(card).length + 2);
    const isCross = (path: SVGPathElement): boolean => {
      const { width, height } = path.getBBox();
      return width > 1 && height > 1;
    };
    expect(card.all<SVGPathElement>('[data-mark] .bars').filter(isCross).length).toBeGreaterThan(5);
    expect(card.text('.left-out')).toMatch(
      /^Not compared here: .*Distillation beyond the prior \(its base has a narrow prior\)/,
    );
    const { arms } = await study('kl');
    const link = card.one('table a[aria-label="Run this live: KL penalty, β = 0.3"]');
    expect(link.getAttribute('href')).toBe(
      arms.find(({ id }) => id === 'klCoefficient-0.3')!.permalink,
    );
    card.click(card.button('Open its study'));
    expect(NAMES).toContain(page.place.study);
  });

  it('of a group go and come back; the table is sorted by any column', async () => {
    const { card } = await compared();
    const count = (): number[] => [card.all('[data-mark]').length, rowsOf(card).length];
    const box = card
      .all('fieldset label')
      .find(({ textContent }) => textContent!.includes('RL algorithms'))!
      .querySelector('input')!;
    const [marks, rows] = count();
    card.click(box);
    const [fewerMarks, fewerRows] = count();
    expect(rows! - fewerRows!).toBeGreaterThan(3);
    expect(marks! - fewerMarks!).toBe(rows! - fewerRows!);
    expect(column(card, 1)).not.toContain('RL algorithms');
    card.click(box);
    expect(count()).toEqual([marks, rows]);

    const head = (name: string) => card.one(`thead th[aria-label="${name}"]`);
    const sort = (name: string) => card.click(head(name).querySelector('button')!);
    // By pass@256 at first.
    expect(head('pass@256').getAttribute('aria-sort')).toBe('descending');
    const first = numbers(column(card, 4));
    expect(first).toEqual([...first].sort((a, b) => b - a));
    sort('pass@1');
    const second = numbers(column(card, 2));
    expect(second).toEqual([...second].sort((a, b) => b - a));
    sort('pass@1');
    expect(head('pass@1').getAttribute('aria-sort')).toBe('ascending');
    expect(numbers(column(card, 2))).toEqual(second.reverse());
    expect(card.one('tbody tr').dataset['row']).toBe('base');
  });
});

describe('a method', () => {
  it('is gone to on the plane with the arrows or a finger, and read out', async () => {
    const { card } = await compared();
    const slider = card.one('[role=slider]');
    const chosen = (): string => card.text('h4');
    card.focus(slider);
    card.press('Home');
    const seen = new Set<string>();
    const marks = card.all('[data-mark]');
    for (let i = 0; i < marks.length; i++) {
      const told = slider.getAttribute('aria-valuetext')!;
      seen.add(told);
      expect(chosen()).toBe(told.slice(0, told.indexOf(': pass@1')));
      card.press('ArrowRight');
    }
    expect(seen.size).toBe(marks.length);

    // Where nothing else stands: a learning rate of 0 stands where the base does.
    const chance = card.one('[data-mark=chance] .mark').getBoundingClientRect();
    slider.dispatchEvent(
      new PointerEvent('pointerdown', {
        ...{ bubbles: true, pointerType: 'touch' },
        clientX: chance.x + chance.width / 2,
        clientY: chance.y + chance.height / 2,
      }),
    );
    flushSync();
    expect(chosen()).toBe('chance');
  });
});

describe('the run of the page', () => {
  /** The base's p, and pass@1 higher by a tenth of what it lacks at each step. */
  const rowAt = (step: number) =>
    rowOf(
      step,
      grpo.runs[0]!.baseP.map((p) => p + (step / 10) * (1 - p)),
    );
  const place = (card: Mounted): string =>
    card.one('[data-mark=live] .mark').getAttribute('transform')!;

  it('stands on the plane as recorded, then live, moving with every evaluation, unless its problems are others', async () => {
    const recording = { rows: [rowAt(0), rowAt(3)], task: 'countdown-3', problems: null, seed: 1 };
    const { page, card } = await compared({ recording: recording as never });
    expect(card.text('[data-row=live]')).toContain('recorded run');
    const others = () =>
      card
        .all('[data-mark]:not([data-mark=live]) .mark')
        .map((mark) => mark.getAttribute('transform'));
    const before = others();
    const places = new Set([place(card)]);
    page.recorded.own = 'lived';
    for (let step = 1; step <= 2; step++) {
      page.run.rows = Array.from({ length: step + 1 }, (_, at) => rowAt(at));
      flushSync();
      expect(card.text('[data-row=live]')).toContain('live run');
      expect(card.text('.live')).toContain(`at step ${step}; one seed`);
      places.add(place(card));
    }
    expect(places.size).toBe(3);
    expect(others()).toEqual(before);
    // From the base, over two evaluations.
    expect(card.one('[data-line=trail]').getAttribute('d')!.split('L')).toHaveLength(3);

    // On fewer problems its numbers are no others to hold against these.
    page.run.settings = { ...page.run.settings, evalProblems: 12 };
    flushSync();
    expect(card.text('.live')).toContain(
      'is not on the plane: it is evaluated on other problems, or on fewer.',
    );
    expect(card.all('[data-mark=live]')).toEqual([]);
  });
});
