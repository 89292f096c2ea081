import type { ExperimentName } from './experiments.ts';
import { startTraining } from './train.ts';

type Starter = typeof startTraining;

/** The code of an experiment is loaded when a run asks for it. */
const STARTERS: Record<ExperimentName, () => Promise<Starter>> = {
  rlvr: async () => startTraining,
  'power-sampling': async () => (await import('./powerSampling.ts')).startPowerSampling,
};

/** Sets up the run that `settings.experiment` names; takes, gives and throws what {@link startTraining} does. */
export const startExperiment: Starter = async (
  engine,
  task,
  shape,
  baseParameters,
  split,
  settings,
  checkpoint,
) => {
  const start = await STARTERS[settings.experiment]();
  return start(engine, task, shape, baseParameters, split, settings, checkpoint);
};
