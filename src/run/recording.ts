import { meanPassAtK } from '../core/passAtK.ts';
import type { CompletionGroup } from '../experiments/completions.ts';
import type { EvaluationProblems } from '../experiments/evaluate.ts';
import type { TrainRow } from '../experiments/train.ts';
import { problemsSchema, rowSchema, type RowParts } from './rowSchema.ts';
import {
  anything,
  fields,
  flag,
  held,
  integer,
  list,
  maybe,
  none,
  oneOf,
  orNull,
  recordIn,
  said,
  seed,
  step,
  text,
  type Schema,
} from './schema.ts';

/** A run that a page can show before anything is computed. */
export interface Recording {
  format: 'rlvr-recording';
  version: 1;
  /** The command that made it. */
  command: string;
  task: string;
  seed: number;
  problems: EvaluationProblems;
  /** What the policy answered to a handful of held-out problems; older recordings have none. */
  answers?: RecordedAnswers[] | undefined;
  /** Rows of every step; groups of completions only where there is an evaluation. */
  rows: TrainRow[];
}

/** An answer with what the verifier says of it. */
export interface RecordedAnswer {
  text: string;
  correct: boolean;
  detail: string;
}

/** The answers to one problem after some steps, in order; those of step 0 are the base's. */
export interface RecordedAnswers {
  problem: number;
  moments: { step: number; answers: RecordedAnswer[] }[];
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

/** A recording has no tokens; and of what its run never measured, an older one has nothing. */
const absent = none as Schema<unknown> as Schema<number[]>;
const recordedRow: RowParts = {
  ...{ prompt: absent, answer: absent, hasBase: false },
  measure: (entry) => maybe(orNull(entry)) as Schema<number | null>,
};

const line = text(1000);
const answersSchema = list(
  fields<RecordedAnswers>({
    problem: integer(0, 1e6),
    moments: list(
      fields<RecordedAnswers['moments'][number]>({
        step,
        answers: list(fields<RecordedAnswer>({ text: line, correct: flag, detail: line })),
      }),
      { least: 1 },
    ),
  }),
);

type Unread = Omit<Recording, 'rows'> & { rows: unknown[] };
const recordingSchema = fields<Unread>({
  ...{ format: oneOf('rlvr-recording'), version: oneOf(1), command: text(2000) },
  ...{ task: text(100), seed, problems: problemsSchema },
  ...{ answers: maybe(answersSchema), rows: list(anything, { least: 1 }) },
});

/** @throws Error naming what is not as a recording of this version has it. */
export function parseRecording(json: string): Recording {
  const refuse = (problem: string): never => {
    throw new Error(`the recorded run cannot be shown: ${problem}`);
  };
  const { rows: found, ...recording } = recordIn('rlvr-recording', recordingSchema, json, refuse);
  const schema = list(rowSchema(recording.problems, recordedRow));
  const rows = held(schema, found, 'rows', (misfit) => refuse(said(misfit)));
  for (const { heldOut, group } of rows) {
    // Of the p that are kept, so that every figure tells one number.
    if (heldOut)
      for (const k of Object.keys(heldOut.passAt))
        heldOut.passAt[k] = meanPassAtK(heldOut.p, Number(k));
    if (!group) continue;
    group.prompt = [];
    for (const completion of group.completions) completion.tokens = [];
  }
  return rows[0]!.heldOut ? { ...recording, rows } : refuse('it has no evaluation of the base');
}
