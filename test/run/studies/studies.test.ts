import { format, resolveConfig } from 'prettier';
import { describe, expect, it } from 'vitest';
import { blocksIn, numbersSaid, withBlock } from '../../../src/cli/study/blocks.ts';
import { STUDIES } from '../../../src/run/studies/catalogue.ts';
import { claimOf } from '../../../src/run/studies/claims.ts';
import {
  measure,
  measureAt,
  measureNamed,
  measureOverFinale,
  measureOverSteps,
} from '../../../src/run/studies/measures.ts';
import { recordRun } from '../../../src/run/studies/record.ts';
import {
  parseStudy,
  serialiseStudy,
  type RecordedStudy,
} from '../../../src/run/studies/recorded.ts';
import { markdownTable } from '../../../src/run/studies/report.ts';
import { meanInterval } from '../../../src/core/studentT.ts';
import { showInterval, showNumber } from '../../../src/run/studies/shown.ts';
import { MADE, recordedArm, recordedRun } from './example.ts';

describe('what is recorded of a run', () => {
  const run = recordRun(3, MADE.rows, { needing: [1] });

  it('is p before and after, to four significant digits', () => {
    expect(run.seed).toBe(3);
    expect(run.baseP).toEqual([0.1235, 0.5]);
    expect(run.p).toEqual([1, 3.333e-8]);
  });

  it('is a column for every scalar of the evaluated rows, but for those of time and those that no row has', () => {
    expect(run.series).toEqual({
      step: [0, 3],
      reward: [0.5, 0.8],
      loss: [null, 0.2],
      'heldOut.passAt.1': [0.3, 0.6543],
      'heldOut.passAt.256': [1, 1],
      'heldOut.kl': [0, 0.01],
      'solvable.both': [2, 1],
      'solvable.baseOnly': [0, 1],
      'solvable.rlOnly': [0, 0],
      'solvable.neither': [0, 0],
    });
  });

  it('is the mean of every scalar over the steps that trained', () => {
    // reward (0.25 + 0.75 + 0.8) / 3; loss (0.1 + 0.2) / 2, where there was an update
    expect(run.means).toEqual({ reward: 0.6, loss: 0.15 });
  });

  it('is every point of its finale', () => {
    expect(run.finale!.kind).toBe('interpolation');
    expect(run.finale!.points[1]).toEqual({
      x: 0.3,
      numbers: { 'passAt.1': 0.4, 'passAt.256': 1, entropy: 0.9 },
    });
    expect(measureOverFinale(run, 'pass@1')).toEqual([
      { x: 0, value: 0.3 },
      { x: 0.3, value: 0.4 },
      { x: 1, of: 'now', value: 0.6543 },
    ]);
    expect(measureAt(run, 'entropy', { x: 0.3 })).toBe(0.9);
    expect(measureAt(run, 'entropy', { of: 'now' })).toBe(0.5);
    expect(measureAt(run, 'entropy', {})).toBeNull();
    expect(measureAt(run, 'crossing', { x: 1 })).toBeNull();
  });

  it('needs an evaluation at both ends', () => {
    expect(() => recordRun(1, MADE.rows.slice(0, 2), {})).toThrow('seed 1 has no evaluation at');
  });
});

