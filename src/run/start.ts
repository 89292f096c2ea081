import { shapeFor } from '../experiments/baseSettings.ts';
import type { PolicyShape } from '../policy/shape.ts';
import { createTask, splitProblems, type ProblemSplit } from '../tasks/registry.ts';
import type { Task } from '../tasks/task.ts';
import { baseName, parseBase, parseBaseEntry, SPLIT_SEED } from './bases.ts';
import type { RunSettings } from './table.ts';
import { NETWORK_SIZE, taskName } from './trainSettings.ts';

/** What a run starts from. */
export interface Start {
  /** With the demonstrations of its prior. */
  task: Task;
  /** With the problems beyond a narrow prior apart. */
  split: ProblemSplit;
  shape: PolicyShape;
  parameters: Float32Array;
}

/** Reads a file of `public/bases/`; `sha256` is known of parameters, so that no cache gives others. */
export type ReadBaseFile = (file: string, sha256?: string) => Promise<Uint8Array>;

/**
 * The start that the settings ask for. A shipped base is read with its checksum verified; one to be pretrained now has
 * its initial parameters, for `pretrain` to train.
 * @throws BaseFileError saying what was wrong with a file and what was expected.
 */
export async function assembleStart(settings: RunSettings, read: ReadBaseFile): Promise<Start> {
  const { prior, base, width, baseSeed } = settings;
  const task = await createTask(taskName(settings));
  // What a shipped broad base does without is loaded with what needs it.
  const startFor = async (splitSeed: number): Promise<Pick<Start, 'task' | 'split'>> => {
    const split = splitProblems(task, splitSeed);
    if (prior === 'broad') return { task, split };
    return (await import('../tasks/prior.ts')).withPrior(prior, task, split);
  };
  if (base === 'live') {
    const shape = shapeFor(task, { ...NETWORK_SIZE, width });
    const { initialParameters } = await import('../policy/initialise.ts');
    return {
      ...(await startFor(SPLIT_SEED)),
      shape,
      parameters: initialParameters(shape, baseSeed),
    };
  }
  const name = baseName(task.name, prior);
  const entry = parseBaseEntry(name, new TextDecoder().decode(await read(`${name}.json`)));
  const parameters = await parseBase(entry, await read(entry.file, entry.sha256));
  return { ...(await startFor(entry.splitSeed)), shape: entry.shape, parameters };
}
