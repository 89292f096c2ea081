import { flushSync } from 'svelte';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { DissectedUpdate, NoUpdate } from '../../../src/experiments/dissection.ts';
import type { AlgorithmName } from '../../../src/rl/algorithms.ts';
import MicroscopeCard from '../../../src/ui/microscope/MicroscopeCard.svelte';
import { mounted } from '../fixtures/mounted.ts';
import { pageOf, rowOf } from '../fixtures/page.svelte.ts';
import { RIGHT, SIZE, told } from '../fixtures/update.ts';

afterEach(() => void vi.useRealTimers());

const METRICS = { reward: 0.1875, loss: -0.002, grad_norm: 2, num_gen_batches: 2 };
/** The card of a run after step 0, whose next update is that of the example. */
async function looked(
  algorithm: AlgorithmName = 'grpo',
  changes: Partial<DissectedUpdate> = {},
  nothing: NoUpdate | null = null,
) {
  const { update, settings } = told(algorithm);
  const metrics = METRICS as DissectedUpdate['metrics'];
  const answers = [
    { text: '8 − 4', correct: true, sampled: 3, before: 0.04, after: 0.05 },
    { text: '8 + 4', correct: false, sampled: 13, before: 0.5, after: 0.4 },
  ] as DissectedUpdate['after']['answers'];
  const found = { ...update, metrics, after: { ...update.after, answers }, ...changes };
  const page = pageOf({
    run: { settings, rows: [rowOf(0, [0.1])], phase: { kind: 'playing', progress: null } },
    pause: () => (page.run.phase = { kind: 'paused', progress: null }),
    step: () => (page.run.rows = [...page.run.rows, rowOf(1, null, METRICS)]),
    ask: (async () => ({ update: nothing ? null : found, nothing })) as never,
  });
  const card = mounted(MicroscopeCard, { playground: page });
  card.click(card.button('Look into'));
  await card.appears(nothing ? '[role=status]:not(.at)' : '.said');
  return { page, card };
}
const number = (text: string): number => Number(text.trim().replace('−', '-'));

