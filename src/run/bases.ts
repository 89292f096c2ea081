import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import type { PretrainSettings } from '../experiments/pretrain.ts';
import { parameterCount, type PolicyShape } from '../policy/shape.ts';

/** The manifest of `public/bases/`: how each shipped base policy was made, and what its file must be. */
export interface BaseManifest {
  format: 'rlvr-bases';
  version: 1;
  bases: BaseEntry[];
}

export interface BaseEntry {
  task: string;
  /** The file beside the manifest: the parameters as little-endian float32 in the order of `parameterLayout`. */
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
}

export const MANIFEST_FILE = 'manifest.json';

/** The split that every base of this project is made for. */
export const SPLIT_SEED = 2025;

/** A file that is not what it should be; the message names the file, what was found and what was expected. */
export class BaseFileError extends Error {
  override name = 'BaseFileError';
}

/** @throws BaseFileError unless the text is a manifest of this version. */
export function parseManifest(text: string): BaseManifest {
  let manifest: Partial<BaseManifest>;
  try {
    manifest = JSON.parse(text) as Partial<BaseManifest>;
  } catch {
    throw new BaseFileError(`${MANIFEST_FILE} is not JSON`);
  }
  if (manifest.format !== 'rlvr-bases' || manifest.version !== 1 || !Array.isArray(manifest.bases))
    throw new BaseFileError(
      `${MANIFEST_FILE} has format '${manifest.format}' version ${manifest.version}, expected 'rlvr-bases' version 1`,
    );
  return manifest as BaseManifest;
}

/** @throws BaseFileError naming the tasks that have a base. */
export function findBase(manifest: BaseManifest, task: string): BaseEntry {
  const entry = manifest.bases.find((base) => base.task === task);
  if (!entry)
    throw new BaseFileError(
      `no shipped base for '${task}'; there is one for ${manifest.bases.map((base) => base.task).join(', ')}`,
    );
  return entry;
}

export function checksum(bytes: Uint8Array): string {
  return bytesToHex(sha256(bytes));
}

/** The parameters in a base's file. @throws BaseFileError if its size or checksum is not the manifest's. */
export function parseBase(entry: BaseEntry, bytes: Uint8Array): Float32Array {
  const expectedBytes = 4 * parameterCount(entry.shape);
  if (bytes.length !== expectedBytes)
    throw new BaseFileError(
      `${entry.file} has ${bytes.length} bytes, expected ${expectedBytes} (${expectedBytes / 4} float32 parameters)`,
    );
  const found = checksum(bytes);
  if (found !== entry.sha256)
    throw new BaseFileError(
      `${entry.file} has the wrong checksum: sha256 ${found.slice(0, 12)}…, expected ${entry.sha256.slice(0, 12)}…`,
    );
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Float32Array.from({ length: expectedBytes / 4 }, (_, i) => view.getFloat32(4 * i, true));
}

/** The bytes of a base's file. */
export function serialiseBase(parameters: Float32Array): Uint8Array {
  const bytes = new Uint8Array(4 * parameters.length);
  const view = new DataView(bytes.buffer);
  parameters.forEach((value, i) => view.setFloat32(4 * i, value, true));
  return bytes;
}
