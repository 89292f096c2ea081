import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mean } from '../../src/core/statistics.ts';
import type { TrainRow } from '../../src/experiments/train.ts';
import { cli } from './inProcess.ts';

let directory: string;
beforeAll(async () => (directory = await mkdtemp(join(tmpdir(), 'rlvr-trace-'))));
afterAll(() => rm(directory, { recursive: true }));

interface State {
  updates: number;
  parameters: number[];
  firstMoment: number[];
  secondMoment: number[];
}
interface Trace {
  metrics: TrainRow;
  groupSize: number;
  outcomes: number[];
  problems: string[];
  mask: number[];
  tokens: number[];
  shape: { responseLength: number };
  optimizer: Record<'learningRate' | 'beta1' | 'beta2' | 'epsilon' | 'maxGradNorm', number>;
  updates: { from: number; to: number; gradientNorm: number; gradient: number[] }[];
  states: State[];
}

const SMALL = '--seed 12345 --prompts 8 --group-size 8 --eval-problems 2 --eval-samples 0';
async function made(command: string, flags: string): Promise<string> {
  const file = join(directory, 'made.json');
  const args = [command, ...SMALL.split(' '), ...flags.split(' ').filter(Boolean), '--out', file];
  expect(await cli(...args)).toMatchObject({ code: 0 });
  return readFile(file, 'utf8');
}
const traceOf = async (flags: string) => JSON.parse(await made('trace', flags)) as Trace;

/** Each state follows from the one before it by one step of Adam against the gradient of its update. */
function expectAdam({ states, updates, optimizer }: Trace): void {
  const { learningRate, beta1, beta2, epsilon, maxGradNorm } = optimizer;
  expect(states.map((state) => state.updates)).toEqual([0, ...updates.map((_, i) => i + 1)]);
  updates.forEach(({ gradient, gradientNorm }, i) => {
    const [before, after] = [states[i]!, states[i + 1]!];
    const n = after.updates;
    const clip = Math.min(1, maxGradNorm / gradientNorm);
    let worst = 0;
    gradient.forEach((each, at) => {
      const g = each * clip;
      const m = beta1 * before.firstMoment[at]! + (1 - beta1) * g;
      const v = beta2 * before.secondMoment[at]! + (1 - beta2) * g * g;
      const step =
        (-learningRate * (m / (1 - beta1 ** n))) / (Math.sqrt(v / (1 - beta2 ** n)) + epsilon);
      const moved = after.parameters[at]! - before.parameters[at]!;
      worst = Math.max(worst, Math.abs(moved - step), Math.abs(after.firstMoment[at]! - m));
    });
    expect(worst).toBeLessThan(1e-5);
  });
}

describe('a trace', () => {
  it.each([
    ['', 1],
    ['--algorithm ppo', 4],
    ['--verifier random', 1],
    ['--train-problems 8 --eval-every 1', 1],
    ['--algorithm dapo', 4],
    ['--minibatches 3 --inner-epochs 2 --lr 0.01', 6],
  ])('with %j is of step 1 as train makes it, in %i updates', async (flags, updates) => {
    const trace = await traceOf(flags);
    const rows = (await made('train', `${flags} --steps 2`)).trim().split('\n');
    const row = JSON.parse(rows[1]!) as TrainRow;
    expect(row.step).toBe(1);
    expect(trace.updates.length).toBe(updates);
    expect(row.grad_norm).toBeGreaterThan(0);
    for (const key of Object.keys(trace.metrics) as (keyof TrainRow)[])
      expect(trace.metrics[key], key).toBe(row[key]);

    // What is told of each update adds up to the row.
    const norms = trace.updates.map(({ gradientNorm }) => gradientNorm);
    expect(mean(norms)).toBeCloseTo(row.grad_norm!, 12);
    for (const { gradient, gradientNorm } of trace.updates)
      expect(Math.abs(Math.hypot(...gradient) - gradientNorm)).toBeLessThan(1e-5);
    // Dynamic sampling trains on others than it drew first.
    if (!flags.includes('dapo')) expect(mean(trace.outcomes)).toBeCloseTo(row.reward, 12);
    expect(trace.outcomes.length).toBe(8 * 8);
    expect(trace.mask.length).toBe(8 * 8 * trace.shape.responseLength);
    const bounds = trace.updates.map(({ from, to }) => [from, to]);
    if (updates === 6) {
      const epoch = [
        [0, 24],
        [24, 40],
        [40, 64],
      ];
      expect(bounds).toEqual([...epoch, ...epoch]);
    } else expect(bounds.at(-1)![1]).toBe(8 * 8);
    expectAdam(trace);
  });

  it.each([
    ['--experiment distillation', /--experiment is 'distillation'.* expected 'rlvr'/],
    ['--experiment power-sampling', /--experiment is 'power-sampling'.* expected 'rlvr'/],
    ['--warm-steps 3', /--warm-steps is '3'.* expected 0/],
    ['--steps 0', /--steps is '0'.* expected at least 1/],
  ])('with %s is refused by the name of the setting', async (flags, message) => {
    const file = join(directory, 'refused.json');
    const { code, stderr } = await cli('trace', ...flags.split(' '), '--out', file);
    expect(code).toBe(2);
    expect(stderr).toMatch(message);
    await expect(readFile(file)).rejects.toThrow('ENOENT');
  });

  it('of a step that makes no update says so', async () => {
    const flags = '--algorithm dapo --prompts 1 --group-size 1 --eval-problems 1 --eval-samples 0';
    const { code, stderr } = await cli('trace', ...flags.split(' '));
    expect(code).toBe(1);
    expect(stderr).toContain('it makes no update');
  });
});
