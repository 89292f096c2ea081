import { startTraining, type Checkpoint, type TrainRow } from '../../../src/experiments/train.ts';
import { readFile } from 'node:fs/promises';
import { createWasmEngine } from '../../../src/policy/wasm/engine.ts';
import { freshSnapshot } from '../../../src/policy/snapshot.ts';
import { parseBaseEntry } from '../../../src/run/baseEntry.ts';
import { checksum, serialiseBase } from '../../../src/run/bases.ts';
import type { RunFile } from '../../../src/run/runFile/runFile.ts';
import { DEFAULT_SETTINGS, trainSettings, type RunSettings } from '../../../src/run/settings.ts';
import { assembleStart } from '../../../src/run/start.ts';
import { checkpointOf } from '../../../src/session/survive.ts';

const folder = new URL('../../../public/bases/', import.meta.url);

export const entryOf = async (name: string) =>
  parseBaseEntry(name, (await readFile(new URL(`${name}.json`, folder))).toString());

const SETTINGS: RunSettings = {
  ...{ ...DEFAULT_SETTINGS, steps: 4, prompts: 2, groupSize: 2, evalEvery: 2 },
  ...{ evalProblems: 4, evalSamples: 2, lr: 0.002, seed: 7 },
};

/** A run of 4 steps on the shipped base, with a checkpoint of each; the last has a judge and answers too. */
export async function exampleRun(
  changes: Partial<RunSettings> = {},
): Promise<Omit<RunFile, 'leftOut'>> {
  const settings = { ...SETTINGS, ...changes };
  const start = await assembleStart(settings, (file) => readFile(new URL(file, folder)));
  const { task, shape, parameters, split } = start;
  const engine = await createWasmEngine();
  const run = await startTraining(engine, task, shape, parameters, split, trainSettings(settings));
  const rows: TrainRow[] = [];
  const checkpoints: Checkpoint[] = [];
  for await (const row of run.rows) {
    rows.push(row);
    checkpoints.push(await checkpointOf(run, row.step, rows[0]!.heldOut!.p));
  }
  run.dispose();
  const last = checkpoints.at(-1)!;
  last.judge = { ...freshSnapshot(parameters.map((value) => value / 3)), updates: 11 };
  const { promptLength: P, responseLength: T } = shape;
  last.learner = {
    answers: {
      prompts: Int32Array.from({ length: 3 * P }, (_, i) => i % shape.vocabulary),
      responses: Int32Array.from({ length: 3 * T }, (_, i) => i % shape.outputs),
      lengths: Int32Array.of(1, 2, T),
    },
    past: [parameters.map((value) => value / 5), parameters.map((value) => value / 7)],
  };
  return {
    made: { at: '2026-01-02T03:04:05.000Z', by: 'a test' },
    view: { step: 3, problem: 2 },
    engine: { kind: 'reference', device: 'plain TypeScript, float32' },
    base: {
      name: settings.base === 'live' ? 'live' : 'countdown-3',
      sha256: await checksum(serialiseBase(parameters)),
    },
    ...{ branched: null, startedAt: 1.7e12, settings, shape, checkpoints, rows },
    problems: run.problems,
  };
}

/** What a file holds: its header, the lines of its rows, and what comes after them. */
export interface Opened {
  header: Record<string, unknown>;
  rows: string[];
  blocks: Uint8Array<ArrayBuffer>;
}

export async function opened(file: Blob): Promise<Opened> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const body = bytes.slice(bytes.indexOf(10) + 1);
  const stream = new Blob([body]).stream().pipeThrough(new DecompressionStream('gzip'));
  const raw = new Uint8Array(await new Response(stream).arrayBuffer());
  let at = 0;
  const line = (): string => {
    const end = raw.indexOf(10, at);
    const found = new TextDecoder().decode(raw.subarray(at, end));
    at = end + 1;
    return found;
  };
  const header = JSON.parse(line()) as Opened['header'];
  const rows = Array.from({ length: header['rows'] as number }, line);
  return { header, rows, blocks: raw.slice(at) };
}

/** A file around any bytes, with the right checksum: only what is inside can be wrong. */
export async function sealed(raw: BlobPart[], version = 1): Promise<Blob> {
  const stream = new Blob(raw).stream().pipeThrough(new CompressionStream('gzip'));
  const body = new Uint8Array(await new Response(stream).arrayBuffer());
  return new Blob([`rlvr-run ${version} ${body.length} ${await checksum(body)}\n`, body]);
}

export const closed = ({ header, rows, blocks }: Opened): Promise<Blob> =>
  sealed([[JSON.stringify(header), ...rows, ''].join('\n'), blocks]);
