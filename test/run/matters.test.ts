import { describe, expect, it } from 'vitest';
import { ALGORITHMS, type AlgorithmName } from '../../src/rl/algorithms.ts';
import { GRPO } from '../../src/rl/choices.ts';
import { idleChanges } from '../../src/run/idleChanges.ts';
import { idleReason } from '../../src/run/matters.ts';
import { parsePermalink } from '../../src/run/permalink.ts';
import {
  algorithmLabel,
  defaultsFor,
  methodLabel,
  withSetting,
  type RunSettings,
} from '../../src/run/settings.ts';
import { DEFINITIONS } from '../../src/run/definitions.ts';
import { ALGORITHM_SETTINGS, SETTINGS, type SettingKey } from '../../src/run/table.ts';

const names = Object.keys(ALGORITHMS) as AlgorithmName[];
const of = (algorithm: AlgorithmName): RunSettings => defaultsFor({ task: 'countdown', algorithm });
const keys = ALGORITHM_SETTINGS.map(({ key }) => key as SettingKey);
const idle = (settings: RunSettings) => keys.filter((key) => idleReason(key, settings) !== null);

describe('a choice that changes nothing', () => {
  it('is told for GRPO, where a step makes one update', () => {
    expect(idle(of('grpo'))).toEqual([
      'unlikeliness',
      'positiveWeight',
      'passK',
      'gaeLambda',
      'valueCoefficient',
      'valueClip',
      'shapingStrength',
      'ratio',
      'surrogate',
      'clipLow',
      'clipHigh',
      'dualClip',
      'truncation',
      'klPlacement',
      'klEstimator',
      'tokenShare',
      'covarianceShare',
      'covariancePenalty',
    ]);
  });

  it('matters in the algorithm that is made of it', () => {
    const matters = (algorithm: AlgorithmName, ...keys: SettingKey[]) => {
      for (const key of keys)
        expect(idleReason(key, of(algorithm)), `${algorithm} ${key}`).toBe(null);
    };
    matters('unlikeliness', 'unlikeliness', 'clipLow');
    matters('w-reinforce', 'positiveWeight');
    matters('pass-at-k', 'passK');
    matters('ppo', 'gaeLambda', 'valueCoefficient', 'valueClip', 'clipHigh', 'dualClip');
    matters('gspo', 'ratio', 'clipLow', 'clipHigh');
    matters('dual-clip', 'dualClip', 'clipHigh');
    matters('sapo', 'surrogate', 'ratio');
    matters('entropy-tokens', 'tokens', 'tokenShare');
    for (const name of ['differential-smoothing', 'ucpo', 'outcome-exploration'] as const)
      matters(name, 'shaping', 'shapingStrength');
    matters('flowrl', 'klCoefficient', 'klPlacement', 'klEstimator');
    matters('cispo', 'surrogate', 'clipHigh');
    matters('kl-loss-k2', 'klPlacement', 'klEstimator');
    matters('clip-cov', 'covariance', 'covarianceShare');
    matters('kl-cov', 'covariance', 'covarianceShare', 'covariancePenalty');
  });

  it('is every choice of the algorithm where nothing is trained, and only there what the chains need', () => {
    const power = withSetting(of('dapo'), 'experiment', 'power-sampling');
    expect(idle(power)).toEqual(keys);
    for (const key of [
      ...(['lr', 'groupSize', 'temperature', 'finale', 'evalTopP'] as const),
      ...(['warmSteps', 'trainProblems', 'answerProblems'] as const),
    ]) {
      expect(idleReason(key, power), key).toMatch(/^Power sampling/);
      expect(idleReason(key, of('dapo')), key).toBe(null);
    }
    for (const key of ['alpha', 'blocks', 'chains'] as const) {
      expect(idleReason(key, power), key).toBe(null);
      expect(idleReason(key, of('dapo')), key).toBe('Only power sampling uses it');
    }
    for (const key of ['seed', 'steps', 'evalProblems', 'evalEvery'] as const)
      expect(idleReason(key, power), key).toBe(null);
  });

  it('has a reason, as a sentence without its end', () => {
    for (const { otherwise } of DEFINITIONS.flatMap(({ needs = [] }) => needs))
      expect(otherwise).toMatch(/^[A-Z].*[^.]$/);
  });

  it('counts a batch of one prompt as one update, into however many minibatches it should go', () => {
    expect(idleReason('clipHigh', of('dapo'))).toBe(null);
    expect(idleReason('clipHigh', { ...of('dapo'), prompts: 1 })).toMatch(/^With one update/);
  });

  it('is a reward, or a penalty in it, that an advantage of right and wrong alone does not see', () => {
    for (const name of ['psr', 'nsr', 'w-reinforce', 'pass-at-k'] as const) {
      const shaped: RunSettings = { ...of(name), reward: 'unlikeliness', klPlacement: 'reward' };
      for (const key of ['reward', 'unlikeliness', 'klCoefficient', 'klEstimator'] as const)
        expect(idleReason(key, { ...shaped, klCoefficient: 1 }), `${name} ${key}`).not.toBe(null);
      expect(idleReason('klCoefficient', of(name))).toBe(null);
    }
    for (const key of ['reward', 'klCoefficient'] as const)
      expect(idleReason(key, { ...of('grpo'), klPlacement: 'reward' })).toBe(null);
  });

  it('is a bound that the surrogate does not have', () => {
    const idleBounds = (algorithm: AlgorithmName) =>
      (['ratio', 'clipLow', 'clipHigh', 'dualClip'] as const).filter(
        (key) => idleReason(key, of(algorithm)) !== null,
      );
    expect(idleBounds('ppo')).toEqual([]);
    expect(idleBounds('cispo')).toEqual(['dualClip']);
    for (const name of ['kl-cov', 'sapo'] as const)
      expect(idleBounds(name)).toEqual(['clipLow', 'clipHigh', 'dualClip']);
    const twice = { ...of('rloo'), innerEpochs: 2 };
    expect(idleReason('ratio', twice)).toMatch(/log-probability has none/);
  });

  it('differs between no two algorithms but in what matters to one of them', () => {
    for (const name of names)
      for (const key of Object.keys(ALGORITHMS[name].differs) as SettingKey[]) {
        // On-policy a surrogate without a ratio has the same gradient; the estimator waits for a coefficient.
        if (key === 'surrogate' || key.startsWith('kl')) continue;
        expect(idleReason(key, of(name)), `${name} ${key}`).toBe(null);
      }
  });
});

