import { startExperiment } from '../experiments/startExperiment.ts';
import { trainSettings, type RunSettings } from '../run/settings.ts';
import { loadStart } from './base.ts';
import { engineFor } from './engine.ts';

/** A run of settings, about to make its first row, with what it begins from and what computes it; whoever has it disposes of it. */
export async function beginRun(settings: RunSettings) {
  const engine = await engineFor(settings);
  const start = await loadStart(settings, engine);
  const { task, split, shape, parameters, teacher } = start;
  const run = await startExperiment(
    ...([engine, task, shape, parameters, split, trainSettings(settings)] as const),
    null,
    teacher,
  );
  return { ...start, engine, run };
}
