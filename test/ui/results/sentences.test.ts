import { describe, expect, it } from 'vitest';
import type { Comparison, Crossing, Wanted } from '../../../src/results/analysis.ts';
import * as TEXT from '../../../src/messages/resultsSentences.ts';
import { guessing, mostOfNone } from '../../../src/ui/results/figures/limits.ts';
import { percent, points, smallPercent } from '../../../src/ui/results/figures/numbers.ts';
import { sentencesOf } from '../../../src/ui/results/figures/sentences.ts';
import {
  sentencesOfModels,
  sentencesOfUnjoined,
} from '../../../src/ui/results/figures/sentencesAlone.ts';
import { analysed, comparedOf, CROSSING, measuredOf } from './fixture.ts';

const crossing = analysed(CROSSING);
const said = (instead: Partial<Comparison> = {}) => sentencesOf(comparedOf(crossing, instead));

/** Curves over k = 1 … 3 with these differences, with a crossing and bands of ± 10 points. */
function curves(differences: readonly number[], found: Partial<Crossing> = {}): string[] {
  return said({
    largestK: differences.length,
    basePassAt: differences.map(() => 0.5),
    trainedPassAt: differences.map((difference) => 0.5 + difference),
    bands: differences.map((difference, i) => ({
      ...{ k: i + 1, low: difference - 0.1, high: difference + 0.1 },
    })),
    rests: differences.map(() => 6),
    crossing: { k: null, low: Infinity, high: Infinity, share: 0, ...found },
  }).shows as string[];
}

describe('who is ahead', () => {
  it('is told at one sample and at the largest k, with the interval', () => {
    const bands = [
      { k: 1, low: 0.05, high: 0.45 },
      { k: 4, low: -0.5, high: 0 },
    ];
    expect(said({ bands, rests: [6, 6] }).shows.slice(0, 2)).toEqual([
      TEXT.atOne({
        ...{ trained: percent(0.75), base: percent(0.5), k: '1', difference: '+25.0' },
        ...{ interval: ', 95 % [+5.0, +45.0]', verdict: TEXT.trainedApart },
      }),
      // 0 itself is in the interval.
      TEXT.atK({
        ...{ trained: percent(0.75), base: percent(1), k: '4', difference: '−25.0' },
        ...{ interval: ', 95 % [−50.0, 0.0]', verdict: TEXT.notApart },
      }),
    ]);
  });

  it.each([
    [[0.2, 0.2, 0.2], TEXT.trainedApart, TEXT.trainedApart],
    [[-0.2, -0.2, -0.3], TEXT.baseApart, TEXT.baseApart],
    [[0.05, 0.01, -0.05], TEXT.notApart, TEXT.notApart],
    [[0, 0, 0], TEXT.level, TEXT.level],
  ])('of differences %j is as far apart as the bands say', (differences, first, last) => {
    const [atOne, atK] = curves(differences);
    expect([atOne!.endsWith(first), atK!.endsWith(last)]).toEqual([true, true]);
  });
});

describe('the headline', () => {
  const headline = (at1: number, atK: number, rests = 6): string => {
    const band = (k: number, of: number) => ({ k, low: of - 0.1, high: of + 0.1 });
    return said({ bands: [band(1, at1), band(4, atK)], rests: [rests, rests] }).headline!;
  };

  it.each([
    [0.2, -0.2, 'trained base'],
    [0.2, 0.2, 'trained trained'],
    [0.2, 0.05, 'trained open'],
    [-0.2, 0.2, 'base trained'],
    [0.05, -0.2, 'open base'],
    [0.05, -0.05, 'open open'],
  ] as const)('of %d at one try and %d at four is that of %s', (one, many, name) => {
    expect(headline(one, many)).toBe(TEXT.headline[name]({ K: '4' }));
  });

  it('claims nothing where it rests on fewer than 6 problems', () => {
    expect(headline(0.2, -0.2, 5.9)).toBe(TEXT.headline['open open']({ K: '4' }));
    const bands = [
      { k: 1, low: 0.1, high: 0.3 },
      { k: 4, low: -0.3, high: -0.1 },
    ];
    expect(said({ bands, rests: [5, 5] }).shows[0]).toContain(TEXT.tooFewDiffer({ least: 6 }));
  });

  it('asks whether one file was given twice', () => {
    const same = analysed([measuredOf('a', [1, 2, 0], 4), measuredOf('b', [1, 2, 0], 4)]);
    expect(sentencesOf(comparedOf(same)).headline).toBe(TEXT.sameCounts);
  });
});