describe('a setting that was changed for nothing', () => {
  it('is told with its reason, and no other is', () => {
    const unheeded = (link: string) => idleChanges(parsePermalink(link).settings);
    expect(unheeded('#task=maze&experiment=power-sampling&warm-steps=20&alpha=2')).toEqual([
      { key: 'warmSteps', why: expect.stringMatching(/^Power sampling trains nothing/) },
    ]);
    expect(unheeded('#width=64&algorithm=dapo&clip-high=0.3&kl-estimator=k1')).toEqual([
      { key: 'width', why: expect.stringMatching(/shipped base/) },
      { key: 'klEstimator', why: expect.stringMatching(/KL penalty/) },
    ]);
    expect(unheeded('#width=64&base=live&warm-steps=20')).toEqual([]);
  });
});

describe('the name of a row of choices', () => {
  it('is that of its algorithm until a choice is changed', () => {
    const dapo = withSetting(of('grpo'), 'algorithm', 'dapo');
    expect(dapo).toEqual(of('dapo'));
    expect(algorithmLabel(dapo)).toBe('DAPO');
    const changed = withSetting(dapo, 'clipHigh', 0.3);
    expect(algorithmLabel(changed)).toBe('custom (from DAPO)');
    expect(algorithmLabel(withSetting(changed, 'algorithm', 'dapo'))).toBe('DAPO');
    expect(algorithmLabel(withSetting(dapo, 'lr', 0.5))).toBe('DAPO');
  });
});

