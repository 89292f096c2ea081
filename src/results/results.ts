/** What other people have measured of a model: how many of its samples of each problem were correct. */

/** n samples of one problem, c of them correct: whole numbers, 0 ≤ c ≤ n, n ≥ 1. */
export interface Count {
  n: number;
  c: number;
}

/** The counts of one model. */
export interface Measured {
  name: string;
  /** By the problem's id, in the order of the file. */
  problems: Map<string, Count>;
  /** Whether the ids are the file's own; of a histogram they are made up, and say nothing about another model's. */
  hasIds: boolean;
}

/** What of a file can be read in several ways: its columns, its scorers, its filters. */
export interface Choice {
  key: string;
  /** What is chosen, such as `column of the problem`. */
  label: string;
  values: readonly { value: string; label: string }[];
  /** The one that was read. */
  value: string;
  /** Whether it only says where things stand, and whose they are, and not by what a sample is judged. */
  isPlace?: true;
}

/** Which files of a format are parts of one model: those that differ by the seed in their names, or runs in one folder. */
export type Joins = 'seeds' | 'runs';

/** A file as it was understood. */
export interface Reading {
  /** The id of its format: see formats/. */
  format: string;
  models: readonly Measured[];
  choices: readonly Choice[];
  /** Null where each file is of a model of its own. */
  joins: Joins | null;
  /** A sentence for each thing that a reader of its numbers has to know, such as that ids came twice. */
  notes: readonly string[];
}

/** What of a file is as it must not be: nothing of that file is taken. */
export class ResultsError extends Error {
  override name = 'ResultsError';
  /** As what it was read, and what of it could be chosen otherwise, so far as that was known: plain data. */
  format?: string;
  choices?: readonly Choice[];
}
