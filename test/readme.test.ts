import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parameterCount } from '../src/policy/shape.ts';
import { checksum, parseBaseEntry } from '../src/run/bases.ts';

const read = (file: string) => readFileSync(new URL(`../${file}`, import.meta.url));
const readme = read('README.md').toString();
const bases = readdirSync(new URL('../public/bases/', import.meta.url))
  .filter((file) => file.endsWith('.json'))
  .map((file) => {
    const name = file.replace('.json', '');
    return [name, parseBaseEntry(name, read(`public/bases/${file}`).toString())] as const;
  });

describe('the README', () => {
  it('quotes the results that the seeds gave', () => {
    const results = read('test/bench/results/seeds.md').toString();
    const cells = (text: string) =>
      text
        .split('\n')
        .find((line) => line.startsWith('| mean change'))!
        .split('|')
        .map((cell) => cell.trim());
    expect(cells(readme)).toEqual(cells(results));
    const runs = JSON.parse(read('test/bench/results/seeds.json').toString()).slice(0, 10);
    for (const { before, after } of runs) {
      expect(after.solvable.rlOnly).toBe(0);
      expect(readme).toContain(`pass@1 ${before.passAt['1'].toFixed(3)}`);
      expect(readme).toContain(`pass@256 ${before.passAt['256'].toFixed(3)}`);
    }
  });

  it('names the size of the default network, and stays within 150 lines', () => {
    const { shape } = new Map(bases).get('countdown-3')!;
    expect(readme).toContain(`${parameterCount(shape).toLocaleString('en')} parameters`);
    expect(readme.trimEnd().split('\n').length).toBeLessThanOrEqual(150);
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
      expect(base.beyondP === undefined).toBe(base.prior === 'broad');
    },
  );
});
