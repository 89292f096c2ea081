import type { EvaluationProblems } from '../../experiments/evaluate.ts';
import type { EngineKind } from '../../policy/policy.ts';
import type { PolicyShape } from '../../policy/shape.ts';
import { shapeSchema } from '../baseEntry.ts';
import { ALL_SHOWN, baseName, type BaseEntry } from '../bases.ts';
import { problemsSchema } from '../rowSchema.ts';
import {
  anything,
  fields,
  integer,
  list,
  number,
  oneOf,
  orNull,
  record,
  step,
  text,
  type Schema,
} from '../schema.ts';
import { coerceSetting, settingsFrom, SETTINGS, type RunSettings } from '../settings.ts';
import type { Setting } from '../table.ts';
import { NETWORK_SIZE, taskName } from '../trainSettings.ts';
import { checked, refuse, TEXT } from './texts.ts';

/** What a file says of a run beside what its figures are made of. */
export interface RunFacts {
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

export interface Header extends RunFacts {
  settings: Record<string, unknown>;
  problems: EvaluationProblems;
  rows: number;
  solved: string[];
  checkpoints: unknown;
}

/** Gives the entry of a shipped base, null where it cannot be had. */
export type EntryOf = (name: string) => Promise<Pick<BaseEntry, 'shape'> | null>;

export const headerSchema: Schema<Header> = fields<Header>({
  made: fields<RunFacts['made']>({ at: text(40), by: text(100) }),
  view: fields<RunFacts['view']>({ step: orNull(step), problem: orNull(step) }),
  engine: fields<RunFacts['engine']>({
    kind: oneOf('webgl', 'wasm', 'reference'),
    device: text(500),
  }),
  base: fields<RunFacts['base']>({ name: text(100), sha256: text(64) }),
  branched: orNull(step),
  startedAt: number(0, 8.64e15),
  shape: shapeSchema,
  leftOut: list(step, { most: 1000 }),
  // These two are held against more than their kind, further on.
  settings: record(/^/, anything),
  checkpoints: anything,
  problems: problemsSchema,
  rows: integer(1, 100_001),
  solved: list(text(2000)),
});

/** What the reader looked at has to be there, in rows up to the step `last`. @throws RunFileError */
export function checkView({ view, problems }: Header, last: number): void {
  checked(orNull(integer(0, last)), view.step, 'the step of its view');
  checked(orNull(integer(0, problems.heldOut.length - 1)), view.problem, 'the problem of its view');
}

/** The settings by flag; one that is missing has its default, as in a link. */
export function settingsOf(found: Header['settings']): RunSettings {
  const problems: string[] = [];
  const texts = new Map<Setting, string>();
  for (const [flag, value] of Object.entries(found)) {
    const setting = SETTINGS.find((each) => each.flag === flag);
    const coerced = setting && coerceSetting(setting, String(value).slice(0, 60));
    if (!setting) problems.push(`‘${flag.slice(0, 40)}’ is no setting of this page`);
    else if (!coerced!.ok) problems.push(coerced!.problem);
    else texts.set(setting, String(value));
  }
  if (problems.length > 0) refuse(TEXT.settings, { problems: problems.slice(0, 5).join('; ') });
  return settingsFrom(texts, () => undefined);
}

/** The network has to be that of the base that ships for the task, of the width that the settings say. */
export async function checkNetwork(
  shape: PolicyShape,
  settings: RunSettings,
  entryOf: EntryOf,
): Promise<void> {
  const { base, width: wide } = settings;
  const isLive = base === 'live';
  // Whatever a base was shown, and also where it is pretrained in the page, it has the tokens of the one that ships.
  const name = baseName(taskName(settings), ALL_SHOWN);
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
