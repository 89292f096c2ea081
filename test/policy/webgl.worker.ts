import { createWebglEngine } from '../../src/policy/webgl/engine.ts';
import type { SampleRequest } from '../../src/policy/policy.ts';
import { exampleParameters, SHAPE } from './example.ts';

/** Samples once in a worker and answers with the rollouts, or with the error's message. */
self.onmessage = async ({ data }: MessageEvent<SampleRequest>) => {
  try {
    const engine = await createWebglEngine();
    const policy = await engine.createPolicy(SHAPE, exampleParameters(SHAPE));
    self.postMessage({ device: engine.device, rollouts: await policy.sample(data) });
  } catch (error) {
    self.postMessage({ error: String(error) });
  }
};
