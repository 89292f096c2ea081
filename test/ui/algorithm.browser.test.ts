import { flushSync } from 'svelte';
import { describe, expect, it } from 'vitest';
import { defaultsFor } from '../../src/run/settings.ts';
import AlgorithmCard from '../../src/ui/AlgorithmCard.svelte';
import UpdateWeightFigure from '../../src/ui/UpdateWeightFigure.svelte';
import type { Playground } from '../../src/ui/state/playground.svelte.ts';
import { eventually, mounted } from './fixtures/mounted.ts';
import { pageOf, rowOf } from './fixtures/page.svelte.ts';

/** What the controls of a page say, as it changes, and its figures. */
const controlsOf = (page: Playground) => ({
  get settings() {
    return page.settings;
  },
  change: page.change,
  figures: page.figures,
});
const grpo = () => defaultsFor({ task: 'countdown', algorithm: 'grpo' });

describe('an algorithm', () => {
  it('is shown as its row of choices, each of which can be changed and taken back', () => {
    const page = pageOf({ settings: grpo() });
    const card = mounted(AlgorithmCard, controlsOf(page));
    const different = () => card.all('li.different').map(({ dataset }) => dataset['key']);
    expect(card.text('#algorithm-title')).toBe('GRPO, choice by choice');
    expect(different()).toEqual([]);

    page.change('algorithm', 'dapo');
    flushSync();
    expect(card.text('#algorithm-title')).toBe('DAPO, choice by choice');
    expect(different()).toEqual(['filter', 'clipHigh', 'aggregation', 'minibatches']);
    expect(card.text('li[data-key=clipHigh] small')).toBe('GRPO: 0.2');
    expect(card.one<HTMLInputElement>('li[data-key=clipHigh] input').value).toBe('0.28');

    card.choose('li[data-key=advantage] select', 'leave-one-out');
    expect(page.settings.advantage).toBe('leave-one-out');
    expect(card.text('#algorithm-title')).toBe('custom (from DAPO), choice by choice');
    expect(different()).toContain('advantage');

    card.click(card.button('Back to DAPO'));
    expect(card.text('#algorithm-title')).toBe('DAPO, choice by choice');
    expect(page.settings.advantage).toBe('group-standardized');
  });

  it('folds away what changes nothing, and says why where a keyboard reaches', async () => {
    const card = mounted(AlgorithmCard, controlsOf(pageOf({ settings: grpo() })));
    expect(card.text('summary')).toBe('18 choices without effect at present');
    expect(card.all('li[data-key=passK]')).toEqual([]);
    card.click('summary');
    await card.appears('li[data-key=passK]');
    card.focus(card.one('li[data-key=passK] button'));
    const tip = card.one('li[data-key=passK] [role=tooltip]');
    expect(tip.checkVisibility({ visibilityProperty: true })).toBe(true);
    expect(tip.textContent).toContain('No effect at present: only the advantage');
  });
});

describe('the weight of a problem', () => {
  it('is a curve that changes with the algorithm, over a rug of the problems', async () => {
    const p = [0.001, 0.01, 0.1, 0.5];
    const page = pageOf({
      settings: { ...grpo(), groupSize: 8 },
      run: { rows: [rowOf(0, [0, 0, 0, 0]), rowOf(2, p)] },
    });
    const { root } = mounted(UpdateWeightFigure, controlsOf(page));
    const drawn = (of: string): SVGSVGElement => root.querySelector(`svg[aria-label^="${of}"]`)!;
    const summary = (): string => drawn('w(p)').getAttribute('aria-label')!;
    const curves = (): number =>
      drawn('w(p)').querySelectorAll('path:not(.rug)[style*=stroke]').length;
    const shows = (words: RegExp) => eventually(() => expect(summary()).toMatch(words));

    expect(root.querySelector('path.rug')!.getAttribute('d')!.match(/M/g)).toHaveLength(4);
    // One right answer of G = 8 has (1 − 1/8) / (0.3536 + 0.0001) = 2.474 at p → 0.
    await shows(/^w\(p\), the weight of a problem: GRPO\. GRPO: 2\.471 at p = 0\.001/);
    expect(curves()).toBe(1);
    page.change('algorithm', 'maxrl');
    page.change('groupSize', 8);
    // G − 1 = 7 at p → 0, and 1 / p at p → 1.
    await shows(/MaxRL: 6\.9\d+ at p = 0\.001, 1\.00\d at .*; GRPO: 2\.471/);
    expect(curves()).toBe(2);
    // Of groups of 8 MaxRL has Σ (1 − 2⁻ᵏ)/k = 1.9006 of Σ 1/k = 2.5929 over k = 1 … 7 at p = 0.5.
    expect(drawn('U(p)').getAttribute('aria-label')).toMatch(
      /MaxRL: 0\.733 of the whole at p = 0\.5/,
    );
    expect(root.textContent).toMatch(
      /1 time in 100 weighs [\d.]+ times as much as one solved half/,
    );
    page.change('algorithm', 'unlikeliness');
    page.change('groupSize', 8);
    await shows(/(this row|Unlikeliness reward): 2\./);
  });
});
