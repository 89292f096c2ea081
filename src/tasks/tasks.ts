import type { Task } from './task.ts';

/** The pictures that there are of answers. */
export type PictureName = 'steps' | 'maze' | 'programs';

/** What is known of a task before its code is fetched, which nothing else has to say of it. */
export interface TaskRecord {
  label: string;
  /** Its name where there is room for it. */
  name: string;
  /** What an answer has to do, as a part of a sentence. */
  asks: string;
  /** What an answer is called. */
  answers: string;
  /** Whether a problem's name is the rows of a grid, with a slash between them. */
  isGrid?: true;
  /** Whether an answer is a sequence of operations, told with spaces between them. */
  isSequence?: true;
  /** The picture of its answers; without one they are listed. */
  picture?: PictureName;
  /** Whether answers have intermediate results, which are checked too. */
  writesSteps?: true;
  /** Whether the shortest right answer of a problem has a size, see {@link Task.sizeOf}. */
  isSized?: true;
  /** Whether problems are of several domains, see {@link Task.domainOf}. */
  hasDomains?: true;
  /**
   * What a run of it needs otherwise than one of Countdown, by setting: found by trying, as small as it still shows the
   * effect. The rarities make a base solve from 70 to 90 of 100 problems with 256 samples; tasks whose point is another one
   * have a broad prior.
   */
  differs: Readonly<Record<string, number | string>>;
  /** By name: the task itself, or of one that comes in several sizes each, the size after a dash. */
  variants: Readonly<Record<string, Variant>>;
}

interface Variant {
  /** Fetches its code, and makes its problems. */
  create: () => Promise<Task>;
  /** The rarities ρ that a base is shipped for, ascending; of any other one can be pretrained. */
  rarities: readonly number[];
  /** Whether a teacher is shipped. */
  taught?: true;
}

const countdown = async (numbers: 3 | 4): Promise<Task> =>
  (await import('./countdown.ts')).createCountdown(numbers) as Task;

export const TASKS = {
  countdown: {
    label: 'Countdown',
    name: 'Countdown',
    asks: 'reach the target with the given numbers, each at most once, reading from left to right',
    answers: 'answers',
    isSized: true,
    differs: {},
    variants: {
      'countdown-3': {
        create: () => countdown(3),
        rarities: [0, 0.001, 0.01, 0.1, 1],
        taught: true,
      },
      'countdown-4': { create: () => countdown(4), rarities: [0, 0.01, 1] },
    },
  },
  'countdown-steps': {
    label: 'Countdown + steps',
    name: 'Countdown with written steps',
    asks: 'reach the target with three given numbers and write down each result on the way; only the last is checked',
    answers: 'answers',
    picture: 'steps',
    writesSteps: true,
    // An accept set has 1,314 answers, so that 16 problems cost as much as 2,000 of Countdown.
    differs: {
      ...{ steps: 150, evalEvery: 25, evalProblems: 16 },
      prior: 'broad',
      ...{ pretrainSteps: 1200, correctFraction: 0.3 },
    },
    variants: {
      'countdown-steps': {
        create: async () => (await import('./countdownSteps.ts')).createCountdownSteps() as Task,
        rarities: [0, 1],
      },
    },
  },
  maze: {
    label: 'Maze',
    name: 'Maze',
    asks: 'walk from S to G through a small grid in at most 8 moves, without running into a wall',
    answers: 'walks',
    isGrid: true,
    picture: 'maze',
    differs: {
      ...{ evalEvery: 25, evalProblems: 100 },
      ...{ rarity: 0.1, pretrainSteps: 2000, correctFraction: 0.3 },
    },
    variants: {
      maze: {
        create: async () => (await import('./maze.ts')).createMaze() as Task,
        rarities: [0, 0.1, 1],
      },
    },
  },
  programs: {
    label: 'Programs',
    name: 'Programs',
    asks: 'write at most five operations that do what two examples show, and are right on hidden tests too',
    answers: 'programs',
    isSequence: true,
    picture: 'programs',
    isSized: true,
    differs: {
      lr: 5e-4,
      ...{ rarity: 0.003, pretrainSteps: 2500, correctFraction: 0.74, pretrainLr: 4e-3 },
    },
    variants: {
      programs: {
        create: async () => (await import('./programs.ts')).createPrograms() as Task,
        rarities: [0, 0.003, 1],
        taught: true,
      },
    },
  },
  mixed: {
    label: 'Countdown and Programs',
    name: 'Countdown and Programs',
    asks: 'do both with one network: reach the target with three given numbers, or write a program for two examples',
    answers: 'answers',
    hasDomains: true,
    differs: {
      prior: 'broad',
      ...{ lr: 5e-4, pretrainSteps: 2400, correctFraction: 0.35, width: 48 },
    },
    variants: {
      mixed: {
        create: async () => (await import('./mixed.ts')).createMixed() as Task,
        rarities: [1],
        taught: true,
      },
    },
  },
} as const satisfies Record<string, TaskRecord>;

/** Tasks as they are offered; Countdown comes in two sizes. */
export type TaskFamily = keyof typeof TASKS;

/** What is known of a task of that name. */
export const recordOf = (task: TaskFamily): TaskRecord => TASKS[task];

/** Whether it comes in several sizes. */
export const hasVariants = (task: TaskFamily): boolean =>
  Object.keys(recordOf(task).variants).length > 1;

/** The name that the registry has for a task of a size. */
export const variantOf = ({ task, size }: { task: TaskFamily; size: string }): string =>
  hasVariants(task) ? `${task}-${size}` : Object.keys(recordOf(task).variants)[0]!;

/** All variants of all tasks, by name. */
export const variants = (): ReadonlyMap<string, Variant> =>
  new Map(Object.values<TaskRecord>(TASKS).flatMap((each) => Object.entries(each.variants)));
