import { describe, expect, it } from 'vitest';
import { uniformSequence } from '../../src/core/random.ts';
import { createBatch } from '../../src/policy/batch.ts';
import { initialParameters } from '../../src/policy/initialise.ts';
import { createReferenceEngine } from '../../src/policy/reference/engine.ts';
import { attendedEngine } from '../../src/session/attendedEngine.ts';
import { LETTERS_SHAPE } from '../evaluation/example.ts';

const random = uniformSequence({ seed: 8, stream: 6, step: 0 });
const rows = Array.from({ length: 4100 }, () => {
  const length = 1 + Math.floor(3 * random());
  return {
    prompt: [3, 3 + Math.floor(2 * random())],
    response: Array.from({ length }, (_, t) =>
      t === length - 1 ? 0 : 1 + Math.floor(2 * random()),
    ),
  };
});
const parameters = initialParameters(LETTERS_SHAPE, 3);

describe('an attended engine', () => {
  it.each([false, true])(
    'scores 4,100 sequences in three parts with the same numbers, distributions: %s',
    async (distributions) => {
      const batch = createBatch(LETTERS_SHAPE, rows);
      const request = { batch, temperature: 0.8, distributions };
      const engine = createReferenceEngine();
      const plain = await (await engine.createPolicy(LETTERS_SHAPE, parameters)).score(request);
      let pauses = 0;
      const attended = attendedEngine(engine, async () => void pauses++);
      const policy = await attended.createPolicy(LETTERS_SHAPE, parameters);
      expect(await policy.score(request)).toEqual(plain);
      expect(pauses).toBe(3);
      await policy.score({ ...request, batch: createBatch(LETTERS_SHAPE, rows.slice(0, 2048)) });
      expect(pauses).toBe(4);
    },
  );

  it('ends a call by what the pause throws, before and within it', async () => {
    let pauses = 0;
    const attended = attendedEngine(createReferenceEngine(), async () => {
      if (++pauses > 1) throw new Error('enough');
    });
    const policy = await attended.createPolicy(LETTERS_SHAPE, parameters);
    const request = { batch: createBatch(LETTERS_SHAPE, rows), temperature: 1 };
    await expect(policy.score(request)).rejects.toThrow('enough');
    expect(pauses).toBe(2);
    await expect(
      policy.sample({
        prompts: Int32Array.from([3, 3]),
        groupSize: 2,
        temperature: 1,
        key: { seed: 1, stream: 1, step: 1 },
      }),
    ).rejects.toThrow('enough');
  });
});