describe('the crossing', () => {
  const where = TEXT.where({ low: '1.2', high: '2.9' });
  const known = { k: 1.7, low: 1.2, high: 2.9 };
  const between = TEXT.between({ from: '1', to: '2' });
  const [K, hundred] = ['3', TEXT.crosses({ k: between, where, share: '97 of 100' })];

  it.each<[string, number[], Partial<Crossing>, string[]]>([
    ['sure', [0.2, -0.1, -0.2], { ...known, share: 0.97 }, [hundred]],
    [
      'perhaps chance',
      [0.2, -0.1, -0.2],
      { ...known, high: Infinity, share: 0.6 },
      [
        TEXT.crossesPerhaps({
          ...{ k: between, share: '60 of 100', where: TEXT.whereOpen({ low: '1.2', K }) },
        }),
      ],
    ],
    [
      'hardly in any resample',
      [0.2, -0.1, -0.2],
      { k: 1.7, share: 0.01 },
      [TEXT.crossesPerhaps({ k: between, share: '1 of 100', where: TEXT.noWhere({ K }) })],
    ],
    [
      'twice',
      [0.2, -0.1, 0.1],
      { ...known, share: 0.97 },
      [hundred, TEXT.crossesAgain({ again: '3' })],
    ],
    ['none, ahead', [0.2, 0.1, 0], { share: 0.03 }, [TEXT.staysAhead({ K, share: '3 of 100' })]],
    ['none, the same', [0, 0, 0], {}, [TEXT.same({ K })]],
    ['behind from the first', [-0.1, -0.2, 0], { k: 1 }, [TEXT.staysBehind({ K })]],
    ['the other way round', [-0.1, 0, 0.2], { k: 1 }, [TEXT.catchesUp({ again: '3' })]],
  ])('%s', (_, differences, found, expected) => {
    const shows = curves(differences, found);
    // Between who is ahead at both ends, and where it is told apart and what is covered.
    expect(shows.slice(2, -2)).toEqual(expected);
  });

  it('of whole counts lies where it was worked out', () => {
    expect(crossing.comparisons[0]!.crossing.k).toBeCloseTo(2 ** 0.75, 12);
    expect(said().shows.join(' ')).toContain(between);
  });

  it('is not spoken of where there is one sample', () => {
    const { shows, showsNot } = sentencesOf(
      comparedOf(analysed([measuredOf('a', [1, 0], 1), measuredOf('b', [1, 1], 1)])),
    );
    expect(shows).toHaveLength(3);
    expect(showsNot).toContain(TEXT.oneSample);
  });
});

describe('what is covered', () => {
  it.each([
    [[1, 1, 0, 0], [1, 0, 1, 0], [1, 1, 1, 1], TEXT.asManyLost],
    [[1, 1, 1, 0], [1, 0, 0, 0], [1, 2, 0, 1], TEXT.lostMore],
    [[0, 0, 1, 0], [1, 1, 1, 0], [1, 0, 2, 1], TEXT.gainedMore],
    [[1, 0], [2, 0], [1, 0, 0, 1], TEXT.sameCovered],
  ])('%j and %j', (base, trained, counts, verdict) => {
    const models = [measuredOf('a', base, 2), measuredOf('b', trained, 2)];
    const [both, baseOnly, trainedOnly, neither] = counts.map(String);
    const joined = base.length;
    expect(sentencesOf(comparedOf(analysed(models))).shows.at(-1)).toBe(
      TEXT.coverage({
        ...{ joined, verdict, both: both!, baseOnly: baseOnly! },
        ...{ trainedOnly: trainedOnly!, neither: neither! },
      }),
    );
  });
});

