import { describe, expect, it } from 'vitest';
import type { ExperimentName } from '../../src/experiments/experiments.ts';
import { idleReason } from '../../src/run/matters.ts';
import { settingsOver, type RunSettings } from '../../src/run/settings.ts';
import { rowsOf, SMALL, TESTED } from '../run/idleRuns.ts';
import { otherValue } from '../run/otherValue.ts';

describe('a setting that is not called idle', () => {
  /** Contexts in which what is live is felt in three steps. */
  const felt: [string, Partial<RunSettings>][] = [
    ['rlvr', { minibatches: 2, klCoefficient: 0.5, verifier: 'random', warmSteps: 1 }],
    ['rlvr', { algorithm: 'ppo', covariance: 'kl-cov', covarianceShare: 0.2, klCoefficient: 0.5 }],
    ['distillation', {}],
    ['on-policy-distillation', { warmSteps: 1 }],
    ['expert-iteration', { warmSteps: 1 }],
    ['self-training', { warmSteps: 1 }],
    ['power-sampling', { steps: 4, blocks: 1 }],
  ];
  it.each(felt)(
    'changes a row of %s with %j',
    async (experiment, context) => {
      const settings = settingsOver({
        // Of three steps the first two and the last are evaluated in any case.
        ...{ ...SMALL, steps: 4, lr: 0.05, ...context },
        experiment: experiment as ExperimentName,
      });
      const rows = JSON.stringify(await rowsOf(settings));
      const unfelt: string[] = [];
      for (const setting of TESTED) {
        const { key } = setting;
        if (idleReason(key, settings) !== null) continue;
        const changed = { ...settings, [key]: otherValue(setting, settings) };
        if (JSON.stringify(await rowsOf(changed)) === rows) unfelt.push(key);
      }
      expect(unfelt).toEqual([]);
    },
    120_000,
  );
});
