import { execFile } from 'node:child_process';
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

/**
 * What a page loads before its first paint and before its worker can begin, in bytes as `gzip` makes them: what it was
 * before there was more than one task and algorithm. What is chosen, or read further down, may come later.
 */
const BUDGET = { script: 51_887, style: 2_734, scriptAndWorker: 51_887 + 16_998 };

const root = new URL('..', import.meta.url).pathname;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rlvr-first-load-'));
  const { VITEST: _, ...env } = process.env;
  // A process of its own, since Vite builds for development where NODE_ENV says test.
  await promisify(execFile)(
    process.execPath,
    ['node_modules/vite/bin/vite.js', 'build', '--logLevel', 'error', '--outDir', folder],
    { cwd: root, env: { ...env, NODE_ENV: 'production' } },
  );
}, 120_000);
afterAll(() => rm(folder, { recursive: true }));

const read = (file: string): Promise<Buffer> => readFile(join(folder, file));
async function bytesOf(files: readonly string[]): Promise<number> {
  const sizes = await Promise.all(files.map(async (file) => gzipSync(await read(file)).length));
  return sizes.reduce((sum, size) => sum + size, 0);
}
/** A script and all that it imports statically. */
async function withImports(file: string, found = new Set<string>()): Promise<Set<string>> {
  if (found.has(file)) return found;
  found.add(file);
  const text = (await read(file)).toString();
  for (const [, name] of text.matchAll(/(?:\bfrom|\bimport)\s*["']\.\/([^"']+)["']/g))
    await withImports(`assets/${name}`, found);
  return found;
}

describe('the first load', () => {
  it('is no heavier than it was', async () => {
    const html = (await read('index.html')).toString();
    const named = [...html.matchAll(/(?:src|href)="\.\/(assets\/[^"]+)"/g)].map(
      ([, file]) => file!,
    );
    const entry = named.find((file) => /index-.*\.js$/.test(file))!;
    const preloaded = named.filter((file) => file.endsWith('.js'));
    const script = await bytesOf([...new Set([...preloaded, ...(await withImports(entry))])]);
    const style = await bytesOf(named.filter((file) => file.endsWith('.css')));
    const files = await readdir(join(folder, 'assets'));
    const workerEntry = files.find((file) => /^worker-.*\.js$/.test(file))!;
    const worker = await bytesOf([...(await withImports(`assets/${workerEntry}`))]);

    expect(Math.min(script, style, worker)).toBeGreaterThan(1000);
    expect(script).toBeLessThanOrEqual(BUDGET.script);
    expect(style).toBeLessThanOrEqual(BUDGET.style);
    expect(script + worker).toBeLessThanOrEqual(BUDGET.scriptAndWorker);
  });
});
