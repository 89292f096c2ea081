import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { LeftOffError, type Between, type Engine, type Policy } from '../../src/policy/policy.ts';
import { createReferenceEngine } from '../../src/policy/reference/engine.ts';
import { DEFAULT_SETTINGS, type RunSettings } from '../../src/run/settings.ts';
import { createHost } from '../../src/session/host.ts';
import type { SessionEvent } from '../../src/session/protocol.ts';
import {
  ADAM,
  exampleParameters,
  examplePrompts,
  exampleWeights,
  SHAPE,
} from '../policy/example.ts';
import { fetchBase } from './serve.ts';

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
    const events: SessionEvent[] = [];
    const verbs: string[] = [];
    let hear = (_: SessionEvent): void => undefined;
    const send = createHost(
      (event) => {
        events.push(event);
        hear(event);
      },
      {
        webgl: () => Promise.reject(new Error('none in Node')),
        reference: (between): Engine => {
          const engine = createReferenceEngine('float32', between);
          return {
            ...engine,
            async createPolicy(shape, parameters) {
              const policy = await engine.createPolicy(shape, parameters);
              return {
                ...policy,
                sample: (of) => {
                  verbs.push(`sample ${of.groupSize}`);
                  return policy.sample(of);
                },
                update: (of) => {
                  verbs.push('update');
                  return policy.update(of);
                },
              };
            },
          };
        },
      },
    );
    const until = (wanted: (event: SessionEvent) => boolean) =>
      new Promise<void>((resolve) => {
        hear = (event) => {
          if (wanted(event)) resolve();
        };
      });
    const settings = (groupSize: number): RunSettings => ({
      ...DEFAULT_SETTINGS,
      ...{ engine: 'reference', steps: 1, prompts: 16, groupSize, evalProblems: 4, evalSamples: 0 },
    });
    const load = (run: number, groupSize: number) =>
      send({
        kind: 'load',
        run,
        settings: settings(groupSize),
        basesUrl: 'http://localhost/bases/',
      });
    const ready = until((event) => event.kind === 'state' && event.state === 'paused');
    load(1, 256);
    await ready;
    verbs.length = 0;
    const begins = until((event) => event.kind === 'state' && event.state === 'playing');
    send({ kind: 'play' });
    await begins;
    const other = until((event) => event.kind === 'row' && event.run === 2);
    // As a message that comes while the step is computed.
    setTimeout(() => load(2, 4));
    await other;
    // All others are of what the other run evaluates.
    expect(verbs.filter((verb) => /update|256/.test(verb))).toEqual(['sample 256']);
    const rows = events.flatMap((event) =>
      event.kind === 'row' ? [[event.run, event.row.step]] : [],
    );
    expect(rows).toEqual([
      [1, 0],
      [2, 0],
    ]);
    expect(events.some(({ kind }) => kind === 'failure')).toBe(false);
  });
});
