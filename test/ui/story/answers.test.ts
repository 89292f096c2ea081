import { describe, expect, it } from 'vitest';
import { crossingK } from '../../../src/core/passAtK.ts';
import type { TrainRow } from '../../../src/experiments/train.ts';
import { DEFAULT_SETTINGS } from '../../../src/run/defaults.ts';
import {
  armsSentence,
  COUNTS,
  countSentence,
  curveSentence,
  rangeWords,
} from '../../../src/ui/story/answers.ts';
import type { CountQuestion } from '../../../src/ui/story/chapter.ts';
import { crossingMark, runLine, type RunFacts } from '../../../src/ui/story/lines.ts';
import { settingsOf } from '../../../src/ui/story/story.svelte.ts';

const question: CountQuestion = { kind: 'count', count: 'accepted', edges: [0, 1, 5, 15, 100] };

describe('the sentence on a prediction', () => {
  it('tells a number of 100, and how far it is from the range', () => {
    expect(countSentence(question, 2, 7.94)).toBe(
      'It came out at 7.9 of 100, inside the range that you chose.',
    );
    expect(countSentence(question, 1, 7.94)).toBe(
      'It came out at 7.9 of 100, 2.9 away from the range that you chose.',
    );
    expect(countSentence(question, null, 7.94)).toBe('It came out at 7.9 of 100.');
    expect([0, 1, 3].map((i) => rangeWords(question.edges, i))).toEqual([
      'fewer than 1',
      '1 to 5',
      '15 or more',
    ]);
  });

  it('tells which arm is highest, and how much less the chosen one has', () => {
    const arms = [
      { id: 'a', label: 'A', mean: 0.25, half: 0.1, shown: '0.250 ± 0.100' },
      { id: 'b', label: 'B', mean: 0.75, half: 0.1, shown: '0.750 ± 0.100' },
    ];
    expect(armsSentence(arms, 0)).toBe(
      'Highest is B with 0.750 ± 0.100; A, which you chose, has 0.250 ± 0.100, 0.500 less.',
    );
    expect(armsSentence(arms, 1)).toBe('Highest is B with 0.750 ± 0.100, as you said.');
    expect(armsSentence(arms, null)).toBe('Highest is B with 0.750 ± 0.100.');
  });

  it('tells how far a curve is off, and where most', () => {
    const distance = { mean: 0.15, worst: { x: 4, drawn: 0.5, came: 0.3 } };
    expect(curveSentence(distance, 2, (x) => `k = ${x}`)).toBe(
      'Your curve is 0.150 away from what came out, on average over 2 points (mean absolute difference). Most at k = 4: you drew 0.500, it came out at 0.300.',
    );
  });
});

describe('what is read from a live run', () => {
  const baseP = [0.1, 0.1];
  const p = [0.5, 0.001];
  const row = (step: number, heldOutP: number[]) =>
    ({
      step,
      entropy: 1 - step / 10,
      heldOut: { p: heldOutP, passAt: { '1': (heldOutP[0]! + heldOutP[1]!) / 2 } },
      solvable: { both: 1, baseOnly: 1, rlOnly: 0, neither: 0 },
    }) as unknown as TrainRow;
  const facts: RunFacts = {
    rows: [row(0, baseP), { step: 1, entropy: 0.9 } as TrainRow, row(2, p)],
    baseP,
    chanceP: null,
    settings: DEFAULT_SETTINGS,
  };

  it('is lines over k and over steps, and none where there is nothing yet', () => {
    const now = runLine('now', facts).points;
    // (0.5 + 0.001) / 2 at k = 1; at k = 4, (1 − 0.5⁴ + 1 − 0.999⁴) / 2 = (0.9375 + 0.003994) / 2.
    expect(now[0]!).toEqual({ x: 1, y: 0.2505 });
    expect(now.find(({ x }) => x === 4)!.y).toBeCloseTo(0.470747, 6);
    expect(runLine('pass@1', facts).points).toEqual([
      { x: 0, y: 0.1 },
      { x: 2, y: 0.2505 },
    ]);
    expect(runLine('entropy', facts).points.map(({ y }) => y)).toEqual([1, 0.9, 0.8]);
    expect(runLine('chance', facts).points).toEqual([]);
    expect(runLine('now', { ...facts, rows: [] }).points).toEqual([]);
  });

  it('is where the curves cross, on both of them', () => {
    const mark = crossingMark(facts)!;
    expect(mark.x).toBeCloseTo(crossingK(baseP, p, 1024)!, 9);
    // 1 − 0.9^k of the base is the mean of the two others there.
    expect(mark.y).toBeCloseTo(1 - 0.9 ** mark.x, 9);
    expect(mark.y).toBeCloseTo(1 - (0.5 ** mark.x + 0.999 ** mark.x) / 2, 4);
    expect(crossingMark({ ...facts, rows: [row(0, baseP)] })).toBeNull();
  });

  it('is numbers of 100', () => {
    expect(COUNTS.accepted(facts.rows[2]!)).toBeCloseTo(25.05, 9);
    expect(COUNTS.lost(facts.rows[2]!)).toBe(50);
    expect(COUNTS.lost(facts.rows[1]!)).toBeNull();
  });
});

it('a chapter takes what the address says, but goes on to train nothing where it trains nothing', () => {
  const over = { steps: 7, lr: 0.5 };
  expect(settingsOf({ steps: 100, groupSize: 8 }, over)).toMatchObject({
    steps: 7,
    groupSize: 8,
    lr: 0.5,
  });
  expect(settingsOf({ steps: 0 }, over)).toMatchObject({ steps: 0, lr: 0.5 });
  expect(settingsOf({ task: 'programs' }).lr).toBe(5e-4);
});
