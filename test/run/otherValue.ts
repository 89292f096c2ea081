import type { RunSettings, Setting, SettingKey } from '../../src/run/settings.ts';

/** Another value that the setting may have, far enough from the present one to be felt. */
const OTHER: Partial<Record<SettingKey, string | number>> = {
  ...{ maxGradNorm: 1e-3, trainProblems: 2, lr: 0.02, temperature: 2, evalTemperature: 2 },
  ...{ clipLow: 0.001, clipHigh: 0.001, valueClip: 1e-4, gaeLambda: 0.3, unlikeliness: 0.9 },
  ...{
    trainPMin: 0.05,
    trainPMax: 0.2,
    evalTopP: 0.5,
    covarianceShare: 0.5,
    alpha: 2,
    reward: 'unlikeliness',
  },
  ...{ filter: 'mixed', teacherKeep: 'right', steps: 4, warmSteps: 2, seed: 4 },
  ...{ minibatches: 3, truncation: 0.5, generationAnswers: 16, dualClip: 1.001 },
};
export function otherValue(setting: Setting, settings: RunSettings): string | number {
  const now = settings[setting.key];
  const chosen = OTHER[setting.key];
  if (chosen !== undefined && chosen !== now) return chosen;
  if (setting.kind === 'choice') return setting.choices.find(({ value }) => value !== now)!.value;
  return Number(now) < setting.max ? Number(now) + (setting.integer ? 1 : 0.25) : setting.min;
}
