import type { PretrainSettings } from '../experiments/baseSettings.ts';
import { parameterCount, type PolicyShape } from '../policy/shape.ts';
import { rarityOf, type Prior } from '../tasks/prior.ts';
import { variants } from '../tasks/tasks.ts';

/** How a shipped base policy was made, and what its file must be: `public/bases/<name>.json`, beside `<name>.f32`. */
export interface BaseEntry {
  format: 'rlvr-base';
  version: 1;
  task: string;
  prior: Prior;
  /** Of a teacher, which was shown only right answers; absent of a base. */
  role?: 'teacher';
  /** The file beside this one: the parameters as little-endian float32 in the order of `parameterLayout`. */
  file: string;
  shape: PolicyShape;
  /** Seed of the split into training and held-out problems; the held-out ones were never demonstrated. */
  splitSeed: number;
  pretraining: PretrainSettings;
  /** Mean loss of the last 50 steps, nats a token. */
  loss: number;
  sha256: string;
  /** The command that makes the file again. */
  command: string;
  /** Exact success probability on the first held-out problems, shown before anything is computed. */
  heldOutP: number[];
  /** The same beyond a narrow prior. */
  beyondP?: number[];
}

/** The split that every base of this project is made for. */
export const SPLIT_SEED = 2025;

/** The tasks that a teacher is shipped for, by their name in the registry. */
export const TAUGHT_TASKS: readonly string[] = [...variants()]
  .flatMap(([name, { taught }]) => (taught ? [name] : []))
  .sort();

/** The rarities ρ that a base is shipped for, by task, ascending; of any other one can be pretrained. */
export const SHIPPED_RARITIES: Readonly<Record<string, readonly number[]>> = Object.fromEntries(
  [...variants()].map(([name, { rarities }]) => [name, rarities]),
);

/** What was shown to a base, and how much of it there was of the rare skill. */
export interface Shown {
  prior: Prior;
  rarity: number;
}

/** @throws RangeError naming the rarities that a base of the task is shipped for, unless this is one of them. */
export function requireShipped(task: string, shown: Shown): void {
  const rarity = rarityOf(shown);
  const shipped = SHIPPED_RARITIES[task] ?? [];
  if (!shipped.includes(rarity))
    throw new RangeError(
      `no base of the task ${task} is shipped for a rarity of ${rarity}; ` +
        `there is one for ${shipped.join(', ')}, or pretrain one now`,
    );
}

/** A file that is not what it should be; the message names the file, what was found and what was expected. */
export class BaseFileError extends Error {
  override name = 'BaseFileError';
}

/**
 * The name of a base's two files without their endings: that of its task, with `-narrow` for a narrow prior, such as
 * `-rarity0.01` for a long-tailed one, and `-teacher` for a teacher.
 */
export function baseName(task: string, { prior, rarity }: Shown, role?: BaseEntry['role']): string {
  const shown = { broad: [], narrow: ['narrow'], 'long-tailed': [`rarity${rarity}`] }[prior];
  return [task, ...shown, ...(role ? [role] : [])].join('-');
}

/** What a base of an entry was shown. */
export const shownTo = ({ prior, pretraining: { rarity } }: BaseEntry): Shown => ({
  prior,
  rarity,
});

/** What every teacher was shown. */
export const ALL_SHOWN: Shown = { prior: 'broad', rarity: 1 };

/** The SHA-256 of bytes in hexadecimal digits. */
export async function checksum(bytes: Uint8Array): Promise<string> {
  // A page served without TLS has no subtle crypto; only such a page loads the other one.
  const digest = globalThis.crypto?.subtle
    ? new Uint8Array(await crypto.subtle.digest('SHA-256', bytes as Uint8Array<ArrayBuffer>))
    : (await import('@noble/hashes/sha2.js')).sha256(bytes);
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** The parameters in a base's file. @throws BaseFileError if its size or checksum is not the entry's. */
export async function parseBase(entry: BaseEntry, bytes: Uint8Array): Promise<Float32Array> {
  const expectedBytes = 4 * parameterCount(entry.shape);
  if (bytes.length !== expectedBytes)
    throw new BaseFileError(
      `${entry.file} has ${bytes.length} bytes, expected ${expectedBytes} (${expectedBytes / 4} float32 parameters)`,
    );
  const found = await checksum(bytes);
  if (found !== entry.sha256)
    throw new BaseFileError(
      `${entry.file} has the wrong checksum: sha256 ${found.slice(0, 12)}…, expected ${entry.sha256.slice(0, 12)}…`,
    );
  return parseParameters(bytes);
}

/** The parameters in the bytes that {@link serialiseBase} makes of them. */
export function parseParameters(bytes: Uint8Array): Float32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Float32Array.from({ length: bytes.length / 4 }, (_, i) => view.getFloat32(4 * i, true));
}

/** The bytes of a base's file. */
export function serialiseBase(parameters: Float32Array): Uint8Array {
  const bytes = new Uint8Array(4 * parameters.length);
  const view = new DataView(bytes.buffer);
  parameters.forEach((value, i) => view.setFloat32(4 * i, value, true));
  return bytes;
}
