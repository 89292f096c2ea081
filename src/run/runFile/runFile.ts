import type { EvaluationProblems } from '../../experiments/evaluate.ts';
import type { Checkpoint, TrainRow } from '../../experiments/train.ts';
import type { EngineKind } from '../../policy/policy.ts';
import type { PolicyShape } from '../../policy/shape.ts';
import { baseName, checksum, serialiseBase, type BaseEntry } from '../bases.ts';
import { coerceSetting, settingsFrom, SETTINGS, type RunSettings } from '../settings.ts';
import type { Setting } from '../table.ts';
import { NETWORK_SIZE, taskName } from '../trainSettings.ts';
import { breather } from './breathe.ts';
import { fields, integer, list, number, oneOf, orNull, text } from './check.ts';
import {
  checkpointHeadersCheck,
  fitting,
  readCheckpoints,
  writtenCheckpoints,
  type CheckpointHeader,
} from './checkpoints.ts';
import { packed, RawReader, unpacked } from './container.ts';
import { problemsCheck, rowCheck } from './rows.ts';
import { refuse, shown, TEXT } from './texts.ts';

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

/** What a file says of a run beside what its figures are made of. */
interface RunFacts {
  /** When, as ISO 8601 in UTC, and by which version of what. */
  made: { at: string; by: string };
  /** The step at which the timeline stood, null for the last; the held-out problem that was open, null for none. */
  view: { step: number | null; problem: number | null };
  engine: { kind: EngineKind; device: string };
  /** The name of the base's files, or `live`, and the SHA-256 of its parameters. */
  base: { name: string; sha256: string };
  /** The step after which it branched off another run; null where it did not. */
  branched: number | null;
  /** In milliseconds since 1970. */
  startedAt: number;
  shape: PolicyShape;
  /** Steps whose checkpoints the run had and the file has no room for. */
  leftOut: number[];
}

interface Header extends RunFacts {
  settings: Record<string, string | number>;
  problems: EvaluationProblems;
  rows: number;
  solved: string[];
  checkpoints: CheckpointHeader[];
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
  const check = rowCheck(problems);
  const breathe = breather();
  const lines: Uint8Array<ArrayBuffer>[] = [];
  for (const [i, row] of rows.entries()) {
    check(row, `row ${i}`);
    lines.push(bytes(JSON.stringify(row)));
    await breathe();
  }
  const file = await packed([bytes(JSON.stringify(header)), ...lines, ...blocks]);
  return { file, fewer: header.leftOut.length };
}

/**
 * Reads a file back, all of it checked; `entryOf` gives the entry of a shipped base, null where it cannot be had.
 * @throws RunFileError naming what was wrong and what was expected.
 */
export async function readRunFile(
  file: Blob,
  entryOf: (name: string) => Promise<Pick<BaseEntry, 'shape'> | null>,
): Promise<RunFile> {
  const raw = new RawReader(await unpacked(file));
  const line = raw.line(MOST_HEADER) ?? refuse(TEXT.headerTooLong, { most: MOST_HEADER / 1e6 });
  const header = parsed(line, () => refuse(TEXT.noHeader)) as Header;
  headerCheck(header, 'its header');
  const settings = settingsOf(header.settings);
  await checkNetwork(header.shape, settings, entryOf);

  const rows = await readRows(raw, header, settings);
  const baseP = rows[0]!.heldOut!.p;
  checkpointHeadersCheck(header.solved.length, rows.at(-1)!.step)(
    header.checkpoints,
    'its checkpoints',
  );
  const { shape, solved, problems, rows: _, ...facts } = header;
  const checkpoints = readCheckpoints(raw, shape, header.checkpoints, solved, baseP);
  const found = await checksum(serialiseBase(checkpoints[0]!.snapshot.parameters));
  oneOf(found)(header.base.sha256, 'the SHA-256 of its base');
  return { ...facts, shape, settings, problems, rows, checkpoints };
}

function parsed(line: string, fail: () => never): unknown {
  try {
    return JSON.parse(line) as unknown;
  } catch {
    return fail();
  }
}

