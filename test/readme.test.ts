import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { numbersIn } from '../src/cli/study/blocks.ts';
import { parameterCount } from '../src/policy/shape.ts';
import { parseBaseEntry } from '../src/run/baseEntry.ts';
import { checksum } from '../src/run/bases.ts';

const read = (file: string) => readFileSync(new URL(`../${file}`, import.meta.url));
const readme = read('README.md').toString();
const bases = readdirSync(new URL('../public/bases/', import.meta.url))
  .filter((file) => file.endsWith('.json'))
  .map((file) => {
    const name = file.replace('.json', '');
    return [name, parseBaseEntry(name, read(`public/bases/${file}`).toString())] as const;
  });

describe('the README', () => {
  const study = (name: string) => read(`test/bench/results/${name}`).toString();
  const results = readme.slice(
    readme.indexOf('## What it shows'),
    readme.indexOf('## Three engines'),
  );
  const reports = readdirSync(new URL('bench/results/studies/', import.meta.url))
    .map((file) => study(`studies/${file}`))
    .join('');
  /** The cells of every line of the tables in a text. */
  const rows = (text: string) =>
    text
      .split('\n')
      .filter((line) => line.startsWith('|'))
      .map((line) =>
        line
          .split('|')
          .slice(1, -1)
          .map((cell) => cell.trim()),
      )
      .filter((cells) => !/^-+$/.test(cells[0]!));

  it('has only tables that the studies wrote', () => {
    const written = rows(study('domains.md') + reports);
    expect(rows(results).length).toBeGreaterThanOrEqual(6);
    for (const row of rows(results)) expect(written).toContainEqual(row);
  });

  it('has only numbers that the studies found', () => {
    const found = new Set(numbersIn(study('domains.md') + reports));
    const numbers = numbersIn(results);
    expect(numbers.length).toBeGreaterThan(60);
    expect(numbers.filter((number) => !found.has(number))).toEqual([]);
  });

  it('names the size of the default network', () => {
    const { shape } = new Map(bases).get('countdown-3')!;
    expect(readme).toContain(`${parameterCount(shape).toLocaleString('en')} parameters`);
  });
});

describe('the shipped bases', () => {
  it.each(bases)(
    '%s has the checksum of its entry, and the command that makes it',
    async (name, base) => {
      expect(base.file).toBe(`${name}.f32`);
      expect(await checksum(read(`public/bases/${base.file}`))).toBe(base.sha256);
      expect(base.command).toMatch(/^npm run -s rlvr -- pretrain/);
      expect(base.heldOutP.length).toBeGreaterThanOrEqual(16);
      expect(base.beyondP === undefined).toBe(base.prior !== 'narrow');
    },
  );
});
