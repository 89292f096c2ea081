import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { recordedPath } from '../../../src/cli/study.ts';
import { STUDIES } from '../../../src/run/studies/catalogue.ts';
import { parseStudy, parseStudyIndex } from '../../../src/run/studies/recorded.ts';
import type { PaperSpec } from '../../../src/run/studies/study.ts';
import { verdictOf } from '../../../src/run/studies/verdicts.ts';
import { recordedArm, recordedRun } from './example.ts';

const root = new URL('../../../', import.meta.url).pathname;

/** pass@1 of two arms: the first 0.5 and 0.5 + apart, the other 0.5 with both seeds. Both begin at `base`. */
function armsOf(apart: readonly [number, number], base = [0.5, 0.1]) {
  const run = (seed: number, p: number) => recordedRun(seed, [p, p], { baseP: base });
  return [
    recordedArm(
      'a',
      apart.map((difference, i) => run(i + 1, 0.5 + difference)),
    ),
    recordedArm('b', [run(1, 0.5), run(2, 0.5)]),
  ];
}
const paper = (sign: 1 | -1 | 0, more: Partial<PaperSpec> = {}): PaperSpec => ({
  ...{ says: '', source: '', measure: 'pass@1', arm: 'a', against: 'b', sign },
  ...more,
});
const kindOf = (spec: PaperSpec, arms: ReturnType<typeof armsOf>) => verdictOf(spec, arms).kind;

describe('what a paper reports is held against the toy', () => {
  // Two seeds: half = 12.706 · |difference| / 2.
  const up = armsOf([0.2, 0.21]); // 0.205 ± 0.064
  const wide = armsOf([0.03, 0.05]); // 0.04 ± 0.127
  const none = armsOf([-0.0005, 0.0005]); // 0 ± 0.0064

  it('it has the same sign, or the other one, which differs', () => {
    expect([kindOf(paper(1), up), kindOf(paper(-1), up), kindOf(paper(0), up)]).toEqual([
      ...['same', 'differs', 'differs'],
    ]);
  });

  it('an interval that includes 0 differs only where it excludes what is worth the name', () => {
    expect([1, -1, 0].map((sign) => kindOf(paper(sign as 1 | -1 | 0), wide))).toEqual([
      ...['untold', 'untold', 'untold'],
    ]);
    expect([1, -1, 0].map((sign) => kindOf(paper(sign as 1 | -1 | 0), none))).toEqual([
      ...['differs', 'differs', 'same'],
    ]);
    // A difference of 0.0103 ± 0.0038 has a sign, but is none worth the name.
    expect(kindOf(paper(0), armsOf([0.01, 0.0106]))).toBe('same');
  });

  it('cannot be told where nothing was left to rise or to fall', () => {
    const full = armsOf([-0.3, -0.31], [0.99, 0.99]);
    const { kind, room } = verdictOf(paper(1, { against: 'base' }), full);
    expect(kind).toBe('cannot');
    expect(room!.from).toBeCloseTo(0.99, 12);
    expect(room!.left).toBeCloseTo(0.01, 12);
    // What falls there as here is no matter of room above it, nor one that rises where there is some.
    expect(kindOf(paper(-1, { against: 'base' }), full)).toBe('same');
    expect(kindOf(paper(1, { against: 'base' }), armsOf([-0.3, -0.31], [0.9, 0.9]))).toBe(
      'differs',
    );
    // 0.4 is left, but half the interval is 0.635: all of it could not be seen.
    expect(kindOf(paper(1, { against: 'base' }), armsOf([0, 0.1], [0.6, 0.6]))).toBe('cannot');
    expect(kindOf(paper(-1, { against: 'base' }), armsOf([0.3, 0.31], [0.01, 0.01]))).toBe(
      'cannot',
    );
  });

  it('cannot be told where its entry says so, and not told where there is no number', () => {
    expect(kindOf(paper(1, { cannot: 'One problem only.' }), up)).toBe('cannot');
    const crossing = paper(0, { measure: 'crossing', against: null });
    expect(verdictOf(crossing, [recordedArm('a', [recordedRun(1, [0.6, 0.2])])])).toMatchObject({
      ...{ sign: null, kind: 'untold' },
    });
  });
});

it('every finding that differs here has a reason of its own', () => {
  const names = parseStudyIndex(
    readFileSync(new URL('public/runs/studies.json', `file://${root}`), 'utf8'),
  )!;
  const lacking = STUDIES.filter(({ name }) => names.includes(name)).flatMap(({ name, papers }) => {
    const { arms } = parseStudy(name, readFileSync(recordedPath(root, name), 'utf8'));
    return papers.flatMap((entry, i) =>
      kindOf(entry, arms) === 'differs' && entry.why === undefined
        ? [`${name} ${i + 1}: ${entry.says}`]
        : [],
    );
  });
  expect(lacking).toEqual([]);
});
