import { describe, expect, it } from 'vitest';
import type { DissectedUpdate } from '../../src/experiments/dissection.ts';
import { ADVANTAGES, type AdvantageName } from '../../src/rl/advantages.ts';
import { ALGORITHMS, choicesOf, GRPO, type AlgorithmName } from '../../src/rl/algorithms.ts';
import { SURROGATES, type SurrogateName } from '../../src/rl/surrogates.ts';
import { formulaOf, partsOf } from '../../src/ui/microscope/formulas.ts';
import { dropReason, droppedSentence } from '../../src/ui/microscope/dropped.ts';
import { signed, small, three } from '../../src/ui/microscope/numbers.ts';
import { SAID, STAGES, workedAdvantage } from '../../src/ui/microscope/sentences.ts';
import { RIGHT, SIZE, told } from './fixtures/update.ts';

describe('the sentences of an update', () => {
  it('have the numbers of GRPO filled in', () => {
    const grpo = told('grpo');
    // √(3 · 13 / (16 · 15)) = 0.4031; 0.8125 / 0.4032 = 2.015; 0.1875 / 0.4032 = 0.465.
    expect(SAID.compare(grpo)).toBe('mean of 16 rewards = 3 / 16 = 0.188; deviation = 0.403.');
    expect(workedAdvantage(grpo, grpo.update.answers[0]!)).toBe(
      'advantage = (1 − 0.188) / (0.403 + 0.0001) = +2.015',
    );
    expect(SAID.advantage(grpo)).toContain('(0 − 0.188) / (0.403 + 0.0001) = −0.465');
    expect(SAID.ratio(grpo)).toContain('every ratio is 1');
    // 2.015 / 32 = 0.0630.
    expect(SAID.gradient(grpo)).toContain('share 0.0313 × 1.000 × +2.015 = +0.0630');
    expect(SAID.gradient(grpo)).toContain('more than 1, so it is multiplied by 0.500');
    expect(SAID.afterwards(grpo)).toContain('0.0644 → 0.0780 (+0.0136)');
    // 0.5 · 0.1 of every answer.
    expect(SAID.sample(grpo)).toContain('probability of 0.0500, the least likely 0.0500');
  });

  it.each([
    ['dr-grpo', '1 − 0.188 = +0.813'],
    ['rloo', '1 − mean of the others 0.133 = +0.867'],
    ['reinforce', 'its own reward = +1.000'],
    ['remax', '1 − reward of the greedy answer 0 = +1.000'],
    ['ppo', '+0.750, where the value output expected 0.250'],
    ['w-reinforce', '= +0.100'],
    ['maxrl', '(1 − 0.188) / 0.188 = +4.333'],
  ] as const)('have those of %s', (algorithm, words) => {
    const of = told(algorithm);
    expect(workedAdvantage(of, of.update.answers[0]!)).toContain(words);
  });

  it('say what a shaping makes of it, after whitening', () => {
    const of = told('outcome-exploration');
    const [first] = of.update.answers;
    first!.advantages = first!.advantages.map((each) => each - 0.5);
    const plain = 'advantage = (1 − 0.188) / (0.403 + 0.0001) = +2.015';
    expect(workedAdvantage(of, first!)).toBe(`${plain}, shaped to +1.515`);
    // (2.015 − 0.5) / 2 = 0.758.
    of.update.whitening = { mean: 0.5, deviation: 2 };
    expect(workedAdvantage(of, first!)).toBe(
      `${plain}, whitened (+2.015 − 0.500) / 2.000 = +0.758, shaped to +1.515`,
    );
  });

  it('tell the weight of a token that is trained on, where the first is not', () => {
    const of = told('entropy-tokens');
    for (const weights of of.pass!.group!.weights) weights[0] = 0;
    expect(SAID.gradient(of)).toContain('share 0.0313 × 1.000 × +2.015 = +0.0630');
  });

  it('exist for every algorithm and stage, with every place filled', () => {
    for (const name of Object.keys(ALGORITHMS) as AlgorithmName[])
      for (const stage of STAGES) {
        const sentence = SAID[stage](told(name));
        expect(sentence, `${name} ${stage}`).not.toMatch(/\{\w+\}|undefined|NaN|\.\.| {2}/);
        expect(sentence, `${name} ${stage}`).toMatch(/\.$/);
      }
  });

  it('tell of clipping in later updates, and of a step without one', () => {
    const later = told('grpo', { epoch: 2 });
    later.pass!.group!.ratios[0] = [1.3, 0.9];
    later.pass!.group!.clipped[0] = [true, false];
    expect(SAID.ratio(later)).toContain(
      'from 0.900 to 1.300. Of 32 tokens 1 are beyond 0.800 … 1.200',
    );
    expect(SAID.ratio(later)).not.toContain('negative advantage');
    later.settings = { ...later.settings, dualClip: 3 };
    expect(SAID.ratio(later)).toMatch(/counts for at most 3\.000 times/);
    const free = { ...later, settings: { ...later.settings, surrogate: 'ratio' as const } };
    expect(SAID.ratio(free)).toMatch(/from 0\.900 to 1\.300\. This surrogate has no bounds/);
    // CISPO: the weight of a token of ratio 1.3 is bounded, and it learns all the same.
    const cispo = told('cispo', { epoch: 2 });
    cispo.pass!.group!.ratios[0] = [1.3, 0.9];
    expect(SAID.gradient(cispo)).toMatch(/= share \S+ × 1\.200 × \+/);
    expect(SAID.gradient({ ...told('dapo'), pass: null })).toMatch(
      /^No update is made: none of the draws/,
    );
  });
});

