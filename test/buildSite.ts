import { execFile } from 'node:child_process';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const root = new URL('..', import.meta.url).pathname;

/**
 * Builds the page into a folder as `npm run build` does. In a process of its own, since Vite builds for development where
 * NODE_ENV says test, which is larger and slower.
 */
export async function buildSite(
  folder: string,
  /** Environment variables that the build reads. */
  more: Readonly<Record<string, string>> = {},
): Promise<void> {
  const { VITEST: _, SITE_URL: __, ...env } = process.env;
  await promisify(execFile)(
    process.execPath,
    ['node_modules/vite/bin/vite.js', 'build', '--logLevel', 'error', '--outDir', folder],
    { cwd: root, env: { ...env, ...more, NODE_ENV: 'production' } },
  );
}

/** Builds the page into a new folder of the system's temporary ones. */
export async function builtFolder(more?: Readonly<Record<string, string>>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'rlvr-site-'));
  await buildSite(folder, more);
  return folder;
}
