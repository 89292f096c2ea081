import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Plugin } from 'vite';

/** The worker's address, fixed, since browsers look there for a new version; beside the page, so that it serves all of the site. */
export const SERVICE_WORKER = 'service-worker.js';
const WORKER = new URL('../offline/serviceWorker.ts', import.meta.url);
/** What only other machines and the README read. */
const NOT_KEPT = new Set([SERVICE_WORKER, 'og.png', 'oembed.json', 'preview.png']);

const hashOf = (bytes: Buffer | string): string =>
  createHash('sha256').update(bytes).digest('base64');

/** A file that is kept: its SHA-256 in base64, and its size. */
interface KeptFile {
  hash: string;
  bytes: number;
}

/** The files of the built site that are kept for offline use, by their path. */
function filesOf(folder: string): Record<string, KeptFile> {
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(join(folder, sep).length))
    .map((path) => path.split(sep).join('/'))
    .filter((path) => !NOT_KEPT.has(path) && !path.startsWith('.vite/'));
  return Object.fromEntries(
    paths.sort().map((path) => {
      const bytes = readFileSync(join(folder, path));
      return [path, { hash: hashOf(bytes), bytes: bytes.length }];
    }),
  );
}

/** The service worker for these files, as one classic script: not every browser takes modules there. */
async function compile(files: Record<string, KeptFile>): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'error',
    publicDir: false,
    define: {
      FILES: JSON.stringify(files),
      VERSION: JSON.stringify(hashOf(JSON.stringify(files)).slice(0, 12)),
    },
    build: {
      write: false,
      lib: { entry: fileURLToPath(WORKER), formats: ['iife'], name: 'serviceWorker' },
    },
  });
  const [{ output }] = built as unknown as [{ output: [{ code: string }] }];
  return output[0].code;
}

/** Writes the service worker of the site that is built in a folder. */
export async function writeServiceWorker(folder: string): Promise<void> {
  writeFileSync(join(folder, SERVICE_WORKER), await compile(filesOf(folder)));
}

/** Adds the service worker to the built site, when all its files are written. There is none while developing. */
export function offline(): Plugin {
  return {
    name: 'offline',
    apply: 'build',
    writeBundle: {
      sequential: true,
      order: 'post',
      handler: ({ dir }) => writeServiceWorker(dir!),
    },
  };
}
