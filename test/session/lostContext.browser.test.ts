import * as tf from '@tensorflow/tfjs-core';
import type { MathBackendWebGL } from '@tensorflow/tfjs-backend-webgl/dist/base';
import { describe, expect, it } from 'vitest';
import { shapeFor } from '../../src/experiments/pretrain.ts';
import { startTraining, type TrainRow } from '../../src/experiments/train.ts';
import { initialParameters } from '../../src/policy/initialise.ts';
import type { Engine, Policy } from '../../src/policy/policy.ts';
import { createWebglEngine } from '../../src/policy/webgl/engine.ts';
import { DEFAULT_SETTINGS, trainSettings } from '../../src/run/settings.ts';
import { createCheckpoints } from '../../src/session/checkpoints.ts';
import { survivingRows, type Loss } from '../../src/session/survive.ts';
import { createTask, splitProblems } from '../../src/tasks/registry.ts';

const task = await createTask('countdown-3');
const split = splitProblems(task, 1);
const shape = shapeFor(task, { width: 8, layers: 1, heads: 2 });
const settings = trainSettings({
  ...DEFAULT_SETTINGS,
  steps: 32,
  lr: 0.01,
  prompts: 2,
  groupSize: 4,
  evalEvery: 8,
  evalProblems: 4,
  evalSamples: 0,
});

type Verb = 'sample' | 'score' | 'update' | 'snapshot';

function loseContext(): void {
  const { gl } = (tf.backend() as MathBackendWebGL).gpgpu;
  gl.getExtension('WEBGL_lose_context')!.loseContext();
}

/** Loses the context right after call `at` of `verb` has submitted its work, so that its readback must fail. */
function losing(engine: Engine, verb: Verb, at: number): Engine {
  let calls = 0;
  return {
    ...engine,
    async createPolicy(shape, parameters) {
      const policy = await engine.createPolicy(shape, parameters);
      const original = policy[verb] as (...args: unknown[]) => Promise<unknown>;
      return {
        ...policy,
        [verb]: (...args: unknown[]) => {
          const answer = original(...args);
          if (++calls === at) loseContext();
          return answer;
        },
      } as Policy;
    },
  };
}

async function rowsWith(verb: Verb, at: number) {
  const losses: Loss[] = [];
  const rows: TrainRow[] = [];
  let engine: Engine | null = null;
  const surviving = survivingRows(
    async (checkpoint) => {
      const fresh = await createWebglEngine();
      engine = losses.length === 0 ? losing(fresh, verb, at) : fresh;
      const base = initialParameters(shape, 1);
      return startTraining(engine, task, shape, base, split, settings, checkpoint);
    },
    (loss) => {
      losses.push(loss);
      engine?.dispose();
    },
    { checkpoints: createCheckpoints(), lastStep: settings.steps },
  );
  for await (const row of surviving) rows.push({ ...row, step_time: 0 });
  engine!.dispose();
  return { rows, losses };
}

describe('a run on WebGL whose context is lost', () => {
  it.each([
    ['a rollout', 'sample', 12],
    ['an update', 'update', 29],
    ['the readback of an evaluation', 'score', 5],
    ['the readback of a snapshot', 'snapshot', 1],
  ] as const)('in the middle of %s goes on to the same rows', async (_, verb, at) => {
    const undisturbed = await rowsWith('update', Infinity);
    const disturbed = await rowsWith(verb, at);
    expect(disturbed.losses.length).toBe(1);
    expect(disturbed.rows.length).toBe(33);
    expect(disturbed.rows).toEqual(undisturbed.rows);
  });
});