describe('a measure', () => {
  const run = recordedRun(1, [1, 0]);

  it('is computed from p, of the end and of the base', () => {
    expect(measure(run, 'pass@1')).toBe(0.5);
    expect(measure(run, 'pass@1', 'base')).toBe(0.3);
    expect(measure(run, 'pass@16', 'base')).toBeCloseTo((1 - 0.5 ** 16 + 1 - 0.9 ** 16) / 2, 12);
    expect(measure(run, 'RL only')).toBe(0);
    expect(measure(run, 'base only')).toBe(1);
    expect(measure(run, 'Δ_SE')).toBeCloseTo(1 - 0.5, 9);
    // 1/2 = 1 − (0.5^k + 0.9^k)/2 where 0.5^k + 0.9^k = 1: k = 1.55…
    const k = measure(run, 'crossing')!;
    expect(0.5 ** k + 0.9 ** k).toBeCloseTo(1, 5);
  });

  it('is of the problems of one size, where they have sizes', () => {
    const sized = recordRun(1, MADE.rows, { sizes: [2, 3] });
    expect(measure(sized, 'pass@1 of size 2')).toBeCloseTo(1, 12);
    expect(measure(sized, 'pass@1 of size 3')).toBeCloseTo(3.333e-8, 12);
    expect(measure(sized, 'pass@16 of size 3', 'base')).toBeCloseTo(1 - 0.5 ** 16, 12);
    expect(measure(sized, 'pass@1 of size 4')).toBeNull();
    expect(measure(run, 'pass@1 of size 2')).toBeNull();
  });

  it('is read from the rows, or is null where there is no such number', () => {
    expect(measure(run, 'entropy')).toBe(0.5);
    expect(measure(run, 'entropy', 'base')).toBe(1);
    expect(measure(run, 'zero-signal share')).toBe(0.25);
    expect(measure(run, 'accuracy')).toBeNull();
    expect(measure(run, 'sound pass@1')).toBeNull();
    expect(measure(recordedRun(1, [0.6, 0.2]), 'crossing')).toBeNull();
    const beyond = { baseP: [0], p: [0.5], baseSoundP: [0], soundP: [0.25] };
    expect(measure({ ...run, beyond }, 'beyond pass@1')).toBeCloseTo(0.25, 12);
  });

  it('is a distance from the target of FlowRL, by what is known at the end', () => {
    const moved = recordedRun(1, [1, 0], {
      series: { step: [0, 10], 'heldOut.kl': [0, 0.8] },
    });
    // log Z of p = 0.5 and 0.1 with β = 10: log(1 + p (e¹⁰ − 1)) = 9.3069 and 7.6978, a mean of 8.5024.
    expect(measure(moved, 'KL from target')).toBeCloseTo(0.8 - 10 * 0.5 + 8.5024, 3);
    expect(measure(moved, 'KL from target', 'base')).toBeCloseTo(0 - 10 * 0.3 + 8.5024, 3);
    expect(measure(run, 'KL from target')).toBeNull();
  });

  it('has a value at every evaluation that has one', () => {
    expect(measureOverSteps(run, 'pass@1')).toEqual([
      { step: 0, value: 0.3 },
      { step: 10, value: 0.6 },
    ]);
    expect(measureOverSteps(run, 'crossing')).toEqual([]);
  });
});

describe('every measure of the catalogue', () => {
  it('is told in words, not by its path in a row', () => {
    const names = STUDIES.flatMap(({ measures, claims, figure }) => [
      ...measures,
      ...claims.map((claim) => claim.measure),
      ...('measure' in figure ? [figure.measure] : []),
    ]);
    const labels = [...new Set(names)].map((name) => measureNamed(name).label);
    expect(labels.filter((label) => /[._][a-z]|_/i.test(label.replace('Δ_SE', '')))).toEqual([]);
    expect(new Set(labels).size).toBe(labels.length);
  });
});

