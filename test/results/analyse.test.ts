import { describe, expect, it } from 'vitest';
import { unbiasedPassAtK } from '../../src/core/passAtK.ts';
import { analyse } from '../../src/results/analyse.ts';
import type { AnalysisSettings, Comparison } from '../../src/results/analysis.ts';
import { middleOf, outsideOf, resampledFailures } from '../../src/results/bootstrap.ts';
import { classesOf } from '../../src/results/classes.ts';
import { ResultsError, type Measured } from '../../src/results/results.ts';
import { madeCounts, model, modelOf } from './made.ts';

const settings: AnalysisSettings = { base: 0, leastN: 1, resamples: 200, seed: 1 };
const pair = (base: Measured, trained: Measured, changes = {}): Comparison =>
  analyse([base, trained], { ...settings, ...changes }).comparisons[0]!;
const near = (found: readonly number[], expected: readonly number[]): void => {
  expect(found).toHaveLength(expected.length);
  found.forEach((value, i) => expect(Math.abs(value - expected[i]!)).toBeLessThan(1e-12));
};

describe('three problems of 4 samples: 1, 2, 0 correct before, 4, 0, 0 after', () => {
  const base = model('base', 4, [1, 2, 0]);
  const trained = model('rl', 4, [4, 0, 0]);
  const compared = pair(base, trained);

  it('pass@k and pass^k', () => {
    // Before: (1/4 + 2/4) / 3, (1/2 + 5/6) / 3, (3/4 + 1) / 3, 2/3; after: 1/3 throughout.
    near(compared.basePassAt, [1 / 4, 4 / 9, 7 / 12, 2 / 3]);
    near(compared.trainedPassAt, [1 / 3, 1 / 3, 1 / 3, 1 / 3]);
    const [before] = analyse([base, trained], settings).models;
    expect(before).toMatchObject({ name: 'base', problems: 3, leastN: 4, mostN: 4, leftOut: 0 });
    expect(before!.rates).toEqual([0, 0.25, 0.5]);
    near(before!.passHat, [1 / 4, 1 / 18, 0, 0]);
  });

  it('crosses from 1/12 to −1/9 between 1 and 2', () => {
    expect(compared.crossing.k).toBeCloseTo(2 ** (3 / 7), 12);
  });

  it('coverage and what moved', () => {
    expect(compared.coverage).toEqual({
      both: ['p0'],
      baseOnly: ['p1'],
      trainedOnly: [],
      neither: ['p2'],
    });
    expect(compared.moved).toEqual([
      { id: 'p0', base: { n: 4, c: 1 }, trained: { n: 4, c: 4 } },
      { id: 'p1', base: { n: 4, c: 2 }, trained: { n: 4, c: 0 } },
    ]);
    // One of three is lost: with 18, six would be.
    expect(compared.wanted).toMatchObject({ k: 4, isSettled: false, problems: 18 });
  });
});

