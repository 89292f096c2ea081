import { describe, expect, it } from 'vitest';
import { ALGORITHMS, choicesOf, type AlgorithmName } from '../../src/rl/algorithms.ts';
import { updateWeight } from '../../src/rl/updateWeight.ts';
import { defaultsFor, type RunSettings } from '../../src/run/settings.ts';
import { METRIC_FORMULAS } from '../../src/ui/metricFormulas.ts';
import { METRICS, metricsOf } from '../../src/ui/metricWords.ts';
import { updateWeightNotes, updateWeightSentence } from '../../src/ui/updateWeightWords.ts';

const names = Object.keys(ALGORITHMS) as AlgorithmName[];
const of = (algorithm: AlgorithmName): RunSettings => defaultsFor({ task: 'countdown', algorithm });
const help = (name: string, algorithm: AlgorithmName): string =>
  METRICS.find((metric) => metric.name === name)!.help(of(algorithm));

describe('the words of the metrics', () => {
  it.each(names)('exist for each metric of %s, as sentences', (name) => {
    for (const metric of metricsOf(of(name))) {
      expect(metric.help(of(name)), metric.name).toMatch(/^[A-Z0-9].*\.$/);
      expect(metric.help(of(name)), metric.name).not.toMatch(/undefined|NaN|\[object| {2}/);
    }
  });

  it('show a metric only where it belongs', () => {
    const own = (algorithm: AlgorithmName) =>
      metricsOf(of(algorithm))
        .map(({ name }) => name)
        .filter((name) => !metricsOf(of('grpo')).some((metric) => metric.name === name));
    expect(own('ppo')).toEqual(['value_loss']);
    expect(own('dapo')).toEqual(['num_gen_batches']);
    expect(own('kl-cov')).toEqual(['cov_share']);
    const onSteps = metricsOf({ ...of('grpo'), task: 'countdown-steps' });
    expect(onSteps.map(({ name }) => name)).toContain('wrong_steps');
  });

  it('have a formula each, and no other has', () => {
    expect(Object.keys(METRIC_FORMULAS).sort()).toEqual(METRICS.map(({ name }) => name).sort());
  });

  it('say when 0 is normal', () => {
    expect(help('clip_ratio', 'grpo')).toContain('Always 0 here: with one update per step');
    expect(help('clip_ratio', 'rloo')).toContain('Always 0 here: the surrogate');
    expect(help('clip_ratio', 'sapo')).toContain('Always 0 here: the surrogate');
    expect(help('clip_ratio', 'ppo')).toContain('0 is normal where steps are small');
    expect(help('loss', 'grpo')).toContain('Near 0 by construction');
    expect(help('loss', 'entropy-tokens')).toContain('tokens that are trained on');
    expect(help('loss', 'psr')).toContain('minus the mean advantage');
    expect(help('loss', 'cispo')).toContain('It is −A · log π');
    expect(help('loss', 'kl-cov')).toContain('Near 0 by construction');
    expect(help('clip_ratio', 'kl-cov')).toContain('Always 0 here: the surrogate has no bounds');
    expect(help('loss', 'ppo')).toMatch(/It moves about 0: .* the value loss/);
    expect(help('grad_norm', 'grpo')).toContain('0 is normal where no group');
    expect(help('grad_norm', 'differential-smoothing')).toContain('the shaping pushes');
    expect(help('grad_norm', 'flowrl')).toContain('0 is not normal');
    expect(help('grad_norm', 'nsr')).toContain('0 is normal only in a step without a wrong answer');
    expect(help('grad_norm', 'entropy-bonus')).toContain('0 is not normal');
    expect(help('num_gen_batches', 'dapo')).toContain('10 that it gave up');
  });

  it('say of uniform groups what the formula of the advantage does', () => {
    expect(help('frac_reward_zero_std', 'grpo')).toContain('They teach nothing');
    expect(help('frac_reward_zero_std', 'maxrl')).toContain('They teach nothing');
    expect(help('frac_reward_zero_std', 'psr')).toContain('All-right ones still teach');
    expect(help('frac_reward_zero_std', 'nsr')).toContain('All-wrong ones still teach');
    expect(help('frac_reward_zero_std', 'w-reinforce')).toContain('no answer is compared');
    expect(help('frac_reward_zero_std', 'ppo')).toContain('the baseline is the value output');
    expect(help('frac_reward_zero_std', 'dapo')).toContain('Dynamic sampling drops them');
    expect(help('frac_reward_zero_std', 'unlikeliness')).toContain('likelier answers earn less');
    expect(help('frac_reward_zero_std', 'outcome-exploration')).toContain('by the shaping');
    expect(help('frac_reward_zero_std', 'ucpo')).toContain('They teach nothing');
    expect(help('frac_reward_zero_std', 'flowrl')).toContain('the KL penalty in the reward');
    const unseen = METRICS.find(({ name }) => name === 'frac_reward_zero_std')!;
    expect(unseen.help({ ...of('psr'), reward: 'unlikeliness' })).toBe(unseen.help(of('psr')));
  });
});

describe('the words of w(p)', () => {
  const sentence = (algorithm: AlgorithmName): string =>
    updateWeightSentence(updateWeight(choicesOf(algorithm), 16, [0.01, 0.1, 0.5]));

  // w at 0.01, 0.5 and 0.99 with G = 16: GRPO 3.613, 1.872, 3.613; MaxRL 13.994, 2.000, 1.010; pass@4 1.658, 0.385, 0.000.
  it('come from the curve', () => {
    expect(sentence('grpo')).toBe(
      'A problem solved 1 time in 100 weighs 1.9 times as much as one solved half of the time; one that fails 1 time in 100 weighs 1.9 times as much as it.',
    );
    expect(sentence('maxrl')).toContain('weighs 7 times as much as one solved half');
    expect(sentence('maxrl')).toContain('weighs 0.51 times as much as it');
    expect(sentence('pass-at-k')).toContain('1 time in 100 weighs next to nothing beside it');
    expect(sentence('dr-grpo')).toMatch(/^All problems weigh alike/);
    expect(updateWeightSentence({ of: () => 0 })).toContain('has no weight');
    expect(updateWeightSentence({ of: () => NaN })).toBe('');
  });

  it('say what the curve leaves out, and what decides it', () => {
    const notes = (settings: RunSettings): string => updateWeightNotes(settings).join(' ');
    expect(notes(of('grpo'))).toMatch(/^KL, entropy bonus, .* are not in it/);
    expect(notes(of('ppo'))).toContain('decided by all the problems together, since whitening');
    expect(notes(of('dapo'))).toContain('groups that are all right or all wrong are replaced');
    expect(notes(of('process'))).toContain('the curve of the outcome alone');
    expect(notes(of('unsolved'))).toContain('until the first success');
    expect(notes({ ...of('unlikeliness'), groupSize: 32 })).toContain('up to 16, not 32');
    expect(notes(of('unlikeliness'))).not.toContain('up to 16');
  });
});