describe('a claim', () => {
  const arms = [
    recordedArm('a', [recordedRun(1, [0.7, 0.1]), recordedRun(2, [0.8, 0.1])]),
    recordedArm('b', [recordedRun(1, [0.6, 0.1]), recordedRun(2, [0.7, 0.1])]),
    recordedArm('c', [recordedRun(1, [0.5, 0.1]), recordedRun(2, [0.9, 0.1])]),
  ];

  it('is the mean difference by seed with its interval, and says which way', () => {
    // pass@1 of a: 0.40, 0.45; of its base 0.30: differences 0.10 and 0.15, s/√2 = 0.025, t(1) = 12.706
    const claim = claimOf({ measure: 'pass@1', arm: 'a', against: 'base' }, arms);
    expect(claim.mean).toBeCloseTo(0.125, 12);
    expect(claim.half).toBeCloseTo(0.025 * 12.706, 9);
    expect(claim.sentence).toBe(
      'A: pass@1 cannot be told apart from that of its base: 0.425 and 0.300, a difference of 0.125 ± 0.318, an interval that includes 0.',
    );
    // paired: a is above b by 0.05 with both seeds
    const paired = claimOf({ measure: 'pass@1', arm: 'a', against: 'b' }, arms);
    expect(paired.mean).toBeCloseTo(0.05, 12);
    expect(paired.half).toBe(0);
    expect(paired.sentence).toMatch(
      /^A: pass@1 is higher than that of B by 0\.050 with every seed: 0\.425 and 0\.375\.$/,
    );
    expect(claimOf({ measure: 'pass@1', arm: 'b', against: 'a' }, arms).sentence).toMatch(
      /^B: pass@1 is lower than that of A by 0\.050/,
    );
    expect(claimOf({ measure: 'entropy', arm: 'a', against: 'base' }, arms).sentence).toBe(
      'A: entropy (nats a token) falls by 0.500 with every seed, from 1.000 to 0.500.',
    );
  });

  it('says where nothing differs, where there is no number, and a number on its own', () => {
    expect(claimOf({ measure: 'entropy', arm: 'a', against: 'b' }, arms).sentence).toBe(
      'A: entropy (nats a token) is that of B with every seed, 0.500.',
    );
    const crossing = claimOf({ measure: 'crossing', arm: 'c', against: null }, arms);
    expect(crossing).toEqual({
      sentence:
        'C: crossing k does not exist with 2 of 2 seeds (both are alike with 1, the trained policy leads with 1).',
      mean: null,
      half: null,
    });
    expect(claimOf({ measure: 'Δ_SE', arm: 'b', against: null }, arms).sentence).toBe(
      'B: Δ_SE (the base’s pass@256 less pass@1) is 0.625 ± 0.318.',
    );
    expect(() => claimOf({ measure: 'reward', arm: 'x', against: 'base' }, arms)).toThrow(
      "no arm is 'x'; the arms are a, b, c",
    );
  });

  it('compares two steps of the same runs', () => {
    const since = (from: number, to: number) =>
      claimOf({ measure: 'entropy', arm: 'a', against: null, between: [from, to] }, arms);
    expect(since(0, 10)).toEqual({
      sentence:
        'A (step 10): entropy (nats a token) falls by 0.500 with every seed since step 0, from 1.000 to 0.500.',
      mean: -0.5,
      half: 0,
    });
    expect(since(10, 10).sentence).toBe(
      'A (step 10): entropy (nats a token) is that at step 10 with every seed, 0.500.',
    );
    expect(since(0, 7).mean).toBeNull();
  });
});

describe('numbers as they are told', () => {
  it('never vanish by rounding, and have no minus before a zero', () => {
    expect(showNumber(0.12345, 3)).toBe('0.123');
    expect(showNumber(-0, 3)).toBe('0.000');
    expect(showNumber(3.2e-7, 3)).toBe('3.2e-7');
    expect(showNumber(-3.2e-7, 3)).toBe('−3.2e-7');
    expect(showNumber(0.000316, 3)).toBe('0.00032');
    expect(showNumber(-0.046, 3)).toBe('−0.046');
    expect(showNumber(1234.5678, 3)).toBe('1,234.568');
    expect(showNumber(-1234567, 0)).toBe('−1,234,567');
    expect(showNumber(123, 0)).toBe('123');
    expect(showInterval({ mean: 0.5, half: 0.0003 }, 3)).toBe('0.5000 ± 0.0003');
    expect(showInterval({ mean: 0.5, half: 0 }, 1)).toBe('0.5');
    expect(showInterval({ mean: 4e-4, half: 2e-9 }, 3)).toBe('0.00040 ± 2.0e-9');
    expect(showInterval({ mean: 0.5, half: null }, 2)).toBe('0.50 (one seed)');
    // The sum of eight times 0.0823 leaves 1e-17, which is no width.
    expect(showInterval(meanInterval(new Array<number>(8).fill(0.0823)), 3)).toBe('0.082');
  });
});