describe('two models on the problems that both have', () => {
  const base = model('base', 8, [1, 5, 0, 8], ['a', 'b', 'c', 'd']);
  const trained = model('rl', 6, [6, 0, 3, 1], ['d', 'x', 'b', 'c']);

  it('are joined by id, in the order of the base, up to the smaller n', () => {
    const { models, comparisons } = analyse([base, trained], settings);
    expect(comparisons[0]).toMatchObject({
      joined: 3,
      onlyBase: ['a'],
      onlyTrained: ['x'],
      largestK: 6,
      coverage: { both: ['b', 'd'], baseOnly: [], trainedOnly: ['c'], neither: [] },
    });
    // c went by 1/6, b by −1/8.
    expect(comparisons[0]!.moved.map(({ id }) => id)).toEqual(['c', 'b']);
    near(comparisons[0]!.basePassAt.slice(0, 1), [13 / 24]);
    near(models[0]!.passAt.slice(0, 1), [14 / 32]);
    expect(models[0]!.passAt).toHaveLength(8);
  });

  it('leave out those with too few samples, each model by itself', () => {
    const short = { ...trained, problems: new Map([...trained.problems, ['a', { n: 2, c: 1 }]]) };
    expect(pair(base, short).joined).toBe(4);
    expect(pair(base, short).largestK).toBe(2);
    const { models, comparisons } = analyse([base, short], { ...settings, leastN: 3 });
    expect(models.map(({ leftOut }) => leftOut)).toEqual([0, 1]);
    expect(comparisons[0]).toEqual(pair(base, trained));
  });

  it('keep those with just enough samples', () => {
    expect(pair(base, trained, { leastN: 6 })).toEqual(pair(base, trained));
  });

  it('have moved by shares of samples, not by numbers of them', () => {
    const few = { ...base, problems: new Map([...base.problems, ['few', { n: 2, c: 1 }]]) };
    const more = { ...trained, problems: new Map([...trained.problems, ['few', { n: 2, c: 2 }]]) };
    // (2 · 2 − 1 · 2) / 4 of `few`, and only (1 · 8 − 0 · 6) / 48 of c.
    expect(pair(few, more).moved.map(({ id }) => id)).toEqual(['few', 'c', 'b']);
  });

  it('of which one has no problem with so many samples are refused', () => {
    expect(() => analyse([base, trained], { ...settings, leastN: 7 })).toThrow(
      new ResultsError("no problem of 'rl' has 7 samples or more: the most are 6"),
    );
    expect(() => analyse([model('none', 1, [])], settings)).toThrow("'none' has no problems");
  });

  it('are not joined where they share no problem, or where ids say nothing', () => {
    const other = model('other', 4, [1], ['elsewhere']);
    const histogram = { ...trained, name: 'histogram', hasIds: false };
    const { comparisons, unjoined } = analyse([base, other, trained, histogram], settings);
    expect(comparisons.map(({ trained }) => trained)).toEqual(['rl']);
    expect(unjoined).toEqual(['other', 'histogram']);
    const turned = analyse([base, other, trained], { ...settings, base: 2 });
    expect(turned.comparisons).toMatchObject([{ base: 'rl', trained: 'base' }]);
    expect(turned.unjoined).toEqual(['other']);
  });
});

describe('few problems that differ', () => {
  const base = (problems: number, lost = 0) =>
    model(
      'base',
      2,
      Array.from({ length: problems }, (_, i) => (i < lost ? 2 : 0)),
    );
  const gained = (problems: number, gained: number, lost = 0) =>
    model(
      'rl',
      2,
      Array.from({ length: problems }, (_, i) => (i >= lost && i < lost + gained ? 2 : 0)),
    );

  it.each([
    // The exact test of McNemar: 2 · 2⁻³ = 0.25, 2 · 2⁻⁵ = 0.0625, 2 · 2⁻⁶ = 0.031.
    [100, 3, false],
    [100, 5, false],
    [100, 6, true],
    [5, 5, false],
    [6, 6, true],
    [1, 1, false],
  ])('of %i problems %i gained and none lost: told apart %s', (problems, gains, expected) => {
    const found = pair(base(problems), gained(problems, gains));
    expect(found.rests[0]).toBeCloseTo(gains, 12);
    // What resamples say, nearly all of which have a gain.
    if (gains > 4) expect(found.bands[1]!.low).toBeGreaterThan(0);
    expect(found.apart).toEqual(expected ? [{ from: 1, to: 2, leads: 'trained' }] : []);
    expect(found.wanted.isSettled).toBe(expected);
  });

  it('ask for as many problems as it takes for 6 of them to differ, and for no samples', () => {
    const { wanted } = pair(base(100), gained(100, 5));
    expect(wanted).toMatchObject({ isSettled: false, samples: null, problems: 120 });
  });

  it('are not made more by many that hardly differ', () => {
    // Three of 40 samples to 0, and 97 by 1 of 1000 samples: (3 + 0.097)² / (3 + 97e-6) = 3.197.
    const few = modelOf(
      'base',
      Array.from({ length: 100 }, (_, i) => ({ n: 1000, c: i < 3 ? 1000 : 500 })),
    );
    const more = modelOf(
      'rl',
      Array.from({ length: 100 }, (_, i) => ({ n: 1000, c: i < 3 ? 0 : 501 })),
    );
    const found = pair(few, more);
    expect(found.rests[0]).toBeCloseTo(3.097 ** 2 / (3 + 97e-6), 9);
    expect(found.apart.every(({ from }) => from > 1)).toBe(true);
  });

  it('lose as much as they gain', () => {
    expect(pair(base(100, 50), gained(100, 50, 50)).apart).toEqual([]);
  });
});

