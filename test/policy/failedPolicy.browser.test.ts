import * as tf from '@tensorflow/tfjs-core';
import type { MathBackendWebGL } from '@tensorflow/tfjs-backend-webgl/dist/base';
import { afterEach, expect, test, vi } from 'vitest';
import { createWebglEngine } from '../../src/policy/webgl/engine.ts';
import { exampleParameters, SHAPE } from './example.ts';

afterEach(() => void vi.restoreAllMocks());

/** Programs that are left on the GPU by a policy that is made and disposed of, after one that failed if `fails`. */
async function programsLeft(fails: boolean): Promise<number> {
  const engine = await createWebglEngine();
  const { gl } = (tf.backend() as MathBackendWebGL).gpgpu;
  const made = vi.spyOn(gl, 'createProgram');
  const deleted = vi.spyOn(gl, 'deleteProgram');
  const parameters = exampleParameters(SHAPE);
  if (fails) {
    vi.spyOn(gl, 'createFramebuffer').mockImplementationOnce(() => {
      throw new Error('out of memory');
    });
    await expect(engine.createPolicy(SHAPE, parameters)).rejects.toThrow('out of memory');
  }
  const policy = await engine.createPolicy(SHAPE, parameters);
  policy.dispose();
  // What is freed then is freed in turns of its own.
  await new Promise((resolve) => setTimeout(resolve));
  const left = made.mock.calls.length - deleted.mock.calls.length;
  engine.dispose();
  vi.restoreAllMocks();
  return left;
}

test('a policy that cannot be made is no user of its network', async () => {
  expect(await programsLeft(true)).toBe(await programsLeft(false));
});
