import { describe, expect, it } from 'vitest';
import CoverageFigure from '../../../src/ui/results/figures/CoverageFigure.svelte';
import CurvesFigure from '../../../src/ui/results/figures/CurvesFigure.svelte';
import ResultsFigures from '../../../src/ui/results/figures/ResultsFigures.svelte';
import { mounted, type Mounted } from '../fixtures/mounted.ts';
import { analysed, CROSSING, measuredOf } from './fixture.ts';

const label = (figure: Mounted): string =>
  figure.one('svg[aria-label]').getAttribute('aria-label')!;

describe('the curves of measured models', () => {
  const analysis = analysed(CROSSING);
  const [comparison] = analysis.comparisons;

  it('are read at each whole k, with the crossing marked, and as pass^k without it', () => {
    const figure = mounted(CurvesFigure, { analysis, compared: comparison! });
    const slider = figure.one('input[type=range]');
    figure.focus(slider);
    figure.press('Home');
    figure.press('ArrowRight');
    // See CROSSING: 5/6 and 3/4 at k = 2.
    expect(slider.getAttribute('aria-valuetext')).toBe('at k = 2: before 0.833, after 0.750');
    const [dot] = figure.all('.mark-dot');
    expect(dot).toBeDefined();
    figure.click(figure.all<HTMLInputElement>('input[type=radio]')[1]!);
    // pass^4 of 2 of 4 is 0, of 4 of 4 is 1.
    expect(label(figure)).toMatch(
      /base 50\.0.% at k = 1, 0\.0.% at k = 4; trained 75\.0.% .* 75\.0/,
    );
    expect(figure.all('.mark-dot')).toEqual([]);
  });

  it('end where their own samples do, and say nothing beyond', () => {
    const models = [measuredOf('many', [4, 8], 8), measuredOf('few', [1, 1], 2)];
    const several = analysed(models);
    const figure = mounted(CurvesFigure, { analysis: several, compared: several.comparisons[0]! });
    const slider = figure.one('input[type=range]');
    figure.focus(slider);
    figure.press('Home');
    expect(slider.getAttribute('aria-valuetext')).toBe('at k = 1: many 0.750, few 0.500');
    figure.press('End');
    expect(slider.getAttribute('aria-valuetext')).toBe('at k = 8: many 1.000, few –');
  });
});

/** As a file may have them: markup, a formula, and no place to break. */
const hostile = (i: number): string => `=<img src=x onerror="alert(1)">${i}${'a'.repeat(480)}`;

describe('coverage by name', () => {
  it('opens as plain text, is searched, and counts what it leaves out', () => {
    const count = 250;
    const base = measuredOf('a', new Array<number>(count).fill(3), 4, hostile);
    const trained = measuredOf('b', new Array<number>(count).fill(0), 4, hostile);
    const [comparison] = analysed([base, trained]).comparisons;
    const figure = mounted(CoverageFigure, { comparison: comparison!, base, trained });
    expect(label(figure)).toContain(`the base alone ${count}`);
    expect(figure.all('li')).toEqual([]);
    const details = figure.all<HTMLDetailsElement>('details')[0]!;
    figure.click(details.querySelector('summary')!);
    return figure.appears('li:nth-child(2)').then(() => {
      const names = (): string[] => figure.texts('li:not(.head) .id');
      expect(names()).toHaveLength(200);
      expect(names()[0]).toBe(hostile(0));
      expect(figure.all('img')).toEqual([]);
      expect(figure.text('.after')).toContain('50 more');
      expect(figure.texts('li:nth-child(2) :is(.base, .now)')).toEqual(['3/4', '0/4']);
      const field = figure.one<HTMLInputElement>('input[type=search]');
      field.value = '>249A';
      field.dispatchEvent(new Event('input', { bubbles: true }));
      return expect.poll(names).toEqual([hostile(249)]);
    });
  });
});

describe('all figures of measured models', () => {
  const names = (i: number): string => hostile(i);
  const models = [
    measuredOf(`base ${'x'.repeat(300)}`, [0, 1, 2, 3, 4], 4, names),
    measuredOf(`trained ${'y'.repeat(300)}`, [0, 4, 4, 4, 0], 4, names),
    measuredOf('later', [1, 1, 1], 4, names),
  ];
  const analysis = analysed(models);

  it('are of the comparison that is chosen, and fit a telephone', () => {
    const chosen: number[] = [];
    const page = mounted(ResultsFigures, {
      ...{ analysis, measured: models, onchoose: (comparison: number) => chosen.push(comparison) },
    });
    page.choose('select', '1');
    expect(chosen).toEqual([1]);
    for (const width of [320, 390, 1400]) {
      page.root.style.width = `${width}px`;
      expect(page.root.scrollWidth).toBe(width);
    }
    expect(page.all('[data-card]').map(({ dataset }) => dataset['card'])).toEqual([
      ...['headline', 'curves', 'difference', 'says', 'coverage', 'rates', 'cover', 'moved'],
    ]);
  });

  it('of one model are those that need no other', () => {
    const [model] = models;
    const page = mounted(ResultsFigures, { analysis: analysed([model!]), measured: [model!] });
    expect(page.all('[data-card]').map(({ dataset }) => dataset['card'])).toEqual([
      ...['curves', 'says', 'rates', 'cover'],
    ]);
  });
});
