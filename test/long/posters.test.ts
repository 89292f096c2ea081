import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { runPosters } from '../../src/cli/poster.ts';
import { PRESETS } from '../../src/run/presets.ts';

/** The command in each file makes the same file again: on `wasm` a seed gives the same bits everywhere. */
it.each(Object.keys(PRESETS))('the poster of %s is what its command makes', async (preset) => {
  const folder = await mkdtemp(join(tmpdir(), 'rlvr-posters-'));
  await runPosters([preset, '--out', folder]);
  const shipped = new URL(`../../public/runs/posters/${preset}.json`, import.meta.url);
  expect(await readFile(join(folder, `${preset}.json`), 'utf8')).toBe(
    await readFile(shipped, 'utf8'),
  );
  await rm(folder, { recursive: true });
});
