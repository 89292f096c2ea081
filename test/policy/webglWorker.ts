import { createWebglEngine } from '../../src/policy/webgl/engine.ts';
import { exampleParameters, examplePrompts, exampleWeights, SHAPE, ADAM } from './example.ts';

/** Two steps of training in a worker, on a canvas of its own if asked; answers with the tokens and parameters. */
self.onmessage = async ({ data }: MessageEvent<{ ownCanvas: boolean }>) => {
  try {
    const engine = await createWebglEngine(
      data.ownCanvas ? { canvas: new OffscreenCanvas(1, 1) } : {},
    );
    const policy = await engine.createPolicy(SHAPE, exampleParameters(SHAPE));
    const tokens: number[] = [];
    for (let step = 0; step < 2; step++) {
      const rollouts = await policy.sample({
        prompts: examplePrompts(SHAPE, 3),
        groupSize: 5,
        temperature: 0.7,
        key: { seed: 2, stream: 5, step },
      });
      tokens.push(...rollouts.responses);
      const weights = exampleWeights(SHAPE, 15);
      await policy.update({ batch: rollouts, temperature: 0.7, weights, optimizer: ADAM });
    }
    const { parameters } = await policy.snapshot();
    engine.dispose();
    self.postMessage({ tokens, parameters });
  } catch (error) {
    self.postMessage({ error: String(error) });
  }
};