describe('what dynamic sampling dropped', () => {
  const problem = '4 8 8 → 24';
  const { update, settings, pass } = told('dapo');
  const dropped: DissectedUpdate['dropped'] = [
    ...[1, 1, 1, 2].map((draw) => ({ problem, draw, paid: 0, why: 'none' as const })),
    ...[2, 2].map((draw) => ({ problem, draw, paid: SIZE, why: 'all' as const })),
    { problem, draw: 3, paid: 5, why: 'leftOver' },
  ];
  const groups = Array.from({ length: 8 }, () => ({ problem, paid: RIGHT }));
  const metrics = { ...update.metrics, num_gen_batches: 3 };
  const of: DissectedUpdate = { ...update, dropped, groups, metrics };
  const said = (stage: (typeof STAGES)[number], changes: Partial<DissectedUpdate> = {}) =>
    droppedSentence({ ...of, ...changes }, { ...settings, prompts: 5 }, stage);

  it('is told at every stage with its own numbers', () => {
    // 8 kept and 7 dropped are 15 groups: 3 draws of 5 problems, the last 2 of which are resamplings.
    expect(said('sample')).toBe(
      '15 groups were drawn, 5 per draw (draws: 3, resamplings: 2); 8 are trained on.',
    );
    expect(said('verify')).toContain('4 of the 15 groups have no rewarded answer and 2 have only');
    expect(said('verify')).toContain('1 with both kinds were left over');
    expect(said('compare')).toContain('so the 6 groups have nothing');
    expect(said('advantage')).toContain('the 6 groups would have r − mean = 0');
    expect(said('ratio')).toContain('for the 7 groups');
    expect(said('gradient')).toContain(`all ${pass!.sequences} answers of the update`);
    // 7 · 16 of 15 · 16.
    expect(said('afterwards')).toContain('112 of 240 sampled answers');
    for (const stage of STAGES) expect(said(stage)).not.toMatch(/\{\w+\}|undefined|NaN/);
  });

  it('is said to be nothing, or all', () => {
    expect(said('verify', { dropped: [] })).toBe(
      'No group was dropped: all 8 had both kinds of answers.',
    );
    expect(said('gradient', { trained: false, passes: [] })).toBe(
      'With no group kept there is no gradient at all.',
    );
    expect(said('sample', { trained: false })).toContain('7 groups were drawn');
  });

  it('has reasons that say paid where it is not the verifier that pays', () => {
    expect(dropReason('all', { verifier: 'truth' })).toBe('all right');
    expect(dropReason('none', { verifier: 'random' })).toBe('none paid');
    expect(dropReason('leftOver', { verifier: 'random' })).toBe('left over');
  });
});

describe('the formulas', () => {
  it('know every symbol, for every advantage and surrogate', () => {
    for (const name of Object.keys(ALGORITHMS) as AlgorithmName[])
      for (const stage of STAGES)
        expect(partsOf(formulaOf(stage, choicesOf(name))).length).toBeGreaterThan(1);
    const { advantage, surrogate } = GRPO;
    for (const name of Object.keys(ADVANTAGES) as AdvantageName[])
      partsOf(formulaOf('advantage', { advantage: name, surrogate }));
    for (const name of Object.keys(SURROGATES) as SurrogateName[])
      expect(formulaOf('gradient', { advantage, surrogate: name })).toMatch(
        /^\[g\] = Σ \[s_i\] · .*∇ log \[π\]\(\[y_t\]\).*; \[θ\] moves by Adam/,
      );
    expect(partsOf('[A_i] = 1')[0]).toMatchObject({ name: 'A', below: 'i' });
    expect(() => partsOf('[Q]')).toThrow('the symbol Q has no meaning');
  });
});

it('numbers have as many digits as they need', () => {
  expect([0.18751, -0.5, 2].map(three)).toEqual(['0.188', '−0.500', '2.000']);
  expect([0, 0.078, 4.51e-7, -3e-18, 12.345].map(small)).toEqual([
    '0',
    '0.0780',
    '4.5e−7',
    '0',
    '12.3',
  ]);
  expect([2.0149, -0.4651, 0, -1e-9].map((value) => signed(value))).toEqual([
    '+2.015',
    '−0.465',
    '0.000',
    '0.000',
  ]);
});
