import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { EngineLostError, EngineMemoryError, type Engine } from '../../src/policy/policy.ts';
import { createWasmEngine } from '../../src/policy/wasm/engine.ts';
import { DEFAULT_SETTINGS, type RunSettings } from '../../src/run/settings.ts';
import { watchedEngine, type Verb } from './engines.ts';
import { fetchBase, loading, startSession } from './serve.ts';

beforeEach(() => vi.stubGlobal('fetch', fetchBase));
afterEach(() => vi.unstubAllGlobals());

const small: RunSettings = {
  ...DEFAULT_SETTINGS,
  ...{ engine: 'webgl', base: 'live', width: 8, pretrainSteps: 3, lr: 0.01 },
  ...{ steps: 4, prompts: 2, groupSize: 4, evalEvery: 2, evalProblems: 4, evalSamples: 0 },
};

/**
 * A session whose WebGL is WebAssembly on a device that can be lost: from then on every verb of its policies says
 * so, and another engine has to be made.
 */
function startHost() {
  /** What is to go wrong: at which of the next calls of a verb, and how. */
  const plan: { verb: Verb; call: number; error: EngineLostError }[] = [];
  let made = 0;
  const webgl = async (): Promise<Engine> => {
    made++;
    let gone: EngineLostError | null = null;
    const engine = watchedEngine(
      (verb) => {
        const [next] = plan;
        if (next?.verb === verb && --next.call === 0) gone = plan.shift()!.error;
        if (gone) throw gone;
      },
      await createWasmEngine(),
    );
    return { ...engine, kind: 'webgl', device: 'a GPU' };
  };
  const session = startSession({ webgl, wait: async () => undefined });
  return {
    ...session,
    plan,
    made: () => made,
    notices: () =>
      session.events.flatMap((event) => (event.kind === 'notice' ? [event.message] : [])),
    engines: () =>
      session.events.flatMap((event) => (event.kind === 'engine' ? [event.engine] : [])),
  };
}

const lost = () => new EngineLostError('WebGL engine: the context was lost');

describe('a session whose engine is lost', () => {
  const undisturbed = (async () => {
    vi.stubGlobal('fetch', fetchBase);
    const host = startHost();
    await host.reach('paused', loading(1, small));
    await host.reach('finished', { kind: 'play' });
    return host.rows(1);
  })();

  it.each<[string, Verb, number, RegExp]>([
    ['a step', 'update', 2, /after step 1\. The run goes on from its snapshot of step [01], /],
    ['an evaluation', 'score', 3, /after step \d\. The run goes on from its snapshot of step \d, /],
  ])('in %s goes on, on the same device with the same rows', async (_, verb, call, said) => {
    const host = startHost();
    await host.reach('paused', loading(1, small));
    host.plan.push({ verb, call, error: lost() });
    await host.reach('finished', { kind: 'play' });
    expect(host.rows(1)).toEqual(await undisturbed);
    expect(host.made()).toBe(2);
    expect(host.notices()).toHaveLength(1);
    expect(host.notices()[0]).toMatch(said);
    expect(host.notices()[0]).toMatch(/context away .* with the same rows as if undisturbed\.$/);
  });

  it('while its base is trained begins that again', async () => {
    const host = startHost();
    // The first update is that which tries the engine.
    host.plan.push({ verb: 'update', call: 3, error: lost() });
    await host.reach('paused', loading(1, small));
    await host.reach('finished', { kind: 'play' });
    expect(host.rows(1)).toEqual(await undisturbed);
    expect(host.notices()).toEqual([
      expect.stringMatching(/before the first row\. The run begins again, with the same rows/),
    ]);
  });

  it.each([
    ['lost twice without a row in between', [lost(), lost()], 2, 'context away after step 0'],
    [
      'without the memory for its batch',
      [new EngineMemoryError('WebGL engine: no GPU memory for 7 MB')],
      1,
      'The GPU had too little memory after step 0 (WebGL engine: no GPU memory for 7 MB)',
    ],
  ])(
    '%s goes on in WebAssembly, up to rounding; another run tries WebGL again',
    async (_, errors, made, said) => {
      const host = startHost();
      await host.reach('paused', loading(1, small));
      const [first, second] = errors;
      host.plan.push({ verb: 'update', call: 1, error: first! });
      // After that which tries the new engine.
      if (second) host.plan.push({ verb: 'update', call: 2, error: second });
      await host.reach('finished', { kind: 'play' });
      expect(host.rows(1)).toEqual(await undisturbed);
      expect(host.made()).toBe(made);
      expect(host.notices().at(-1)).toContain(said);
      expect(host.notices().at(-1)).toMatch(/now on WebAssembly SIMD, .* up to rounding\.$/);
      expect(host.engines().at(-1)).toMatchObject({
        kind: 'wasm',
        reason: expect.stringContaining('cannot go on here'),
      });

      await host.reach('paused', loading(2, small));
      expect(host.engines().at(-1)).toMatchObject({ kind: 'webgl' });
      expect(host.made()).toBe(made + 1);
    },
  );

  it('under a question, finished or not, answers it on another', async () => {
    const host = startHost();
    await host.reach('paused', loading(1, small));
    await host.reach('finished', { kind: 'play' });
    host.plan.push({ verb: 'score', call: 1, error: lost() });
    const answered = host.until(({ kind }) => kind === 'answer' || kind === 'unanswered');
    host.send({ kind: 'ask', run: 1, id: 1, at: 0, question: { kind: 'tree', problem: 1 } });
    expect(await answered).toMatchObject({ kind: 'answer', id: 1 });
    expect(host.made()).toBe(2);
  });
});
