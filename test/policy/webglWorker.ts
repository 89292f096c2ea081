import { createWebglEngine } from '../../src/policy/webgl/engine.ts';
import { exampleParameters, SHAPE } from './example.ts';
import { trainedRollouts } from './trainedRollouts.ts';

/** Trains in a worker, on a canvas of its own if asked; answers with the rollouts. */
self.onmessage = async ({ data }: MessageEvent<{ ownCanvas: boolean; steps: number }>) => {
  try {
    const engine = await createWebglEngine(
      data.ownCanvas ? { canvas: new OffscreenCanvas(1, 1) } : {},
    );
    const policy = await engine.createPolicy(SHAPE, exampleParameters(SHAPE));
    self.postMessage({ rollouts: await trainedRollouts(policy, data.steps) });
    engine.dispose();
  } catch (error) {
    self.postMessage({ error: String(error) });
  }
};
