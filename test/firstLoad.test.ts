import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildSite } from './buildSite.ts';

/**
 * What a page loads before its first paint, in bytes as `gzip` makes them. Nothing that computes is among it: the worker
 * comes with Play, or with a link to a run. Before, its 16,998 bytes came with the page, so that all in all the first load
 * is lighter than the 68,885 bytes of the page that had one task and three algorithms. A long test holds what is loaded
 * until Play, cards in sight included, to 90 kB.
 */
const BUDGET = { script: 50_000, style: 3_500, worker: 20_500 };

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rlvr-first-load-'));
  await buildSite(folder);
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
  it('keeps to its budget', async () => {
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
    expect(worker).toBeLessThanOrEqual(BUDGET.worker);
  });
});
