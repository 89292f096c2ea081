import { spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ALGORITHMS } from '../../src/rl/algorithms.ts';
import { cli } from '../cli/inProcess.ts';

const CHECK = new URL('../reference/check_trace.py', import.meta.url).pathname;
const PYTHON = ['python3', '/usr/bin/python3'].find(
  (python) => spawnSync(python, ['-c', 'import torch']).status === 0,
);

let directory: string;
beforeAll(async () => (directory = await mkdtemp(join(tmpdir(), 'rlvr-pytorch-'))));
afterAll(() => rm(directory, { recursive: true }));

const SMALL = '--seed 12345 --prompts 16 --group-size 8 --eval-problems 2 --eval-samples 0';
/** Far enough off-policy that bounds bind, penalties pull and lots are cast. */
const OFF_POLICY = [
  '--algorithm dapo --inner-epochs 3',
  '--algorithm ppo --inner-epochs 3 --kl 0.2',
  '--algorithm kl-reward --minibatches 4 --kl-estimator k3',
  '--algorithm clip-cov --minibatches 4 --covariance-share 0.2',
  '--algorithm cispo --clip-low 0.05 --clip-high 0.05 --kl 0.3 --kl-estimator k2',
  '--algorithm sapo --inner-epochs 3',
  '--algorithm entropy-tokens --entropy-bonus 0.1',
  '--algorithm ppo --shaping repeats --tokens high-entropy --token-share 0.5',
  '--algorithm gspo --clip-low 0.05 --clip-high 0.05',
].map((flags) => `${flags} --lr 0.01`);
const OTHERS = ['--verifier random', '--train-problems 8', '--task maze --prior narrow'];
const flagsOf = (algorithm: string): string =>
  `--algorithm ${algorithm}${algorithm === 'process' ? ' --task countdown-steps' : ''}`;

describe.skipIf(!PYTHON)('PyTorch recomputes every update of step 1', () => {
  it.each([...Object.keys(ALGORITHMS).map(flagsOf), ...OFF_POLICY, ...OTHERS])(
    'with %s',
    async (flags) => {
      const file = join(directory, 'trace.json');
      const args = ['trace', ...SMALL.split(' '), ...flags.split(' '), '--out', file];
      expect(await cli(...args)).toMatchObject({ code: 0 });
      const { status, stdout, stderr } = spawnSync(PYTHON!, [CHECK, file], { encoding: 'utf8' });
      const failed = stdout.split('\n').filter((line) => line.startsWith('FAIL'));
      expect({ status, failed, stderr }).toEqual({ status: 0, failed: [], stderr: '' });
      expect(stdout).toMatch(/^ok +update 1 of \d+: gradient/m);
    },
    120_000,
  );
});
