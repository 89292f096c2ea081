import type { Checkpoint } from '../../experiments/train.ts';
import type { PolicySnapshot } from '../../policy/policy.ts';
import { parameterCount, type PolicyShape } from '../../policy/shape.ts';
import { RawReader, wordBytes } from './container.ts';
import { count, fields, integer, list, maybe, orNull, step } from '../schema.ts';
import { checked, refuse, TEXT } from './texts.ts';

/** What the header says of a checkpoint; its arrays are blocks behind the rows. */
export interface CheckpointHeader {
  step: number;
  updates: number;
  /** It has so many of the solved problems of the header. */
  solved: number;
  /** The updates that the judge has made; null without one. */
  judge: number | null;
  /**
   * What the learner has gathered: so many answers, or null for none yet, and the parameters of so many earlier policies,
   * where it keeps any; null without a learner that gathers.
   */
  learner: { answers: number | null; past?: number | undefined } | null;
}

/** With the checkpoints of the default run after 300 steps, 30 of 330 kB, a file has about 9 MB. */
const MOST_BLOCK_BYTES = 11_000_000;

const SQUARES = 'secondMoment';
const ARRAYS = ['parameters', 'firstMoment', SQUARES] as const;
const BATCH = ['prompts', 'responses', 'lengths'] as const;

type Words = Float32Array | Int32Array;
const blocksOf = ({ snapshot, judge, learner }: Checkpoint): Words[] => [
  ...[snapshot, judge].flatMap((each) => (each ? ARRAYS.map((name) => each[name]) : [])),
  ...(learner?.answers ? BATCH.map((name) => learner.answers![name]) : []),
  ...(learner?.past ?? []),
];
const bytesOf = (checkpoints: readonly Checkpoint[]): number =>
  checkpoints.flatMap(blocksOf).reduce((sum, { byteLength }) => sum + byteLength, 0);

/** Every second, then every fourth, and so on, until there is room for them; the first and the last always. */
export function fitting(
  checkpoints: readonly Checkpoint[],
  mostBytes = MOST_BLOCK_BYTES,
): readonly Checkpoint[] {
  let kept = checkpoints;
  for (let stride = 2; kept.length > 2 && bytesOf(kept) > mostBytes; stride *= 2)
    kept = checkpoints.filter((each, i) => i % stride === 0 || each === checkpoints.at(-1));
  return kept;
}

/** Checkpoints as header and blocks. What is solved stays so, so that each has a part of one list. */
export function writtenCheckpoints(checkpoints: readonly Checkpoint[]): {
  solved: string[];
  headers: CheckpointHeader[];
  blocks: Uint8Array<ArrayBuffer>[];
} {
  const solved = new Set<string>();
  const headers = checkpoints.map((checkpoint): CheckpointHeader => {
    const { step, snapshot, judge, learner } = checkpoint;
    for (const name of checkpoint.solved) solved.add(name);
    return {
      ...{ step, updates: snapshot.updates, solved: solved.size, judge: judge?.updates ?? null },
      learner: learner
        ? { answers: learner.answers?.lengths.length ?? null, past: learner.past?.length }
        : null,
    };
  });
  return {
    ...{ solved: [...solved], headers },
    blocks: checkpoints.flatMap(blocksOf).map(wordBytes),
  };
}

const headerSchema = list(
  fields<CheckpointHeader>({
    ...{ step, updates: count, solved: count, judge: orNull(count) },
    learner: orNull(
      fields<NonNullable<CheckpointHeader['learner']>>({
        answers: orNull(integer(1, 100_000)),
        past: maybe(integer(0, 64)),
      }),
    ),
  }),
  { least: 1, most: 1000 },
);

/** Of the first step, of steps that ascend to the last, and of no more problems than were solved. */
export function checkedHeaders(
  found: unknown,
  solved: number,
  last: number,
): readonly CheckpointHeader[] {
  const what = 'its checkpoints';
  const headers = checked(headerSchema, found, what);
  checked(integer(0, 0), headers[0]!.step, `${what}[0].step`);
  checked(integer(last, last), headers.at(-1)!.step, `the last step of ${what}`);
  headers.forEach((each, i) => {
    checked(integer(0, solved), each.solved, `${what}[${i}].solved`);
    if (i > 0) checked(integer(headers[i - 1]!.step + 1, last), each.step, `${what}[${i}].step`);
  });
  return headers;
}

/** @throws RunFileError if the blocks are not those of the headers, or have a number that cannot be. */
export function readCheckpoints(
  raw: RawReader,
  shape: PolicyShape,
  headers: readonly CheckpointHeader[],
  solved: readonly string[],
  baseP: number[],
): Checkpoint[] {
  const parameters = parameterCount(shape);
  const { promptLength, responseLength, vocabulary, outputs } = shape;
  const columns = { prompts: promptLength, responses: responseLength, lengths: 1 };
  const perAnswer = promptLength + responseLength + 1;
  const wordsOf = ({ judge, learner }: CheckpointHeader): number =>
    parameters * ((judge === null ? 3 : 6) + (learner?.past ?? 0)) +
    perAnswer * (learner?.answers ?? 0);
  const expected = 4 * headers.reduce((sum, each) => sum + wordsOf(each), 0);
  if (raw.left !== expected) refuse(TEXT.blocks, { found: raw.left, expected, parameters });

  const floats = (what: string, step: number): Float32Array => {
    const array = new Float32Array(raw.words(parameters));
    if (!array.every(Number.isFinite)) refuse(TEXT.notFinite, { what, step });
    // The optimiser takes the root of these.
    if (what.endsWith(SQUARES) && array.some((value) => value < 0))
      refuse(TEXT.negative, { what, step });
    return array;
  };
  const snapshotOf = (of: string, step: number, updates: number): PolicySnapshot => {
    const [parameters, firstMoment, secondMoment] = ARRAYS.map((name) => floats(of + name, step));
    return {
      ...{ parameters: parameters!, firstMoment: firstMoment!, secondMoment: secondMoment! },
      updates,
    };
  };
  const answersOf = (count: number, step: number) => {
    const [prompts, responses, lengths] = BATCH.map(
      (name) => new Int32Array(raw.words(count * columns[name])),
    ) as [Int32Array, Int32Array, Int32Array];
    const within = (
      array: Int32Array,
      [from, to]: readonly [number, number],
      what: string,
    ): void => {
      const wrong = array.find((value) => value < from || value > to);
      const place = `${what} of the answers of the checkpoint of step ${step}`;
      if (wrong !== undefined) checked(integer(from, to), wrong, place);
    };
    within(prompts, [0, vocabulary - 1], 'a token of a prompt');
    within(responses, [0, outputs - 1], 'a token');
    within(lengths, [1, responseLength], 'a length');
    return { prompts, responses, lengths };
  };
  const pastOf = (count: number, step: number) =>
    Array.from({ length: count }, () => floats('an earlier policy’s parameters', step));
  return headers.map(({ step, updates, solved: count, judge, learner }): Checkpoint => ({
    step,
    snapshot: snapshotOf('', step, updates),
    baseP,
    solved: solved.slice(0, count),
    judge: judge === null ? null : snapshotOf('the judge’s ', step, judge),
    learner: learner && {
      answers: learner.answers === null ? null : answersOf(learner.answers, step),
      ...(learner.past === undefined ? {} : { past: pastOf(learner.past, step) }),
    },
  }));
}
