import type { TaskFamily } from '../../run/table.ts';

interface TaskText {
  name: string;
  /** What an answer has to do, as a part of a sentence. */
  asks: string;
  /** What an answer is called. */
  answers: string;
  /** Whether a problem's name is the rows of a grid, with a slash between them. */
  isGrid?: boolean;
  /** Whether an answer is a sequence of operations, told with spaces between them. */
  isSequence?: boolean;
}

/** The page's own words for each task; its code is not needed to say what it is. */
export const TASK_TEXTS: Record<TaskFamily, TaskText> = {
  countdown: {
    name: 'Countdown',
    asks: 'reach the target with the given numbers, each at most once, reading from left to right',
    answers: 'answers',
  },
  'countdown-steps': {
    name: 'Countdown with written steps',
    asks: 'reach the target with three given numbers and write down each result on the way, of which only the last is checked',
    answers: 'answers',
  },
  maze: {
    name: 'Maze',
    asks: 'walk from S to G through a small grid in at most 8 moves, without running into a wall',
    answers: 'walks',
    isGrid: true,
  },
  programs: {
    name: 'Programs',
    asks: 'write at most five operations that do what two examples show, and are right on hidden tests too',
    answers: 'programs',
    isSequence: true,
  },
  mixed: {
    name: 'Countdown and Programs',
    asks: 'do both with one network: reach the target with three given numbers, or write a program for two examples',
    answers: 'answers',
  },
};
/** The tasks whose answers have a picture of their own; those of the others are listed. */
export type PicturedTask = Exclude<TaskFamily, 'countdown' | 'mixed'>;

export const isPictured = (task: TaskFamily): task is PicturedTask =>
  task !== 'countdown' && task !== 'mixed';
