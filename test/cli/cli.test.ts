import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TrainRow } from '../../src/experiments/train.ts';
import { parseBaseEntry } from '../../src/run/baseEntry.ts';
import { parseBase } from '../../src/run/bases.ts';

const root = new URL('../../', import.meta.url).pathname;
let directory: string;
beforeAll(async () => (directory = await mkdtemp(join(tmpdir(), 'rlvr-'))));
afterAll(() => rm(directory, { recursive: true }));

interface Outcome {
  code: number;
  stdout: string;
  stderr: string;
}

async function rlvr(...args: string[]): Promise<Outcome> {
  try {
    const { stdout, stderr } = await promisify(execFile)(
      'node',
      ['--import', 'tsx', 'src/cli/main.ts', ...args],
      { cwd: root, maxBuffer: 1 << 28 },
    );
    return { code: 0, stdout, stderr };
  } catch (error) {
    const { code, stdout, stderr } = error as Outcome;
    return { code, stdout, stderr };
  }
}

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
    const [printed, written] = await Promise.all([
      rlvr(...args, '--out', '-'),
      rlvr(...args, '--out', file),
    ]);
    expect(printed.code).toBe(0);
    expect(written).toMatchObject({ code: 0, stdout: '' });
    const timeless = (rows: TrainRow[]) => rows.map((row) => ({ ...row, step_time: 0 }));
    const rows = rowsIn(printed.stdout);
    expect(timeless(rows)).toEqual(timeless(rowsIn(await readFile(file, 'utf8'))));
    expect(rows.map(({ step }) => step)).toEqual([0, 1, 2, 3, 4]);
    expect(Object.keys(rows[4]!.heldOut!.passAt)).toEqual(['1', '4', '16', '64', '256', '1024']);
    expect(rows[4]!.heldOut!.p.length).toBe(8);
  }, 60_000);

  it('leaves every evaluation as it was with --lr 0', async () => {
    const args = ['train', '--lr', '0', '--steps', '3', '--eval-every', '1', ...SMALL];
    const rows = rowsIn((await rlvr(...args)).stdout);
    expect(rows.length).toBe(4);
    for (const { heldOut, train } of rows) {
      expect(heldOut!.p).toEqual(rows[0]!.heldOut!.p);
      expect(train!.passAt).toEqual(rows[0]!.train!.passAt);
    }
  }, 60_000);
});

describe('a command line that cannot be taken', () => {
  it.each([
    [['train', '--learning-rate', '1'], /unknown flag '--learning-rate'; valid flags are[^]*--lr/],
    [['train', 'countdown'], /unknown flag 'countdown'/],
    [['train', '--seed'], /--seed needs a value/],
    [['train', '--seed', '1', '--seed=2'], /--seed is given twice/],
    [['train', '--seed', 'x'], /--seed is 'x', expected a whole number from 0/],
    [['train', '--algorithm', 'trpo'], /expected one of grpo, dr-grpo, rloo/],
    [['train', '--engine', 'webgl'], /unknown flag '--engine'/],
    [['pretrain', '--kl', '1'], /unknown flag '--kl'/],
    [['pretrain', '--role', 'pupil'], /--role is 'pupil', expected one of base, teacher/],
    [['fly'], /unknown command 'fly'[^]*train[^]*trace[^]*pretrain/],
  ])('%j is refused with code 2 and a reason', async (args, message) => {
    const { code, stdout, stderr } = await rlvr(...args);
    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toMatch(message);
  });

  it('says why a file cannot be written', async () => {
    const { code, stderr } = await rlvr('train', '--steps', '0', '--out', join(directory, 'no/x'));
    expect(code).toBe(1);
    expect(stderr).toMatch(/ENOENT.*no\/x/);
  });
});

describe('trace', () => {
  it('holds an update whose parts fit together', async () => {
    const file = join(directory, 'trace.json');
    const { code } = await rlvr(
      'trace',
      '--seed',
      '3',
      '--prompts',
      '8',
      '--group-size',
      '8',
      '--out',
      file,
    );
    expect(code).toBe(0);
    const trace = JSON.parse(await readFile(file, 'utf8'));
    const B = 64;
    expect(trace.rewards.length).toBe(B);
    expect(trace.tokens.length).toBe(B * trace.shape.responseLength);
    expect(trace.mask.reduce((sum: number, on: number) => sum + on, 0)).toBe(
      trace.tokens.filter((_: number, at: number) => trace.mask[at] === 1).length,
    );
    expect(trace.gradientNorm).toBeGreaterThan(0);
    const squares = trace.gradient.reduce((sum: number, g: number) => sum + g * g, 0);
    expect(Math.sqrt(squares) / trace.gradientNorm).toBeCloseTo(1, 5);
    // Adam's first step moves every parameter against its gradient by learningRate · |g| / (|g| + ε).
    const clip = Math.min(1, trace.optimizer.maxGradNorm / trace.gradientNorm);
    trace.gradient.forEach((g: number, i: number) => {
      const moved = trace.parametersAfter[i] - trace.parametersBefore[i];
      const size = Math.abs(g * clip);
      const expected =
        (-Math.sign(g) * trace.optimizer.learningRate * size) / (size + trace.optimizer.epsilon);
      expect(Math.abs(moved - expected)).toBeLessThan(1e-6);
    });
  }, 60_000);
});

describe('pretrain', () => {
  it('makes the same files twice, of either prior, each saying how it was made', async () => {
    const make = async (directoryName: string, prior: string) => {
      const out = join(directory, directoryName);
      const { code } = await rlvr(
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
      'npm run -s rlvr -- pretrain --eval-problems 4 --pretrain-steps 3 --width 8',
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
  }, 60_000);
});
