import type { EvaluationProblems } from '../../experiments/evaluate.ts';
import type { CompletionGroup } from '../../experiments/completions.ts';
import type { Checkpoint, TrainRow } from '../../experiments/train.ts';
import { EXPERIMENTS } from '../../experiments/experiments.ts';
import { createTask } from '../../tasks/registry.ts';
import { problemOfPrompt, type Task } from '../../tasks/task.ts';
import { checksum, serialiseBase } from '../bases.ts';
import { rowSchema, wholeRow } from '../rowSchema.ts';
import { integer, jsonOf, oneOf, shown, type Schema } from '../schema.ts';
import { SETTINGS, taskName, type RunSettings } from '../settings.ts';
import { breather } from './breathe.ts';
import { checkedHeaders, fitting, readCheckpoints, writtenCheckpoints } from './checkpoints.ts';
import { packed, RawReader, unpacked } from './container.ts';
import {
  checkNetwork,
  checkView,
  headerSchema,
  settingsOf,
  type EntryOf,
  type Header,
  type RunFacts,
} from './header.ts';
import { checked, refuse, TEXT } from './texts.ts';

export { RunFileError } from './texts.ts';

/**
 * A run with all that its picture is made of, as one file: after the line of the container, gzip of one line of JSON (the
 * header), a line of JSON for each row, and the arrays of the checkpoints as little-endian 32-bit words.
 */
export interface RunFile extends RunFacts {
  settings: RunSettings;
  problems: EvaluationProblems;
  /** As the page has them: of a long run old ones are thinned. */
  rows: TrainRow[];
  /** From that of the base to that of the last row. */
  checkpoints: readonly Checkpoint[];
}

/** The widest network with the longest names of problems is far below. */
const MOST_HEADER = 8_000_000;

const bytes = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(`${text}\n`);

/**
 * The file of a run, and how many of its checkpoints there is no room for.
 * @throws RunFileError naming what could not be read back, such as a number that is not finite.
 */
export async function writeRunFile(
  run: Omit<RunFile, 'leftOut'>,
): Promise<{ file: Blob; fewer: number }> {
  const { settings, problems, rows, checkpoints, ...facts } = run;
  const kept = fitting(checkpoints);
  const { solved, headers, blocks } = writtenCheckpoints(kept);
  const header: Header = {
    ...facts,
    leftOut: checkpoints.filter((each) => !kept.includes(each)).map(({ step }) => step),
    settings: Object.fromEntries(SETTINGS.map(({ key, flag }) => [flag, settings[key]])),
    ...{ problems, rows: rows.length, solved, checkpoints: headers },
  };
  const schema = rowsOf(header, settings);
  const breathe = breather();
  const lines: Uint8Array<ArrayBuffer>[] = [];
  for (const [i, row] of rows.entries()) {
    checked(schema, row, `row ${i}`);
    lines.push(bytes(JSON.stringify(row)));
    await breathe();
  }
  checked(headerSchema, header, 'its header');
  checkView(header, rows.at(-1)!.step);
  const file = await packed([bytes(JSON.stringify(header)), ...lines, ...blocks]);
  return { file, fewer: header.leftOut.length };
}

/**
 * Reads a file back, all of it checked.
 * @throws RunFileError naming what was wrong and what was expected.
 */
export async function readRunFile(file: Blob, entryOf: EntryOf): Promise<RunFile> {
  const raw = new RawReader(await unpacked(file));
  const line = raw.line(MOST_HEADER) ?? refuse(TEXT.headerTooLong, { most: MOST_HEADER / 1e6 });
  const found = jsonOf(line, () => refuse(TEXT.noHeader));
  const header = checked(headerSchema, found, 'its header');
  const settings = settingsOf(header.settings);
  await checkNetwork(header.shape, settings, entryOf);

  const rows = await readRows(raw, header, settings);
  checkView(header, rows.at(-1)!.step);
  const { shape, solved, problems, rows: _, checkpoints: kept, ...facts } = header;
  const headers = checkedHeaders(kept, solved.length, rows.at(-1)!.step);
  const checkpoints = readCheckpoints(raw, shape, headers, solved, rows[0]!.heldOut!.p);
  const base = await checksum(serialiseBase(checkpoints[0]!.snapshot.parameters));
  checked(oneOf(base), header.base.sha256, 'the SHA-256 of its base');
  return { ...facts, shape, settings, problems, rows, checkpoints };
}

const rowsOf = (
  { problems, shape }: Pick<Header, 'problems' | 'shape'>,
  { experiment }: RunSettings,
): Schema<TrainRow> => rowSchema(problems, wholeRow(shape, EXPERIMENTS[experiment].trains));

/** The rows from the base on, their steps ascending to at most the last of the run. */
async function readRows(
  raw: RawReader,
  header: Header,
  settings: RunSettings,
): Promise<TrainRow[]> {
  const schema = rowsOf(header, settings);
  const task = await createTask(taskName(settings));
  const breathe = breather();
  const rows: TrainRow[] = [];
  for (let index = 0; index < header.rows; index++) {
    const line = raw.line(raw.left);
    const found = jsonOf(line ?? '', () => refuse(TEXT.rowNotJson, { index }));
    const what = `row ${index}`;
    const row = checked(schema, found, what);
    const [from, to] = index === 0 ? [0, 0] : [rows[index - 1]!.step + 1, settings.steps];
    checked(integer(from, to), row.step, `${what}.step`);
    if (index === 0 && !row.heldOut)
      refuse(TEXT.expected, { what, found: 'without', expected: 'an evaluation of the base' });
    if (row.group) checkPrompt(task, row.group, `${what}.group`);
    rows.push(row);
    await breathe();
  }
  return rows;
}

/** The picture of a group is made of its prompt. */
function checkPrompt(task: Task, { prompt, problem }: CompletionGroup, what: string): void {
  const found = problemOfPrompt(task, prompt);
  if (found === null)
    refuse(TEXT.expected, {
      ...{
        what: `${what}.prompt`,
        found: shown(prompt),
        expected: `that of a problem of ${task.name}`,
      },
    });
  checked(oneOf(task.showProblem(found)), problem, `${what}.problem`);
}