describe('a curve that few problems end', () => {
  const counts = (ns: number[]) => ns.map((n) => ({ n, c: 1 }));

  it('would go further with a larger least n, by the smaller n of each problem', () => {
    const base = modelOf('base', counts([128, 128, 3, 128, 100]));
    const rl = modelOf('rl', counts([128, 5, 128, 64, 128]));
    const { models, comparisons } = analyse([base, rl], settings);
    // Medians 128, 128 and, of 128, 5, 3, 64, 100, 64.
    expect(models.map(({ further }) => further)).toEqual([
      { leastN: 100, dropped: 1 },
      { leastN: 64, dropped: 1 },
    ]);
    const [found] = comparisons;
    expect(found).toMatchObject({ largestK: 3, further: { leastN: 64, dropped: 2 } });
    const { largestK, joined, further } = pair(base, rl, { leastN: 64 });
    expect({ largestK, joined, further }).toEqual({ largestK: 64, joined: 3, further: null });
  });

  it('is none where n is the same, or not much less', () => {
    expect(pair(modelOf('base', counts([4, 4])), modelOf('rl', counts([4, 4]))).further).toBeNull();
    const one = modelOf('base', counts([4, 8, 8]));
    expect(pair(one, one).further).toBeNull();
    expect(analyse([modelOf('one', counts([3]))], settings).models[0]!.further).toBeNull();
  });
});

