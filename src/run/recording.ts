import type { CompletionGroup } from '../experiments/completions.ts';
import type { EvaluationProblems } from '../experiments/evaluate.ts';
import type { TrainRow } from '../experiments/train.ts';

/** A run that a page can show before anything is computed. */
export interface Recording {
  format: 'rlvr-recording';
  version: 1;
  /** The command that made it. */
  command: string;
  task: string;
  seed: number;
  problems: EvaluationProblems;
  /** Rows of every step; groups of completions only where there is an evaluation. */
  rows: TrainRow[];
}

/** Four significant digits are more than a figure can show, and a fifth of the size. */
const DIGITS = 4;

/**
 * A recording as compact text, without what no figure shows of it: the training problems' probabilities, the tokens
 * beside their text, the base's completions.
 */
export function serialiseRecording(recording: Recording): string {
  const rows = recording.rows.map(({ group, train, ...row }) => ({
    ...row,
    ...(row.heldOut && group ? { group: withoutTokens(group) } : {}),
    ...(train ? { train: { passAt: train.passAt, p: [] } } : {}),
  }));
  return JSON.stringify({ ...recording, rows }, (_, value: unknown) =>
    typeof value === 'number' && !Number.isInteger(value)
      ? Number(value.toPrecision(DIGITS))
      : value,
  );
}

function withoutTokens({ problem, completions }: CompletionGroup): object {
  return {
    problem,
    completions: completions.map((completion) => ({ ...completion, tokens: undefined })),
  };
}

/** @throws Error naming what is not as a recording of this version has it. */
export function parseRecording(text: string): Recording {
  const refuse = (what: string): never => {
    throw new Error(`the recorded run cannot be shown: ${what}`);
  };
  let recording: Partial<Recording> = {};
  try {
    recording = JSON.parse(text) as Partial<Recording>;
  } catch {
    refuse('it is not JSON');
  }
  const { format, version, rows } = recording;
  if (format !== 'rlvr-recording' || version !== 1)
    refuse(`it has format '${format}' version ${version}, expected 'rlvr-recording' version 1`);
  if (!Array.isArray(rows) || rows.length === 0) return refuse('it has no rows');
  rows.forEach((row: Partial<TrainRow> | null, index) => {
    if (!Number.isFinite(row?.step) || !Number.isFinite(row?.entropy))
      refuse(`row ${index} has no step or no entropy`);
    if (row?.group) {
      row.group.prompt = [];
      for (const completion of row.group.completions) completion.tokens = [];
    }
  });
  if (!rows[0]!.heldOut || !recording.problems) refuse('it has no evaluation of the base');
  return recording as Recording;
}
