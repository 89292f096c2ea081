import type { PretrainSettings } from '../experiments/baseSettings.ts';
import type { PolicyShape } from '../policy/shape.ts';
import { BaseFileError, baseName, shownTo, type BaseEntry } from './bases.ts';
import {
  amount,
  count,
  fields,
  integer,
  list,
  maybe,
  number,
  oneOf,
  recordIn,
  seed,
  share,
  text,
  type Schema,
} from './schema.ts';

/** Far beyond any network of this project; what counts the parameters goes through the layers. */
const size = integer(1, 4096);
export const shapeSchema = fields<PolicyShape>({
  ...{ vocabulary: size, outputs: size, promptLength: size, responseLength: size },
  ...{ width: size, layers: size, heads: size },
});

const entrySchema: Schema<BaseEntry> = fields<BaseEntry>({
  ...{ format: oneOf('rlvr-base'), version: oneOf(1) },
  ...{
    task: text(100),
    prior: oneOf('long-tailed', 'broad', 'narrow'),
    role: maybe(oneOf('teacher')),
  },
  ...{ file: text(100), sha256: text(64), command: text(2000) },
  shape: shapeSchema,
  splitSeed: seed,
  pretraining: fields<PretrainSettings>({
    ...{ seed, steps: count, batchSize: count, learningRate: number(0, 10) },
    ...{ correctFraction: share, rarity: share },
    demonstratedSize: maybe(count),
  }),
  loss: amount,
  ...{ heldOutP: list(share), beyondP: maybe(list(share)) },
});

/** Reads the entry of the base `name`. @throws BaseFileError unless the text is one of this version. */
export function parseBaseEntry(name: string, json: string): BaseEntry {
  const refuse = (problem: string): never => {
    throw new BaseFileError(`${name}.json: ${problem}`);
  };
  const entry = recordIn('rlvr-base', entrySchema, json, refuse);
  const found = baseName(entry.task, shownTo(entry), entry.role);
  return found === name ? entry : refuse(`it is of the base '${found}'`);
}
