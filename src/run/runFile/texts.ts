import { say } from '../../text/words.ts';
import { held, type Schema } from '../schema.ts';

/** Why a run file is refused. */
export const TEXT = {
  tooLarge: 'it has {found} MB, expected at most {most} MB',
  otherFormat: 'it begins with ‘{found}’, expected ‘rlvr-run 1’',
  empty: 'it is empty, expected ‘rlvr-run 1’',
  otherVersion: 'it is a run file of version {found}, expected version {expected}',
  noFirstLine:
    'its first line is ‘{found}’, expected ‘rlvr-run 1’, the number of bytes and their SHA-256',
  cutOff: 'it has {found} bytes after its first line, expected {expected}: a part of it is missing',
  tooLong: 'it has {found} bytes after its first line, expected {expected}: something was added',
  changed: 'its bytes have the SHA-256 {found}…, expected {expected}…: some of them were changed',
  notGzip: 'what follows its first line cannot be decompressed, expected gzip',
  bomb: 'it decompresses to more than {most} MB, expected at most that',
  noHeader: 'its header is not JSON, expected one line of it',
  headerTooLong: 'its header has no end within {most} MB, expected one line',
  expected: '{what} is {found}, expected {expected}',
  rowNotJson: 'row {index} is not JSON, expected one line of it',
  settings: 'its settings cannot be taken: {problems}',
  blocks:
    'its checkpoints have {found} bytes, expected {expected} by the shape of {parameters} parameters',
  notFinite: '{what} of the checkpoint of step {step} has a number that is not finite',
  negative: '{what} of the checkpoint of step {step} has a number below 0, expected squares',
  shape: 'its network has {field} {found}, expected {expected} of {whose}',
};

/** A file that is not a run that this page can show; the message says what was wrong with it and what was expected. */
export class RunFileError extends Error {
  override name = 'RunFileError';
}

/** @throws RunFileError */
export function refuse(text: string, values: Parameters<typeof say>[1] = {}): never {
  throw new RunFileError(say(text, values));
}

/** The value as its schema has it. @throws RunFileError naming the first place where it is not. */
export const checked = <T>(schema: Schema<T>, value: unknown, what: string): T =>
  held(schema, value, what, (misfit) => refuse(TEXT.expected, { ...misfit }));
