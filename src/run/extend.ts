import type { RunSettings } from './table.ts';

/**
 * Whether a run with more steps begins with the rows that one with fewer has, so that it can go on where that one ended.
 * Power sampling divides all its moves among the blocks of an answer: with more of them it has other rows from the first on.
 */
export const goesOn = ({ experiment }: Pick<RunSettings, 'experiment'>): boolean =>
  experiment !== 'power-sampling';
