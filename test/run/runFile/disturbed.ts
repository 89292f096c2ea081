import { beforeAll, describe, expect, it } from 'vitest';
import { readFile } from 'node:fs/promises';
import { randomIndex } from '../../../src/core/draws.ts';
import { uniformSequence, type RandomSource } from '../../../src/core/random.ts';
import { parseBaseEntry } from '../../../src/run/baseEntry.ts';
import { BaseFileError, parseBase } from '../../../src/run/bases.ts';
import { readRunFile, writeRunFile } from '../../../src/run/runFile/runFile.ts';
import { RunFileError } from '../../../src/run/runFile/texts.ts';
import { closed, entryOf, exampleRun, opened, type Opened } from './example.ts';

const random = (step: number): RandomSource => uniformSequence({ seed: 11, stream: 0, step });

const ODD: readonly unknown[] = [
  ...[null, '', 'text', -1, 0, 1e308, -1e308, 0.5, 2 ** 53, true, [], {}, [[]], [null]],
  ...['<img src=x onerror=alert(1)>', '__proto__', '\u0000', { toString: 1 }, { length: 3 }],
];

/** Somewhere inside a value, something else, something less, or something twice. */
function disturb(value: unknown, uniform: RandomSource): void {
  let at = value as Record<string, unknown>;
  for (;;) {
    const names = Object.keys(at);
    if (names.length === 0) return;
    const name = names[randomIndex(uniform, names.length)]!;
    const next = at[name];
    if (typeof next === 'object' && next !== null && uniform() < 0.75) {
      at = next as Record<string, unknown>;
      continue;
    }
    const act = randomIndex(uniform, 4);
    if (act === 0) delete at[name];
    else if (act === 1 && Array.isArray(at)) at.push(next);
    else if (act === 2) at[`${name}2`] = next;
    else at[name] = ODD[randomIndex(uniform, ODD.length)];
    return;
  }
}

/** What is inside a file, changed where the structure is. */
function disturbInside(parts: Opened, uniform: RandomSource): void {
  const kind = uniform();
  if (kind < 0.4) disturb(parts.header, uniform);
  else if (kind < 0.85) {
    const index = randomIndex(uniform, parts.rows.length);
    const row = JSON.parse(parts.rows[index]!) as unknown;
    disturb(row, uniform);
    parts.rows[index] = JSON.stringify(row);
  } else if (kind < 0.9) parts.rows.splice(randomIndex(uniform, parts.rows.length), 1);
  else if (kind < 0.95)
    parts.blocks = parts.blocks.slice(0, randomIndex(uniform, parts.blocks.length));
  else
    new DataView(parts.blocks.buffer).setUint32(
      4 * randomIndex(uniform, parts.blocks.length >> 2),
      0xffffffff * uniform(),
      true,
    );
}

/** Bytes with some flipped, cut off, doubled or put elsewhere. */
function disturbBytes(bytes: Uint8Array, uniform: RandomSource): Uint8Array<ArrayBuffer> {
  const place = () => randomIndex(uniform, bytes.length + 1);
  const kind = randomIndex(uniform, 4);
  const [from, to] = [place(), place()].sort((a, b) => a - b) as [number, number];
  if (kind === 0) return bytes.slice(0, place());
  if (kind === 1) return Uint8Array.from([...bytes.slice(0, from), ...bytes.slice(to)]);
  if (kind === 2) return Uint8Array.from([...bytes.slice(0, to), ...bytes.slice(from)]);
  const copy = bytes.slice();
  // Half of them where the format is said.
  const at = uniform() < 0.5 ? randomIndex(uniform, Math.min(120, copy.length)) : place();
  if (at < copy.length) copy[at]! ^= 1 << randomIndex(uniform, 8);
  return copy;
}

/** Reads a file; says why it was refused, or that it was not. @throws whatever else was thrown. */
async function outcome(file: Blob): Promise<string | null> {
  try {
    const run = await readRunFile(file, entryOf);
    // What is taken can be written again, so that nothing in it is other than it is said to be.
    await writeRunFile(run);
    return null;
  } catch (error) {
    if (error instanceof RunFileError) return error.message;
    throw error;
  }
}

/** What must hold of so many disturbed files of each kind, with the bounds of what so many give. */
export function disturbedFiles(
  count: number,
  taken: readonly [least: number, most: number],
  messages: number,
): void {
  let whole: Opened;
  let bytes: Uint8Array;
  beforeAll(async () => {
    // A small network, and of its checkpoints the first and the last: quicker to read thousands of times.
    const run = await exampleRun({ base: 'live', width: 8 });
    const checkpoints = [run.checkpoints[0]!, run.checkpoints.at(-1)!];
    const { file } = await writeRunFile({ ...run, checkpoints });
    bytes = new Uint8Array(await file.arrayBuffer());
    whole = await opened(file);
  });

  describe(`${count} disturbed files each`, () => {
    it('of runs, disturbed inside: refused by name, or a run as any other', async () => {
      const found = new Map<string, number>();
      for (let i = 0; i < count; i++) {
        const parts = { ...structuredClone(whole) };
        disturbInside(parts, random(i));
        const message = await outcome(await closed(parts));
        found.set(message ?? 'taken', (found.get(message ?? 'taken') ?? 0) + 1);
      }
      for (const message of found.keys())
        expect(message, message).toMatch(/^(taken|its |row \d+|the |parameters|\w+Moment|a )/);
      // Neither is everything refused, such as another advantage, nor nothing.
      expect(found.get('taken')).toBeGreaterThan(taken[0]);
      expect(found.get('taken')).toBeLessThan(taken[1]);
      expect(found.size).toBeGreaterThan(messages);
    }, 600_000);

    it('of runs, disturbed byte by byte: refused each time', async () => {
      for (let i = 0; i < count; i++) {
        const disturbed = disturbBytes(bytes, random(10_000 + i));
        if (Buffer.compare(disturbed, bytes) === 0) continue;
        const message = await outcome(new Blob([disturbed]));
        expect(message, `mutation ${i}`).toMatch(/expected|missing|added/);
      }
    }, 600_000);

    it('of weights and of their entries: refused by name, or an entry as any other', async () => {
      const folder = new URL('../../../public/bases/', import.meta.url);
      const text = (await readFile(new URL('countdown-3.json', folder))).toString();
      const weights = new Uint8Array(await readFile(new URL('countdown-3.f32', folder)));
      for (let i = 0; i < count; i++) {
        const uniform = random(20_000 + i);
        try {
          if (i % 4 === 0) {
            const entry = parseBaseEntry('countdown-3', text);
            const disturbed = disturbBytes(weights, uniform);
            if (Buffer.compare(disturbed, weights) === 0) continue;
            await parseBase(entry, disturbed);
            expect.unreachable(`mutation ${i} of the weights was taken`);
          }
          const json = JSON.parse(text) as object;
          disturb(json, uniform);
          const disturbed =
            i % 4 === 1
              ? new TextDecoder().decode(disturbBytes(new TextEncoder().encode(text), uniform))
              : JSON.stringify(json);
          const entry = parseBaseEntry('countdown-3', disturbed);
          await parseBase(entry, weights);
          expect(entry.shape.width).toBe(32);
        } catch (error) {
          expect(error, `mutation ${i}: ${String(error)}`).toBeInstanceOf(BaseFileError);
          expect((error as Error).message).toMatch(/^countdown-3|expected|of the base/);
        }
      }
    }, 600_000);
  });
}
