import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { LeftOffError, type Between, type Policy } from '../../src/policy/policy.ts';
import { createReferenceEngine } from '../../src/policy/reference/engine.ts';
import { DEFAULT_SETTINGS } from '../../src/run/settings.ts';
import type { SessionCommand } from '../../src/session/protocol.ts';
import {
  ADAM,
  exampleParameters,
  examplePrompts,
  exampleWeights,
  SHAPE,
} from '../policy/example.ts';
import { changedEngine } from './engines.ts';
import { fetchBase, loading, startSession } from './serve.ts';

beforeEach(() => vi.stubGlobal('fetch', fetchBase));
afterEach(() => vi.unstubAllGlobals());

const request = {
  prompts: examplePrompts(SHAPE, 4),
  groupSize: 8,
  temperature: 1,
  key: { seed: 1, stream: 2, step: 3 },
};
const optimised = (batch: Awaited<ReturnType<Policy['sample']>>) => ({
  batch,
  temperature: 1,
  weights: exampleWeights(SHAPE, batch.lengths.length),
  optimizer: ADAM,
});

describe('the reference engine, between the parts of its work', () => {
  const policyWith = (between?: Between) =>
    createReferenceEngine('float32', between).createPolicy(SHAPE, exampleParameters(SHAPE));

  it('waits for whom it is told to, and computes the same', async () => {
    const waits: string[] = [];
    let verb = '';
    const watched = await policyWith(async () => void waits.push(verb));
    const plain = await policyWith();
    const results = [];
    for (const policy of [watched, plain]) {
      verb = 'sample';
      const batch = await policy.sample(request);
      verb = 'update';
      const report = await policy.update(optimised(batch));
      results.push([batch, report, await policy.snapshot()]);
    }
    expect(results[0]).toEqual(results[1]);
    const count = (of: string) => waits.filter((each) => each === of).length;
    expect(count('sample')).toBe(SHAPE.responseLength);
    // Five for each layer.
    expect(count('update')).toBe(5 * SHAPE.layers);
  });

  it('does not begin a verb before the one that pauses is over, though nobody waits for that', async () => {
    const sampledAfter = async (waits: boolean) => {
      const policy = await policyWith(() => new Promise((resolve) => setTimeout(resolve)));
      const update = policy.update(optimised(await policy.sample(request)));
      if (waits) await update;
      const next = await policy.sample(request);
      await update;
      return next;
    };
    expect(await sampledAfter(false)).toEqual(await sampledAfter(true));
  });

  it('leaves off what nobody wants any more', async () => {
    let left = 7;
    const policy = await policyWith(async () => {
      if (--left === 0) throw new LeftOffError('enough');
    });
    const batch = await policy.sample(request);
    await expect(policy.update(optimised(batch))).rejects.toThrow(LeftOffError);
  });
});

describe('a long step', () => {
  it('is left off for another run, and none of its rows comes', async () => {
    const verbs: string[] = [];
    const session = startSession({
      reference: (between) =>
        changedEngine(
          ({ sample, update }) => ({
            sample(of) {
              verbs.push(`sample ${of.groupSize}`);
              return sample(of);
            },
            update(of) {
              verbs.push('update');
              return update(of);
            },
          }),
          createReferenceEngine('float32', between),
        ),
    });
    const load = (run: number, groupSize: number): SessionCommand =>
      loading(run, {
        ...{ ...DEFAULT_SETTINGS, engine: 'reference', steps: 1, prompts: 16, groupSize },
        ...{ evalProblems: 4, evalSamples: 0 },
      });
    await session.reach('paused', load(1, 256));
    verbs.length = 0;
    await session.reach('playing', { kind: 'play' });
    const other = session.until((event) => event.kind === 'row' && event.run === 2);
    // As a message that comes while the step is computed.
    setTimeout(() => session.send(load(2, 4)));
    await other;
    // All others are of what the other run evaluates.
    expect(verbs.filter((verb) => /update|256/.test(verb))).toEqual(['sample 256']);
    const rows = session.events.flatMap((event) =>
      event.kind === 'row' ? [[event.run, event.row.step]] : [],
    );
    expect(rows).toEqual([
      [1, 0],
      [2, 0],
    ]);
    expect(session.events.some(({ kind }) => kind === 'failure')).toBe(false);
  });
});
