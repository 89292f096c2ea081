import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { numbersIn } from '../src/cli/study/blocks.ts';
import { isSolvable, SOLVABLE_K } from '../src/evaluation/solvable.ts';
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
    const written = rows(study('domains.md') + study('beyond.md') + reports);
    expect(rows(results).length).toBeGreaterThanOrEqual(6);
    for (const row of rows(results)) expect(written).toContainEqual(row);
  });

  it('has only numbers that the studies found', () => {
    const found = new Set(
      numbersIn(study('domains.md') + study('beyond.md') + study('algorithms.md') + reports),
    );
    const numbers = numbersIn(results);
    expect(numbers.length).toBeGreaterThan(60);
    expect(numbers.filter((number) => !found.has(number))).toEqual([]);
  });

  it('says what GRPO reached beyond the prior, and what its base had to begin with', () => {
    const programs = rows(study('beyond.md')).find(([task]) => task === 'Programs')!;
    expect(results.replaceAll(/\s+/g, ' ')).toContain(
      `on programs it solves ${programs.at(-1)} of ${programs[2]} such problems`,
    );
    const { heldOutP } = new Map(bases).get('countdown-3')!;
    expect(results).toContain(`the base solves all ${heldOutP.length} with ${SOLVABLE_K} samples`);
    expect(heldOutP.every(isSolvable)).toBe(true);
  });

  it('says of each algorithm what its study found', () => {
    const { atEnd, equallyFar } = JSON.parse(study('algorithms.json')) as Record<
      'atEnd' | 'equallyFar',
      { label: string; numbers: Record<string, { mean: number; half: number }> | null }[]
    >;
    const shown = (of: typeof atEnd, label: string, column: string) => {
      const { mean, half } = of.find((summary) => summary.label === label)!.numbers![column]!;
      return `${mean.toFixed(3)} ± ${half.toFixed(3)}`;
    };
    const text = results.replaceAll(/\s+/g, ' ');
    for (const label of ['GRPO', 'DAPO', 'GRPO + KL in the loss (k3)'])
      for (const column of ['pass@1', 'pass@256'])
        expect(text).toContain(shown(atEnd, label, column));
    for (const label of [
      'GRPO',
      'Pass@k training',
      'GRPO on unsolved problems',
      'GRPO + entropy bonus',
      'GSPO',
    ])
      expect(text).toContain(shown(equallyFar, label, 'pass@256'));
    // What is said of all of them.
    for (const { numbers } of atEnd) expect(numbers!['RL only']!.mean).toBe(0);
    const without = equallyFar.filter(({ numbers }) => !numbers).map(({ label }) => label);
    expect(without).toEqual([
      'GRPO + KL in the loss (k3)',
      'GRPO + KL in the loss (k2)',
      'GRPO + KL in the reward (k1)',
      'Negative only (NSR)',
    ]);
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
