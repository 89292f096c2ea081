import type { ExperimentName } from './experiments.ts';
import { startTraining } from './train.ts';

type Starter = typeof startTraining;

/** What trains nothing; its code is loaded when a run asks for it. */
const OTHERS: Partial<Record<ExperimentName, () => Promise<Starter>>> = {
  'power-sampling': async () => (await import('./powerSampling.ts')).startPowerSampling,
};

/** Sets up the run that `settings.experiment` names; takes, gives and throws what {@link startTraining} does. */
export const startExperiment: Starter = async (...parts) => {
  const [, , , , , { experiment }] = parts;
  const start = (await OTHERS[experiment]?.()) ?? startTraining;
  return start(...parts);
};