describe('the update microscope', () => {
  it('pauses the run, and shows seven stages whose numbers are those of the update', async () => {
    const { page, card } = await looked();
    expect(page.run.phase.kind).toBe('paused');
    const sentence = (): string => card.text('.sentence');
    const numbers = (selector: string): number[] => card.texts(selector).map(number);
    const stages = card.all<HTMLButtonElement>('nav ol button');
    expect(stages.map(({ textContent }) => textContent!.trim())).toEqual([
      ...['1 Sample', '2 Verify', '3 Compare', '4 Advantage', '5 Ratio and clip'],
      ...['6 Gradient', '7 After'],
    ]);

    // A row an answer, right ones first, and under each of its tokens the probability that it was drawn with.
    expect(card.all('tbody tr')).toHaveLength(SIZE);
    expect(numbers('.chip .under').slice(0, 2)).toEqual([0.5, 0.1]);
    card.click(stages[1]!);
    expect(numbers('tbody .reward')).toEqual([1, 1, 1, ...Array<number>(SIZE - RIGHT).fill(0)]);
    expect(card.all('tbody [aria-label=right]')).toHaveLength(RIGHT);
    expect(sentence()).toContain('3 of 16 are right');
    card.click(stages[2]!);
    // √(3 · 13 / (16 · 15)) = 0.4031.
    expect(numbers('[data-of=mean], [data-of=deviation]')).toEqual([0.188, 0.403]);
    card.click(stages[3]!);
    // 0.8125 / 0.4032 and −0.1875 / 0.4032.
    expect(numbers('tbody .advantage').slice(2, 4)).toEqual([2.02, -0.47]);
    card.click(stages[4]!);
    expect(new Set(numbers('.chip .under'))).toEqual(new Set([1]));
    card.click(stages[5]!);
    // A thousandth is the unit: 2.015 / 32 and −0.465 / 32.
    expect(new Set(numbers('.chip .under'))).toEqual(new Set([62.97, -14.53]));
    card.click(stages[6]!);
    expect(sentence()).toContain('0.0644 → 0.0780');
    expect(card.one('svg[role=img]').getAttribute('aria-label')).toContain(
      'p 0.0644 before and 0.0780 after',
    );
  });

  it('has the run make the step, and holds its row against the numbers above', async () => {
    const { page, card } = await looked();
    card.click(card.all('nav ol button').at(-1)!);
    card.click(card.button('Make this step'));
    expect(card.text('.made')).toMatch(
      /^The run has made step 1.* gradient norm 2\.00\. These are the numbers above\.$/,
    );
    page.run.rows = [page.run.rows[0]!, rowOf(1, null, { ...METRICS, grad_norm: 3 })];
    flushSync();
    expect(card.text('.made')).not.toContain('These are the numbers above.');
  });

  it('is gone through by keyboard, and its symbols say what they mean', async () => {
    const { card } = await looked();
    card.focus(card.one('nav ol button'));
    for (const [key, stage] of [
      ['ArrowRight', 'Verify'],
      ['End', 'After'],
      ['ArrowLeft', 'Gradient'],
      ['Home', 'Sample'],
    ] as const) {
      card.press(key);
      expect(document.activeElement!.textContent).toContain(stage);
      expect(card.text('[aria-current=step]')).toContain(stage);
      expect(card.text('h3')).toContain(stage);
    }
    card.focus(card.one('.formula button'));
    expect(card.text('.formula [role=tooltip].shown')).toMatch(/drew the answers/);
  });

  it('stays still until it is asked to play, then pauses where it is asked to', async () => {
    const { card } = await looked();
    const stage = (): string => card.text('[aria-current=step]').slice(2);
    vi.useFakeTimers();
    const pass = (seconds: number): string => {
      vi.advanceTimersByTime(1000 * seconds);
      flushSync();
      return stage();
    };
    expect(pass(60)).toBe('Sample');
    card.click(card.button('Play slowly'));
    expect([pass(1.9), pass(0.2), pass(2)]).toEqual(['Sample', 'Verify', 'Compare']);
    card.click(card.button('Pause'));
    expect(pass(60)).toBe('Compare');
    // At the end it stops by itself.
    card.click(card.button('Play slowly'));
    expect(pass(60)).toBe('After');
    card.button('Play slowly');
  });

  it('shows which groups dynamic sampling dropped, and why', async () => {
    const dropped: DissectedUpdate['dropped'] = [
      { problem: '1 1 → 2', draw: 1, paid: 0, why: 'none' },
      { problem: '1 2 → 3', draw: 1, paid: SIZE, why: 'all' },
      { problem: '1 3 → 4', draw: 2, paid: 5, why: 'leftOver' },
    ];
    const { card } = await looked('dapo', { dropped });
    expect(card.texts('.dropped li').map((text) => text.replace(/\s+/g, ' '))).toEqual([
      '1 1 → 2: 0 of 16 all wrong, draw 1',
      '1 2 → 3: 16 of 16 all right, draw 1',
      '1 3 → 4: 5 of 16 left over, draw 2',
    ]);
    expect(card.text('.dropped p')).toMatch(/^4 groups were drawn, .*\(draws: 2, resamplings: 1\)/);
    // Those kept are the groups that can be chosen.
    expect(card.all('.ask select option')).toHaveLength(1);
    card.click(card.all('nav ol button')[1]!);
    expect(card.text('.dropped p')).toContain(
      '1 of the 4 groups have no rewarded answer and 1 have only',
    );
  });

  it('says of an experiment without rewards that there is nothing to take apart', async () => {
    const { card } = await looked('grpo', {}, 'self-training');
    expect(card.text('[role=status]')).toContain('Self-training learns all its own answers alike');
    expect(card.all('.said')).toEqual([]);
  });
});
