import { shapeFor } from '../experiments/baseSettings.ts';
import { EXPERIMENTS, needsTeacher } from '../experiments/experiments.ts';
import type { Teacher } from '../experiments/learner.ts';
import type { PolicyShape } from '../policy/shape.ts';
import { splitFor } from '../tasks/prior.ts';
import { createTask, splitProblems, type ProblemSplit } from '../tasks/registry.ts';
import type { Task } from '../tasks/task.ts';
import {
  ALL_SHOWN,
  baseName,
  parseBase,
  requireShipped,
  SPLIT_SEED,
  TAUGHT_TASKS,
  type BaseEntry,
} from './bases.ts';
import type { RunSettings } from './table.ts';
import { NETWORK_SIZE, taskName } from './trainSettings.ts';

/** What a run starts from. */
export interface Start {
  task: Task;
  /** With the problems beyond a narrow prior apart. */
  split: ProblemSplit;
  shape: PolicyShape;
  parameters: Float32Array;
  /** Where the settings ask for one, see {@link asksTeacher}. */
  teacher?: Teacher;
}

/** Reads a file of `public/bases/`; `sha256` is known of parameters, so that no cache gives others. */
export type ReadBaseFile = (file: string, sha256?: string) => Promise<Uint8Array>;

/** Whether a teacher is read: for what learns from it, or to measure its answers beside the policy's where it is shipped. */
export function asksTeacher(settings: RunSettings): boolean {
  const measured =
    settings.answerProblems > 0 &&
    EXPERIMENTS[settings.experiment].trains &&
    TAUGHT_TASKS.includes(taskName(settings));
  return measured || needsTeacher(settings);
}

/**
 * The start that the settings ask for. A shipped base is read with its checksum verified; one to be pretrained now has
 * its initial parameters, for `pretrain` to train.
 * @throws BaseFileError saying what was wrong with a file and what was expected.
 * @throws RangeError naming the tasks that there is one for, if a teacher or a base of another rarity is asked for and not shipped.
 */
export async function assembleStart(settings: RunSettings, read: ReadBaseFile): Promise<Start> {
  const { prior, base, width, baseSeed } = settings;
  const task = await createTask(taskName(settings));
  const teacher = asksTeacher(settings) ? { teacher: await readTeacher(task.name, read) } : {};
  const startFor = (splitSeed: number): Pick<Start, 'task' | 'split'> => ({
    task,
    split: splitFor(prior, task, splitProblems(task, splitSeed)),
  });
  if (base === 'live') {
    const shape = shapeFor(task, { ...NETWORK_SIZE, width });
    const { initialParameters } = await import('../policy/initialise.ts');
    return {
      ...startFor(SPLIT_SEED),
      shape,
      parameters: initialParameters(shape, baseSeed),
      ...teacher,
    };
  }
  requireShipped(task.name, settings);
  const { entry, parameters } = await readShipped(baseName(task.name, settings), read);
  return { ...startFor(entry.splitSeed), shape: entry.shape, parameters, ...teacher };
}

/** Reads the two files of a base, or of a teacher. */
async function readShipped(
  name: string,
  read: ReadBaseFile,
): Promise<{ entry: BaseEntry; parameters: Float32Array }> {
  // What checks an entry is loaded while the entry is.
  const [{ parseBaseEntry }, json] = await Promise.all([
    import('./baseEntry.ts'),
    read(`${name}.json`),
  ]);
  const entry = parseBaseEntry(name, new TextDecoder().decode(json));
  return { entry, parameters: await parseBase(entry, await read(entry.file, entry.sha256)) };
}

/** @throws RangeError naming the tasks that have a teacher, if this one has none. */
async function readTeacher(task: string, read: ReadBaseFile): Promise<Teacher> {
  if (!TAUGHT_TASKS.includes(task))
    throw new RangeError(
      `no teacher is shipped for the task ${task}; there is one for ${TAUGHT_TASKS.join(', ')}`,
    );
  const { entry, parameters } = await readShipped(baseName(task, ALL_SHOWN, 'teacher'), read);
  return { shape: entry.shape, parameters };
}
