import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { mergeSections, showSoak, SOAKS, type SoakName } from './soak.ts';
import { soakWasm } from './soakWasm.ts';
import { soakWebgl } from './soakWebgl.ts';

/**
 * Trains 5,000 steps in WebAssembly in Node, and small ones on WebGL in the built page, and reports what they hold:
 * `npm run soak [-- STEPS [wasm | webgl]]`. Heaps are read after a garbage collection. Of an engine that is not asked for,
 * the report stays as it was.
 */
const [given = '5000', wanted] = process.argv.slice(2);
const steps = Number(given);
const names = SOAKS.filter((name) => wanted === undefined || wanted === name);
if (!Number.isInteger(steps) || steps < 200 || names.length === 0) {
  const got = process.argv.slice(2).join(' ');
  console.error(
    `usage: npm run soak [-- STEPS [${SOAKS.join(' | ')}]], STEPS a whole number from 200; got '${got}'`,
  );
  process.exit(2);
}

const SOAK = { wasm: soakWasm, webgl: soakWebgl };
const report = new URL('results/soak.md', import.meta.url);
const where = `${new Date().toISOString().slice(0, 10)}, ${cpus()[0]!.model.trim()} × ${cpus().length}`;
const sections: Partial<Record<SoakName, string>> = {};
for (const name of names) sections[name] = showSoak(name, steps, await SOAK[name](steps), where);
await mkdir(new URL('.', report), { recursive: true });
const before = await readFile(report, 'utf8').catch(() => '');
const merged = mergeSections(before, sections);
await writeFile(report, merged);
console.log(merged);