const step = integer(0, 100_000);
const size = integer(1, 4096);
const facts = {
  made: fields<RunFacts['made']>({ at: text(40), by: text(100) }),
  view: fields<RunFacts['view']>({ step: orNull(step), problem: orNull(step) }),
  engine: fields<RunFacts['engine']>({ kind: oneOf('webgl', 'reference'), device: text(500) }),
  base: fields<RunFacts['base']>({ name: text(100), sha256: text(64) }),
  branched: orNull(step),
  startedAt: number(0, 8.64e15),
  shape: fields<PolicyShape>({
    ...{ vocabulary: size, outputs: size, promptLength: size, responseLength: size },
    ...{ width: size, layers: size, heads: size },
  }),
  leftOut: list(step, { most: 1000 }),
};
const headerCheck = fields<Header>({
  ...facts,
  // These are held against more than their kind, further on.
  settings: () => undefined,
  checkpoints: () => undefined,
  problems: problemsCheck,
  rows: integer(1, 100_001),
  solved: list(text(2000)),
});

/** The settings by flag; one that is missing has its default, as in a link. */
function settingsOf(found: unknown): RunSettings {
  const problems: string[] = [];
  const texts = new Map<Setting, string>();
  if (typeof found !== 'object' || found === null || Array.isArray(found))
    refuse(TEXT.expected, { what: 'its settings', found: shown(found), expected: 'an object' });
  for (const [flag, value] of Object.entries(found)) {
    const setting = SETTINGS.find((each) => each.flag === flag);
    const coerced = setting && coerceSetting(setting, String(value).slice(0, 60));
    if (!setting) problems.push(`‘${flag.slice(0, 40)}’ is none of this page`);
    else if (!coerced!.ok) problems.push(coerced!.problem);
    else texts.set(setting, String(value));
  }
  if (problems.length > 0) refuse(TEXT.settings, { problems: problems.slice(0, 5).join('; ') });
  return settingsFrom(texts, () => undefined);
}

/** The network has to be that of the base that ships for the task, of the width that the settings say. */
async function checkNetwork(
  shape: PolicyShape,
  settings: RunSettings,
  entryOf: Parameters<typeof readRunFile>[1],
): Promise<void> {
  const { base, prior, width: wide } = settings;
  const isLive = base === 'live';
  // A base that is pretrained in the page has the tokens of the one that ships.
  const name = baseName(taskName(settings), isLive ? 'broad' : prior);
  const shipped = (await entryOf(name))?.shape;
  const live = isLive ? { width: wide, ...NETWORK_SIZE } : {};
  const expected: Partial<PolicyShape> = { ...shipped, ...live };
  for (const [field, value] of Object.entries(expected)) {
    const found = shape[field as keyof PolicyShape];
    const whose = field in live ? 'the settings' : `the base ${name}`;
    if (found !== value) refuse(TEXT.shape, { field, found, expected: value, whose });
  }
  const { heads, width } = shape;
  if (width % heads !== 0)
    refuse(TEXT.shape, {
      ...{ field: 'width', found: width, expected: `a multiple of ${heads}` },
      whose: 'its heads',
    });
}

/** The rows from the base on, their steps ascending to at most the last of the run. */
async function readRows(
  raw: RawReader,
  { rows: count, problems }: Header,
  { steps }: RunSettings,
): Promise<TrainRow[]> {
  const check = rowCheck(problems);
  const breathe = breather();
  const rows: TrainRow[] = [];
  for (let index = 0; index < count; index++) {
    const line = raw.line(raw.left);
    const row = parsed(line ?? '', () => refuse(TEXT.rowNotJson, { index })) as TrainRow;
    const what = `row ${index}`;
    check(row, what);
    integer(index === 0 ? 0 : rows[index - 1]!.step + 1, index === 0 ? 0 : steps)(
      row.step,
      `${what}.step`,
    );
    if (index === 0 && !row.heldOut)
      refuse(TEXT.expected, { what, found: 'without', expected: 'an evaluation of the base' });
    rows.push(row);
    await breathe();
  }
  return rows;
}
