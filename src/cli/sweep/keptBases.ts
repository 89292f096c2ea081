import { createHash } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseParameters, serialiseBase } from '../../run/bases.ts';
import { keysWith } from '../../run/definitions.ts';
import { taskName, type RunSettings } from '../../run/settings.ts';
import type { Versions } from '../../run/studies/recorded.ts';
import { engineKind } from '../engine.ts';
import { writeWhole } from './writeWhole.ts';

/** What decides a base that is pretrained for a run; every other setting is about what comes after it. */
export const OF_BASE = keysWith(({ readBy }) => readBy === 'base');

/** The name of a pretrained base: 16 hexadecimal digits of a hash of what decides it. */
export function baseId(settings: RunSettings, { project }: Versions): string {
  const resolved = { ...settings, engine: engineKind(settings), size: taskName(settings) };
  const decisive = [project, ...OF_BASE.map((key) => [key, resolved[key]])];
  return createHash('sha256').update(JSON.stringify(decisive)).digest('hex').slice(0, 16);
}

/**
 * The base `id` as it is kept in a directory, or made and kept there: the arms of a study that begin with one base need not
 * each pretrain it. Processes that want it at a time may each make it, and make the same.
 */
export async function keptBase(
  directory: string,
  id: string,
  make: () => Promise<Float32Array>,
): Promise<Float32Array> {
  await mkdir(directory, { recursive: true });
  const path = join(directory, `${id}.f32`);
  const found = await readFile(path).catch(() => null);
  if (found) return parseParameters(found);
  const parameters = await make();
  await writeWhole(path, serialiseBase(parameters));
  return parameters;
}
