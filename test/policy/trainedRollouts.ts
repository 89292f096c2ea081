import type { Policy, Rollouts } from '../../src/policy/policy.ts';
import { ADAM, examplePrompts, exampleWeights, SHAPE } from './example.ts';

/** The rollouts of so many steps, with an update on each before the next. */
export async function trainedRollouts(policy: Policy, steps: number): Promise<Rollouts[]> {
  const all: Rollouts[] = [];
  const weights = exampleWeights(SHAPE, 15);
  for (let step = 0; step < steps; step++) {
    const batch = all.at(-1);
    if (batch) await policy.update({ batch, temperature: 0.7, weights, optimizer: ADAM });
    all.push(
      await policy.sample({
        prompts: examplePrompts(SHAPE, 3),
        groupSize: 5,
        temperature: 0.7,
        key: { seed: 2, stream: 5, step },
      }),
    );
  }
  return all;
}