describe('the name of what a run does', () => {
  it('is its algorithm, its experiment, and all that is unusual about it', () => {
    const named = (changes: Partial<RunSettings>): string =>
      methodLabel({ ...of('dapo'), ...changes });
    expect(named({})).toBe('DAPO');
    expect(named({ verifier: 'majority' })).toBe('DAPO, paid by the majority');
    expect(named({ warmSteps: 20 })).toBe('20 steps of a teacher’s answers, then DAPO');
    expect(named({ sftWeight: 0.5 })).toBe('DAPO beside a teacher’s answers');
    expect(named({ experiment: 'expert-iteration', verifier: 'random' })).toBe('expert iteration');
    expect(named({ experiment: 'power-sampling', warmSteps: 20 })).toBe('power sampling');
    expect(named({ experiment: 'distillation', warmSteps: 20 })).toBe('distillation');
  });
});

describe('a setting of what a run is', () => {
  const all = SETTINGS.map(({ key }) => key);
  const idleOf = (changes: Partial<RunSettings>) => {
    const settings = { ...of('grpo'), ...changes };
    return all.filter((key) => idleReason(key, settings) !== null && !(key in GRPO));
  };
  const teacher = ['teacherAnswers', 'teacherKeep'];
  const generations = ['generationSteps', 'generationAnswers'];
  const power = ['alpha', 'blocks', 'chains', 'population', 'sigma'];
  const live = [
    ...['baseSeed', 'pretrainSteps', 'correctFraction', 'demonstratedSize', 'pretrainLr', 'width'],
  ];
  const sizes = ['trainSizeMin', 'trainSizeMax'];
  const idleWith = (...keys: string[]) =>
    all.filter((key) => [...keys, ...power, ...live].includes(key));

  it.each<[Partial<RunSettings>, string[]]>([
    [{}, ['domains', 'beyondShare', 'judgeAnswers', ...teacher, ...generations]],
    [{ prior: 'narrow', warmSteps: 9 }, ['domains', 'rarity', 'judgeAnswers', ...generations]],
    [{ verifier: 'co-trained' }, ['domains', 'beyondShare', ...teacher, ...generations]],
    [
      { experiment: 'distillation' },
      [
        ...['domains', 'beyondShare', 'algorithm', 'verifier', 'judgeAnswers', 'warmSteps'],
        ...['sftWeight', 'staleness', 'hintShare', ...generations],
      ],
    ],
    [
      { experiment: 'self-training', verifier: 'judge' },
      [
        ...['domains', 'beyondShare', 'algorithm', 'verifier', 'judgeAnswers', 'sftWeight'],
        ...['staleness', 'hintShare', ...teacher],
      ],
    ],
    [
      { task: 'maze' },
      ['size', 'domains', 'beyondShare', 'judgeAnswers', ...sizes, ...teacher, ...generations],
    ],
    [
      { task: 'mixed' },
      ['size', 'beyondShare', 'judgeAnswers', ...sizes, ...teacher, ...generations],
    ],
  ])('that changes nothing is told for %j', (changes, keys) => {
    expect(idleOf(changes)).toEqual(idleWith(...keys));
  });

  it('is not idle where a base is pretrained now', () => {
    for (const key of live)
      expect(idleReason(key as keyof RunSettings, { ...of('grpo'), base: 'live' }), key).toBe(null);
  });

  it('is what a gradient needs where evolution strategies have none, and only there what they need', () => {
    const evolving = { ...of('dapo'), experiment: 'evolution', staleness: 3 } as const;
    for (const key of [...keys, 'algorithm', 'staleness'] as const)
      expect(idleReason(key, evolving), key).toMatch(/^Only RLVR learns/);
    expect(idleReason('maxGradNorm', evolving)).toMatch(/no gradient/);
    for (const key of ['population', 'sigma', 'lr', 'groupSize', 'verifier', 'prompts'] as const)
      expect(idleReason(key, evolving), key).toBe(null);
  });

  it('is no bound where rollouts are stale, unless truncated weights take that out of the ratio', () => {
    const stale = { ...of('grpo'), staleness: 1 };
    for (const key of ['surrogate', 'ratio', 'clipLow', 'clipHigh', 'truncation'] as const)
      expect(idleReason(key, stale), key).toBe(null);
    expect(idleReason('clipHigh', { ...stale, truncation: 2 })).toMatch(/^With one update/);
  });

  it('is idle with all that an algorithm is made of where no reward teaches', () => {
    const settings = { ...of('ppo'), experiment: 'expert-iteration' } as const;
    for (const key of keys) expect(idleReason(key, settings)).toMatch(/no rewards/);
  });
});