describe('a recorded study as text', () => {
  const study: RecordedStudy = {
    ...{ format: 'rlvr-study', version: 1, name: 'x', command: 'c', seeds: [1, 2], settings: {} },
    versions: { project: 'p', node: 'n', bases: {} },
    arms: [recordedArm('a', [recordedRun(1, [0.7, 0.1]), recordedRun(2, [0.8, 0.1])])],
    claims: [],
  };
  const changed = (change: (study: RecordedStudy) => void): string => {
    const copy = structuredClone(study);
    change(copy);
    return serialiseStudy(copy);
  };

  it('is read back as it was', () => {
    expect(parseStudy('x', serialiseStudy(study))).toEqual(study);
  });

  it.each([
    ['{', /study 'x' cannot be read: it is not JSON/],
    ['null', /format 'undefined' version undefined, expected 'rlvr-study' version 1/],
    [changed((s) => (s.version = 2 as 1)), /version 2, expected/],
    [changed((s) => (s.name = 'y')), /it is of the study 'y'/],
    [changed((s) => (s.seeds = [])), /seeds is a list of 0, expected a list of 1 to/],
    [changed((s) => (s.arms = [])), /arms is a list of 0, expected a list of 1 to/],
    [changed((s) => s.arms[0]!.runs.pop()), /arm 'a' has seeds 1, expected 1, 2/],
    [changed((s) => s.arms[0]!.runs[1]!.p.pop()), /seed 2 of the arm 'a' has 1 problems, and 2/],
    [
      changed((s) => (s.arms[0]!.runs[1]!.p[0] = -1)),
      /arms\[0\]\.runs\[1\]\.p\[0\] is -1, expected a num/,
    ],
    [
      changed((s) => (s.arms[0]!.runs[0]!.series['heldOut.passAt.4'] = [2])),
      /series\.heldOut\.passAt\.4\[0\] is 2, expected a number from 0 to 1/,
    ],
    [changed((s) => s.arms[0]!.runs[0]!.series['entropy']!.pop()), /2 values of entropy for 3/],
  ])('is refused where it is none (%#)', (text, message) => {
    expect(() => parseStudy('x', text)).toThrow(message);
  });
});

describe('what is written for readers', () => {
  it('is a table as the formatter has it', async () => {
    const table = markdownTable(
      ['', 'pass@1', 'Δ'],
      [
        ['chance', '0.003', '–'],
        ['base of GRPO', '1.2e-7 ± 1.0e-8', 'ä'],
      ],
    );
    const options = await resolveConfig('README.md');
    expect(await format(table, { ...options, parser: 'markdown' })).toBe(`${table}\n`);
  });

  it('replaces the blocks of one study and leaves all else to the letter', () => {
    const text =
      'A\n\n<!-- study:a -->\n\nold\n\n<!-- /study -->\n\nB <!-- study:b -->\n<!-- /study -->$&\n';
    const filled = withBlock(text, 'a', '| $& |');
    expect(filled).toBe(
      'A\n\n<!-- study:a -->\n\n| $& |\n\n<!-- /study -->\n\nB <!-- study:b -->\n<!-- /study -->$&\n',
    );
    expect(withBlock(filled, 'a', '| $& |')).toBe(filled);
    expect(blocksIn(filled)).toEqual([
      { name: 'a', content: '| $& |' },
      { name: 'b', content: '' },
    ]);
  });

  it('has its numbers found where they are marked', () => {
    const text =
      'x 9.9 ± 9.9 <!-- said:a -->rises by 0.251 ± 0.011, then\n1.2e-7 ± 1.0e-8 of 0.4 and 16.<!-- /said -->';
    expect(numbersSaid(text)).toEqual([
      { name: 'a', number: '0.251 ± 0.011' },
      { name: 'a', number: '1.2e-7 ± 1.0e-8' },
      { name: 'a', number: '0.4' },
    ]);
  });
});
