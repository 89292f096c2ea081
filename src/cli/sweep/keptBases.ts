import { createHash } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseParameters, serialiseBase } from '../../run/bases.ts';
import { taskName, type RunSettings, type SettingKey } from '../../run/settings.ts';
import type { Versions } from '../../run/studies/recorded.ts';
import { engineKind } from '../engine.ts';
import { claim, isClaim } from './claim.ts';
import { writeWhole } from './writeWhole.ts';

/** What decides a base that is pretrained for a run; every other setting is about what comes after it. */
export const OF_BASE: readonly SettingKey[] = [
  ...(['task', 'size', 'prior', 'rarity', 'width', 'engine'] as const),
  ...(['baseSeed', 'pretrainSteps', 'correctFraction', 'demonstratedSize', 'pretrainLr'] as const),
];

/** The name of a pretrained base: 16 hexadecimal digits of a hash of what decides it. */
export function baseId(settings: RunSettings, { project }: Versions): string {
  const resolved = { ...settings, engine: engineKind(settings), size: taskName(settings) };
  const decisive = [project, ...OF_BASE.map((key) => [key, resolved[key]])];
  return createHash('sha256').update(JSON.stringify(decisive)).digest('hex').slice(0, 16);
}

/** How often a base that another process pretrains is looked for. */
const POLL_MS = 250;

/**
 * The base `id` as it is kept in a directory, or made and kept there. Of processes that want the same one, the first makes
 * it and the others wait: the arms of a study that begin with one base pretrain it once.
 */
export async function keptBase(
  directory: string,
  id: string,
  make: () => Promise<Float32Array>,
): Promise<Float32Array> {
  await mkdir(directory, { recursive: true });
  const path = join(directory, `${id}.f32`);
  for (;;) {
    const found = await readFile(path).catch(() => null);
    if (found) return parseParameters(found);
    const outcome = await claim(directory, id);
    if (!isClaim(outcome)) {
      await new Promise((resolve) => setTimeout(resolve, POLL_MS));
      continue;
    }
    try {
      // Again, since the one who held it before may have finished it.
      const meanwhile = await readFile(path).catch(() => null);
      if (meanwhile) return parseParameters(meanwhile);
      const parameters = await make();
      await writeWhole(
        path,
        join(directory, `.${id}.${process.pid}.tmp`),
        serialiseBase(parameters),
      );
      return parameters;
    } finally {
      await outcome.release();
    }
  }
}
