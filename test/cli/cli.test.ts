import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CLI_SETTINGS } from '../../src/cli/flags.ts';
import type { TrainRow } from '../../src/experiments/train.ts';
import { parseBaseEntry } from '../../src/run/baseEntry.ts';
import { parseBase } from '../../src/run/bases.ts';
import { cli } from './inProcess.ts';
import { rlvr } from './sweepRuns.ts';

let directory: string;
beforeAll(async () => (directory = await mkdtemp(join(tmpdir(), 'rlvr-'))));
afterAll(() => rm(directory, { recursive: true }));

const SMALL = '--prompts 2 --group-size 4 --eval-problems 8 --eval-samples 4'.split(' ');
const rowsIn = (text: string): TrainRow[] =>
  text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as TrainRow);

describe('train', () => {
  it('writes the same rows to stdout and to a file, row 0 first', async () => {
    const args = ['train', '--seed', '7', '--steps', '4', '--eval-every', '2', ...SMALL];
    const file = join(directory, 'run.jsonl');
    // One of them as a user has it, in a process of its own.
    const printed = await rlvr(...args, '--out', '-');
    const written = await cli(...args, '--out', file);
    expect(printed.code).toBe(0);
    expect(written).toMatchObject({ code: 0, stdout: '' });
    const timeless = (rows: TrainRow[]) => rows.map((row) => ({ ...row, step_time: 0 }));
    const rows = rowsIn(printed.stdout);
    expect(timeless(rows)).toEqual(timeless(rowsIn(await readFile(file, 'utf8'))));
    expect(rows.map(({ step }) => step)).toEqual([0, 1, 2, 3, 4]);
    expect(Object.keys(rows[4]!.heldOut!.passAt)).toEqual(['1', '4', '16', '64', '256', '1024']);
    expect(rows[4]!.heldOut!.p.length).toBe(8);
  });

  it('leaves every evaluation as it was with --lr 0', async () => {
    const args = ['train', '--lr', '0', '--steps', '3', '--eval-every', '1', ...SMALL];
    const rows = rowsIn((await cli(...args)).stdout);
    expect(rows.length).toBe(4);
    for (const { heldOut, train } of rows) {
      expect(heldOut!.p).toEqual(rows[0]!.heldOut!.p);
      expect(train!.passAt).toEqual(rows[0]!.train!.passAt);
    }
  });
});

describe('a command line that cannot be taken', () => {
  it('ends the process with code 2, its reason and nothing else', async () => {
    const { code, stdout, stderr } = await rlvr('constructor');
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^unknown command 'constructor'\n/);
  });

  it.each([
    [['train', '--learning-rate', '1'], /unknown flag '--learning-rate'; valid flags are[^]*--lr/],
    [['train', 'countdown'], /unknown flag 'countdown'/],
    [['train', '--constructor', '1'], /unknown flag '--constructor'/],
    [['train', '--seed'], /--seed needs a value/],
    [['train', '--seed', '1', '--seed=2'], /--seed is given twice/],
    [['train', '--seed', 'x'], /--seed is 'x', expected a whole number from 0/],
    [['train', '--algorithm', 'trpo'], /expected one of grpo, dr-grpo, rloo/],
    [['train', '--engine', 'webgl'], /--engine is 'webgl', expected one of auto, wasm, reference/],
    [['pretrain', '--kl', '1'], /unknown flag '--kl'/],
    [['pretrain', '--role', 'pupil'], /--role is 'pupil', expected one of base, teacher/],
    [['fly'], /unknown command 'fly'[^]*train[^]*trace[^]*pretrain/],
    [['study', 'constructor'], /no study is called 'constructor'/],
  ])('%j is refused with code 2 and a reason', async (args, message) => {
    const { code, stdout, stderr } = await cli(...args);
    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toMatch(message);
  });

  /** What every object has, whatever is put into it. */
  const INHERITED = ['constructor', 'toString', 'hasOwnProperty', '__proto__', 'valueOf'];
  it.each(INHERITED)('%s is no command, and the value of no choice', async (name) => {
    expect((await cli(name)).stderr).toMatch(`unknown command '${name}'`);
    for (const setting of CLI_SETTINGS) {
      const { code, stderr } = await cli('train', `--${setting.flag}`, name);
      expect(code, setting.flag).toBe(2);
      expect(stderr).toMatch(`--${setting.flag} is '${name}', expected `);
    }
  });

  it('says why a file cannot be written', async () => {
    const { code, stderr } = await cli('train', '--steps', '0', '--out', join(directory, 'no/x'));
    expect(code).toBe(1);
    expect(stderr).toMatch(/ENOENT.*no\/x/);
  });

  // A device of Linux that is always full.
  it.skipIf(!existsSync('/dev/full'))('says that a disk is full, and where', async () => {
    const full = ['train', ...SMALL, '--steps', '0', '--out', '/dev/full'];
    const { code, stderr } = await cli(...full);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^\/dev\/full could not be written: ENOSPC: no space left/m);
  });
});

describe('a flag that changes nothing', () => {
  it('is named with the reason, and stops nothing', async () => {
    const idle = ['--warm-steps', '20', '--width', '64'];
    const { code, stdout, stderr } = await cli(
      ...['train', '--task', 'maze', '--experiment', 'power-sampling', '--steps', '0'],
      ...['--eval-problems', '2', '--chains', '1', ...idle],
    );
    expect(code).toBe(0);
    expect(rowsIn(stdout)).toHaveLength(1);
    expect(stderr).toMatch(/^--warm-steps changes nothing: Power sampling trains nothing/m);
    expect(stderr).toMatch(/^--width changes nothing: /m);
    expect(stderr.match(/changes nothing/g)).toHaveLength(2);
  });
});

describe('pretrain', () => {
  it('makes the same files twice, of either prior, each saying how it was made', async () => {
    const make = async (directoryName: string, prior: string) => {
      const out = join(directory, directoryName);
      const { code } = await cli(
        ...['pretrain', '--prior', prior, '--pretrain-steps', '3', '--width', '8'],
        ...['--eval-problems', '4', '--out', out],
      );
      expect(code).toBe(0);
      const name = `countdown-3${prior === 'narrow' ? '-narrow' : ''}`;
      const entry = parseBaseEntry(name, await readFile(join(out, `${name}.json`), 'utf8'));
      return { entry, bytes: await readFile(join(out, entry.file)) };
    };
    const first = await make('a', 'broad');
    expect(await make('b', 'broad')).toEqual(first);
    expect(first.entry.command).toBe(
      'npm run -s rlvr -- pretrain --prior broad --eval-problems 4 --pretrain-steps 3 --width 8',
    );
    expect(first.entry).not.toHaveProperty('beyondP');
    await parseBase(first.entry, first.bytes);

    const narrow = await make('a', 'narrow');
    expect(narrow.entry.command).toBe(
      'npm run -s rlvr -- pretrain --prior narrow --eval-problems 4 --pretrain-steps 3 --width 8',
    );
    expect(narrow.entry.beyondP!.length).toBe(4);
    expect(narrow.entry.heldOutP.length).toBe(4);
    expect(narrow.bytes).not.toEqual(first.bytes);
    const files = await readdir(join(directory, 'a'));
    expect(files.sort()).toEqual([
      ...['countdown-3-narrow.f32', 'countdown-3-narrow.json'],
      ...['countdown-3.f32', 'countdown-3.json'],
    ]);
  });
});
