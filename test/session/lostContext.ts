import * as tf from '@tensorflow/tfjs-core';
import type { MathBackendWebGL } from '@tensorflow/tfjs-backend-webgl/dist/base';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
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
  steps: 8,
  lr: 0.01,
  prompts: 2,
  groupSize: 4,
  evalEvery: 4,
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

/** What computes now: with all that it has compiled, until its context is lost. */
let held: Engine | null = null;
function drop(): void {
  held?.dispose();
  held = null;
}

async function rowsWith(lose: (engine: Engine) => Engine) {
  const losses: Loss[] = [];
  const rows: TrainRow[] = [];
  const surviving = survivingRows(
    async (checkpoint) => {
      held ??= await createWebglEngine();
      const engine = losses.length === 0 ? lose(held) : held;
      const base = initialParameters(shape, 1);
      return startTraining(engine, task, shape, base, split, settings, checkpoint);
    },
    (loss) => {
      losses.push(loss);
      drop();
    },
    { checkpoints: createCheckpoints(), lastStep: settings.steps },
  );
  for await (const row of surviving) rows.push({ ...row, step_time: 0 });
  return { rows, losses };
}

/** Cases: what the context is lost in the middle of, the verb that does it, and at which of its calls. */
export function describeLosses(cases: readonly (readonly [string, Verb, number])[]): void {
  describe('a run on WebGL whose context is lost', () => {
    afterAll(drop);
    let undisturbed: TrainRow[];
    beforeAll(async () => {
      undisturbed = (await rowsWith((engine) => engine)).rows;
    });

    it.each(cases)('in the middle of %s goes on to the same rows', async (_, verb, at) => {
      const { rows, losses } = await rowsWith((engine) => losing(engine, verb, at));
      expect(losses.length).toBe(1);
      expect(rows.length).toBe(settings.steps + 1);
      expect(rows).toEqual(undisturbed);
    });
  });
}