describe('generated counts', () => {
  const shapes = [
    [1, 40, 16, 16],
    [2, 25, 70, 110],
    [3, 9, 5, 5],
    [4, 120, 128, 128],
  ] as const satisfies [number, number, number, number][];
  const two = (shape: readonly [number, number, number, number]): [Measured, Measured] => {
    const [seed, problems, least, most] = shape;
    return [
      modelOf('base', madeCounts(seed, problems, least, most)),
      modelOf('rl', madeCounts(seed + 100, problems, least, most)),
    ];
  };

  it.each(shapes)('bands are those of paired resamples (%i)', (...shape) => {
    const models = two(shape);
    const { models: alone, comparisons } = analyse(models, settings);
    // In the order of the ids, which numbers the problems for resampling.
    const ids = [...models[0].problems.keys()].sort();
    const { bands, basePassAt } = comparisons[0]!;
    const ks = bands.map(({ k }) => k);
    const outside = outsideOf(ids.length);
    const [before, after] = models.map((one, i) => {
      const counts = ids.map((id) => one.problems.get(id)!);
      const own = alone[i]!.bands.map(({ k }) => k);
      return { own, failures: resampledFailures(classesOf(counts), own, settings) };
    });
    const column = ({ own, failures }: NonNullable<typeof before>, k: number): Float64Array =>
      new Float64Array(settings.resamples).map(
        (_, i) => failures[i * own.length + own.indexOf(k)]!,
      );
    for (const k of ks.filter((k) => before!.own.includes(k) && after!.own.includes(k))) {
      const of = column(before!, k);
      const lead = of.map((failure, i) => failure - column(after!, k)[i]!);
      const band = bands.find((band) => band.k === k)!;
      near([band.low, band.high], middleOf(lead, outside));
      const own = alone[0]!.bands.find((band) => band.k === k)!;
      near(
        [own.low, own.high],
        middleOf(
          of.map((failure) => 1 - failure),
          outside,
        ),
      );
    }
    // All problems are joined: what a model has by itself is what it has in a comparison.
    expect(alone[0]!.passAt.slice(0, basePassAt.length)).toEqual(basePassAt);
  });

  it.each(shapes)('base and trained exchanged: the same differences, negative (%i)', (...shape) => {
    const [base, trained] = two(shape);
    const there = pair(base, trained);
    const back = pair(trained, base);
    near(
      back.bands.map(({ low }) => low),
      there.bands.map(({ high }) => -high),
    );
    expect(back.apart.map(({ from, to }) => [from, to])).toEqual(
      there.apart.map(({ from, to }) => [from, to]),
    );
    expect(back.coverage.baseOnly.toSorted()).toEqual(there.coverage.trainedOnly.toSorted());
    expect(back.wanted.difference).toBeCloseTo(-there.wanted.difference, 14);
    expect(back.wanted.half).toBeCloseTo(there.wanted.half, 12);
    expect(back.wanted.samples).toBe(there.wanted.samples);
  });

  it.each(shapes)('the order of problems moves no number (%i)', (...shape) => {
    const models = two(shape);
    const turned = models.map((one, i) => ({
      ...one,
      problems: new Map([...one.problems].reverse().sort(([a], [b]) => (a.length - b.length) * i)),
    }));
    const sorted = ({ models, comparisons }: ReturnType<typeof analyse>) => ({
      models,
      comparisons: comparisons.map(({ coverage, moved: _, ...rest }) => ({
        ...rest,
        coverage: Object.values(coverage).map((ids) => ids.toSorted()),
      })),
    });
    expect(sorted(analyse(turned, settings))).toEqual(sorted(analyse(models, settings)));
  });

  it.each(shapes)('the parts of coverage make up what is joined (%i)', (...shape) => {
    const { coverage, joined, largestK, basePassAt } = pair(...two(shape));
    expect(Object.values(coverage).flat()).toHaveLength(joined);
    // With all n equal, pass@n is the share that was solved at all.
    if (shape[2] === shape[3])
      expect(basePassAt[largestK - 1]).toBeCloseTo(
        (coverage.both.length + coverage.baseOnly.length) / joined,
        12,
      );
  });

  it.each(shapes)(
    'the difference rests on as many as a loop over the problems has (%i)',
    (...shape) => {
      const [base, trained] = two(shape);
      const { bands, rests, apart, wanted } = pair(base, trained);
      bands.forEach(({ k, low, high }, i) => {
        let [sum, squares] = [0, 0];
        for (const [id, { n, c }] of base.problems) {
          const after = trained.problems.get(id)!;
          const d = unbiasedPassAtK(after.n, after.c, k) - unbiasedPassAtK(n, c, k);
          sum += Math.abs(d);
          squares += d * d;
        }
        expect(rests[i]).toBeCloseTo(squares < 1e-12 ? 0 : sum ** 2 / squares, 6);
        const isApart = (low > 0 || high < 0) && rests[i]! >= 6;
        expect(apart.some(({ from, to }) => from <= k && k <= to)).toBe(isApart);
        if (k === wanted.k) expect(wanted.isSettled).toBe(isApart);
      });
    },
  );

  it('a model against itself differs by nothing, at no k, in no resample', () => {
    const [one] = two(shapes[3]);
    const found = pair(one, { ...one, name: 'again' });
    expect(found.bands.every(({ low, high }) => low === 0 && high === 0)).toBe(true);
    expect(found).toMatchObject({
      apart: [],
      moved: [],
      crossing: { k: null, low: Infinity, high: Infinity, share: 0 },
      wanted: { difference: 0, half: 0, isSettled: false, samples: null, problems: null },
    });
  });

  it('the same counts of other problems differ by nothing, and in resamples by something', () => {
    const counts = madeCounts(9, 60, 32);
    const found = pair(modelOf('base', counts), modelOf('rl', [...counts].reverse()));
    expect(found.trainedPassAt).toEqual(found.basePassAt);
    expect(found.crossing.k).toBeNull();
    expect(found.apart).toEqual([]);
    expect(found.bands[0]!.high).toBeGreaterThan(0.01);
  });

  it('a seed gives the same again, and another seed other bands alone', () => {
    const models = two(shapes[1]);
    const first = analyse(models, settings);
    expect(analyse(models, settings)).toEqual(first);
    const other = analyse(models, { ...settings, seed: 2 });
    expect(other.models[0]!.bands).not.toEqual(first.models[0]!.bands);
    expect(other.models[0]!.passAt).toEqual(first.models[0]!.passAt);
  });

  it('tells how far it is, from little to all', () => {
    const shares: number[] = [];
    const [base, trained] = two(shapes[0]);
    const short = { ...trained, problems: new Map([...trained.problems].slice(1)) };
    analyse([base, short], settings, (share) => shares.push(share));
    expect(shares.every((share, i) => share > 0 && share >= (shares[i - 1] ?? 0))).toBe(true);
    expect(shares[0]).toBeLessThan(0.1);
    expect(shares.at(-1)).toBe(1);
  });
});
