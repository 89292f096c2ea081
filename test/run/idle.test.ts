import { describe, expect, it } from 'vitest';
import { EXPERIMENTS, type ExperimentName } from '../../src/experiments/experiments.ts';
import { idleReason } from '../../src/run/matters.ts';
import { coerceSetting, settingsOver, type RunSettings } from '../../src/run/settings.ts';
import { rowsOf, SMALL, TESTED } from './idleRuns.ts';
import { otherValue } from './otherValue.ts';

const experiments = Object.keys(EXPERIMENTS) as ExperimentName[];
const CONTEXTS: Partial<RunSettings>[] = [
  ...experiments.flatMap((experiment): Partial<RunSettings>[] => [
    { experiment, verifier: 'judge', algorithm: 'dapo' },
    { experiment, warmSteps: 1 },
    { experiment, warmSteps: 5 },
    { experiment, steps: 0, warmSteps: 1 },
  ]),
  ...(['ppo', 'gspo', 'cispo', 'rloo', 'kl-cov', 'clip-cov', 'kl-reward'] as const).map(
    (algorithm) => ({ algorithm }),
  ),
  { staleness: 2 },
  { staleness: 2, truncation: 2, warmSteps: 1 },
  ...(['unlikeliness', 'pass-at-k', 'w-reinforce', 'remax'] as const).map((algorithm) => ({
    algorithm,
  })),
  ...(['sapo', 'entropy-tokens', 'ucpo', 'flowrl'] as const).map((algorithm) => ({ algorithm })),
];

/** Where a step makes one update, a surrogate and KL-Cov change what is said of the loss, but not its gradient. */
const withoutSays = (row: object): object => ({ ...row, loss: null, cov_share: null });

describe('a setting that is called idle', () => {
  it.each(CONTEXTS)('changes nothing with %j, whatever it says', async (context) => {
    const settings = settingsOver({ ...SMALL, ...context });
    const idle = TESTED.filter(({ key }) => idleReason(key, settings) !== null);
    expect(idle.length).toBeGreaterThan(5);
    const changed = { ...settings };
    for (const setting of idle) {
      const value = otherValue(setting, settings);
      expect(coerceSetting(setting, String(value)).ok, setting.key).toBe(true);
      Object.assign(changed, { [setting.key]: value });
    }
    // One that makes another matter would be none; those that are still idle are tested together.
    for (const { key } of idle)
      if (idleReason(key, changed) === null) Object.assign(changed, { [key]: settings[key] });
    expect((await rowsOf(changed)).map(withoutSays)).toEqual(
      (await rowsOf(settings)).map(withoutSays),
    );
  });
});
