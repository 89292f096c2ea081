import { flushSync } from 'svelte';
import { describe, expect, it } from 'vitest';
import { meanPassAtK, meanPassHatK } from '../../src/core/passAtK.ts';
import LiveLine from '../../src/ui/LiveLine.svelte';
import PassAtKFigure from '../../src/ui/PassAtKFigure.svelte';
import StepFigures from '../../src/ui/StepFigures.svelte';
import type { Phase } from '../../src/ui/state/phase.ts';
import { eventually, mounted, type Mounted } from './fixtures/mounted.ts';
import { pageOf, rowOf } from './fixtures/page.svelte.ts';

/** A run of 20 steps that is evaluated every second one: p of three problems, one of which is unlearned. */
const pAt = (step: number): number[] => [0.1 + 0.04 * step, 0.3 + 0.02 * step, 0.02 / (1 + step)];
const ROWS = Array.from({ length: 21 }, (_, step) =>
  rowOf(step, step % 2 === 0 ? pAt(step) : null, { entropy: 1 - 0.04 * step }),
);
const page = (rows = ROWS, phase: Phase = FINISHED) => pageOf({ run: { rows, phase } });
const FINISHED: Phase = { kind: 'finished', progress: null };
const slider = (figure: Mounted): HTMLElement => figure.one('input[type=range]');
const said = (figure: Mounted): string => slider(figure).getAttribute('aria-valuetext')!;

describe('the cursor of a figure', () => {
  it('is moved by keys, says what is there, and moves every other figure over steps', () => {
    const { figures } = page();
    const figure = mounted(StepFigures, { figures, figure: 'headline' });
    const other = mounted(PassAtKFigure, { figures });
    figure.focus(slider(figure));
    const at = (step: number): string => meanPassAtK(pAt(step), 1).toFixed(3);
    expect(said(figure)).toMatch(
      new RegExp(`^step 20: pass@1 ${at(20)}, pass@16 .*, entropy 0\\.200$`),
    );
    figure.press('ArrowLeft');
    expect(figure.all('line.cursor')).toHaveLength(2);
    // Step 19 has not been evaluated; what stands there is of step 18.
    expect(said(figure)).toMatch(new RegExp(`^step 19: pass@1 ${at(18)}, .*, entropy 0\\.240$`));
    figure.press('ArrowLeft', { shiftKey: true });
    expect(said(figure)).toMatch(/^step 9: /);
    expect(other.text('figcaption p')).toMatch(/^At step 8 /);
    figure.press('Home');
    expect(figures.shown!.step).toBe(0);
    figure.press('End');
    expect(figures.shown!.step).toBe(20);
    figure.press('Escape');
    expect(figure.all('line.cursor')).toEqual([]);
    expect(figures.cursor).toBeNull();
  });

  it('goes over k by powers of two', () => {
    const figure = mounted(PassAtKFigure, { figures: page().figures });
    figure.focus(slider(figure));
    figure.press('Home');
    figure.press('ArrowRight');
    const value = (p: number[]): string => meanPassAtK(p, 2).toFixed(3);
    expect(said(figure)).toBe(`at k = 2 base ${value(pAt(0))}, now ${value(pAt(20))}`);
  });
});

describe('the numbers of a figure', () => {
  it('open as a table, a row a step and a column a line', async () => {
    const figure = mounted(StepFigures, {
      figures: page(ROWS.slice(0, 7)).figures,
      figure: 'headline',
    });
    figure.click(figure.button('Over training: data'));
    await figure.appears('table');
    expect(figure.text('caption')).toMatch(/^Over training\./);
    expect(figure.texts('thead th')).toEqual([
      ...['training step', 'pass@1', 'pass@16', 'pass@256', 'pass@1024', 'entropy'],
    ]);
    expect(figure.texts('tbody th')).toEqual(['0', '1', '2', '3', '4', '5', '6']);
    const [first, ...rest] = figure.texts('tbody tr:last-child td');
    expect(first).toBe(meanPassAtK(pAt(6), 1).toFixed(3));
    expect(rest.at(-1)).toBe('0.760');
  });
});

describe('pass@k over k', () => {
  it('goes to a million samples, with the KL optimum that has the pass@1 of now', async () => {
    const figure = mounted(PassAtKFigure, { figures: page().figures });
    const label = (): string => figure.one('svg[aria-label]').getAttribute('aria-label')!;
    expect(label()).toMatch(/base: .* at k = 1024; now: .* at k = 1024$/);
    const [far, optimum] = figure.all<HTMLInputElement>('input[type=checkbox]');
    figure.click(far!);
    figure.click(optimum!);
    await eventually(() => expect(label()).toContain('KL optimum: '));
    const curve = (name: string): number[] =>
      new RegExp(`${name}: ([0-9.]+) at k = 1, ([0-9.]+) at k = 1000000`)
        .exec(label())!
        .slice(1)
        .map(Number);
    expect(curve('KL optimum')[0]).toBe(curve('now')[0]);
    // The optimum only weighs the base's own answers anew: what the base can solve at all, it can.
    expect(curve('KL optimum')[1]).toBeGreaterThanOrEqual(curve('base')[1]!);
    expect(figure.text('.optimum')).toMatch(/at β = [0-9.]+\./);
  });

  it('is pass^k, where all of k have to be right, for whoever asks for it or follows a link to it', () => {
    const { figures } = page();
    const figure = mounted(PassAtKFigure, { figures });
    const label = (): string => figure.one('svg[aria-label]').getAttribute('aria-label')!;
    figure.click(figure.all<HTMLInputElement>('input[type=checkbox]')[2]!);
    expect(figures.curve).toBe('all');
    const [last, p] = [1024, pAt(20)];
    const value = (k: number): string => meanPassHatK(p, k).toFixed(3);
    expect(label()).toMatch(/^Held-out pass\^k/);
    expect(label()).toContain(`now: ${value(1)} at k = 1, ${value(last)} at k = ${last}`);
    expect(figure.root.textContent).not.toContain('crossing at');
  });
});

describe('the live line', () => {
  it('says rarely how far the run is, and at last what came of it', () => {
    const { run, figures } = page([], { kind: 'paused', progress: null });
    run.settings = { ...run.settings, steps: 20 };
    const line = mounted(LiveLine, { figures });
    const heard: string[] = [line.text('[data-live]')];
    const show = (): void => {
      flushSync();
      const now = line.text('[data-live]');
      if (now !== heard.at(-1)) heard.push(now);
    };
    run.rows = ROWS.slice(0, 1);
    show();
    expect(heard.at(-1)).toMatch(/^Ready to train 20 steps\./);
    run.phase = { kind: 'playing', progress: null };
    for (let step = 1; step <= 20; step++) {
      run.rows = ROWS.slice(0, step + 1);
      show();
    }
    run.phase = FINISHED;
    show();
    // One for each tenth, with those before and after.
    expect(heard.length).toBeGreaterThan(5);
    expect(heard.length).toBeLessThanOrEqual(13);
    const [one, many] = [1, 256].map((k) => meanPassAtK(pAt(20), k).toFixed(3));
    expect(heard.at(-1)).toBe(`Finished at step 20. pass@1 ${one}, pass@256 ${many}.`);
  });
});
