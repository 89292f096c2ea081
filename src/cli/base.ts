import { readFile } from 'node:fs/promises';
import { pretrain, shapeFor } from '../experiments/pretrain.ts';
import type { Engine } from '../policy/policy.ts';
import type { PolicyShape } from '../policy/shape.ts';
import { findBase, MANIFEST_FILE, parseBase, parseManifest, SPLIT_SEED } from '../run/bases.ts';
import { NETWORK_SIZE, pretrainSettings, taskName, type RunSettings } from '../run/settings.ts';
import { createTask, splitProblems, type ProblemSplit } from '../tasks/registry.ts';
import type { Task } from '../tasks/task.ts';

/** Where `npm run rlvr` finds the shipped bases: beside the code, wherever it is called from. */
export const BASES_DIRECTORY = new URL('../../public/bases/', import.meta.url);

/** What a run starts from. */
export interface Start {
  task: Task;
  split: ProblemSplit;
  shape: PolicyShape;
  parameters: Float32Array;
}

/** Loads the shipped base that the settings ask for, or pretrains one now with progress on stderr. */
export async function loadStart(settings: RunSettings, engine: Engine): Promise<Start> {
  const task = await createTask(taskName(settings));
  if (settings.base === 'live') {
    const split = splitProblems(task, SPLIT_SEED);
    const shape = shapeFor(task, { ...NETWORK_SIZE, width: settings.width });
    const rows = pretrain(engine, task, shape, split, pretrainSettings(settings));
    for (;;) {
      const next = await rows.next();
      if (next.done) return { task, split, shape, parameters: next.value.parameters };
      const { step, steps, loss } = next.value;
      if (step % 50 === 0 || step === steps)
        process.stderr.write(`pretraining ${step}/${steps}, loss ${loss.toFixed(4)} nats\n`);
    }
  }
  const read = (file: string): Promise<Buffer> => readFile(new URL(file, BASES_DIRECTORY));
  const manifest = parseManifest((await read(MANIFEST_FILE)).toString('utf8'));
  const entry = findBase(manifest, task.name);
  return {
    task,
    split: splitProblems(task, entry.splitSeed),
    shape: entry.shape,
    parameters: parseBase(entry, await read(entry.file)),
  };
}