describe('what is not shown', () => {
  const open: Wanted = {
    ...{ k: 4, difference: -0.02, half: 0.05, isSettled: false },
    ...{ samples: 1200, problems: 3125 },
  };
  const at = { k: '4', difference: '−2.0' };

  it.each([
    [{ ...open, isSettled: true }, null],
    [open, TEXT.wantsBoth({ ...at, samples: '1,200', problems: '3,125' })],
    [{ ...open, samples: null }, TEXT.wantsProblems({ ...at, problems: '3,125' })],
    [{ ...open, difference: 0, samples: null, problems: null }, TEXT.wantsNothing({ k: '4' })],
  ])('asks for what would settle it: %j', (wanted, expected) => {
    const [first] = said({ wanted }).showsNot;
    if (expected === null) expect(first).toContain(smallPercent(mostOfNone(4)));
    else expect(first).toBe(expected);
  });

  it('has each limit of the data, with its number', () => {
    // On one of three joined problems the base has none right, on another the trained model.
    const base = measuredOf('a', [0, 3, 8, 1], 8);
    const trained = measuredOf('b', [2, 4, 0], 4);
    trained.problems.set('extra', { n: 2, c: 1 });
    const { showsNot } = sentencesOf(comparedOf(analysed([base, trained], 3)));
    expect(showsNot).toEqual(
      expect.arrayContaining([
        TEXT.fewProblems({ problems: 3, each: '33.3' }),
        TEXT.unequalN({ base: '8', trained: '4', K: '4' }),
        TEXT.onlyOne({ base: '1', trained: '0', joined: '3' }),
        TEXT.leftOut({ count: 1 }),
        TEXT.oneRun,
      ]),
    );
    expect(showsNot.join(' ')).toContain(TEXT.zerosOfBoth({ base: '1', trained: '1' }));
    const clean = said().showsNot;
    expect(clean.join(' ')).not.toContain(TEXT.leftOut({ count: 1 }));
    expect(clean).not.toContain(TEXT.unequalN({ base: '4', trained: '4', K: '4' }));
  });

  it('bounds what may hide behind none of n by what misses it 1 time in 20', () => {
    for (const n of [1, 3, 10, 128, 1024]) {
      expect((1 - mostOfNone(n)) ** n).toBeCloseTo(0.05, 12);
      expect(mostOfNone(n)).toBeLessThan(3 / n);
    }
    // 1 − 0.05^(1/128) = 0.0231: one in 43.
    expect(mostOfNone(128)).toBeCloseTo(0.0231, 4);
  });

  it('says what luck alone would give: 1 − (3/4)^10 = 0.944, 1 − 0.999^10 = 0.010', () => {
    expect(guessing(10)).toContain(percent(0.944));
    expect(guessing(10)).toContain(percent(0.01));
  });
});

describe('models that nothing is compared with', () => {
  it('are told of each by itself, and why', () => {
    const models = [measuredOf('a', [0, 2], 2), measuredOf('b', [1, 2], 2, (i) => `q${i}`)];
    const analysis = analysed(models);
    expect(sentencesOfUnjoined(analysis, (name) => name)).toEqual([
      TEXT.unjoined({ count: 1, names: 'b' }),
    ]);
    const { shows } = sentencesOfModels(analysis.models, 200, (name) => name.toUpperCase());
    const rates = { problems: 2, all: '1' };
    expect(shows).toContain(
      TEXT.named({ name: 'A', text: TEXT.aloneRates({ ...rates, none: '1' }) }),
    );
    expect(shows).toContain(
      TEXT.named({ name: 'B', text: TEXT.aloneRates({ ...rates, none: '0' }) }),
    );
    const [one] = sentencesOfModels([analysis.models[0]!], 200, (name) => name).shows;
    expect(one).toContain(percent(0.5));
  });
});

describe('numbers in sentences', () => {
  it.each([
    [0.165, '+16.5'],
    [-0.032, '−3.2'],
    [0, '0.0'],
    [-0.0004, '0.0'],
  ])('%f is %s points', (difference, text) => expect(points(difference)).toBe(text));
});
