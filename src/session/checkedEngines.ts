import { EngineLostError, EngineMemoryError, LeftOffError, type Engine } from '../policy/policy.ts';
import { messageOf, type EngineMakers, type EngineRequest } from './engineMakers.ts';
import { isMissingPart } from './missingPart.ts';
import { disagreement, tryEngine, type Trial } from './trial.ts';

/** An engine on the processor. */
export interface OnProcessor {
  engine: Engine;
  /** Why it is not WebAssembly; null where it is. */
  refused: string | null;
}

/** Engines whose numbers agree with those of a reference engine. */
export interface Checks {
  /** @throws Error if WebAssembly cannot start, or computes wrong numbers. */
  wasm(): Promise<Engine>;
  /** `kept` is taken again if it still works. @throws Error if WebGL cannot start, or computes wrong numbers. */
  webgl(kept: Engine | null): Promise<Engine>;
  /** WebGL after a loss. @throws Error saying why the last of several attempts failed. */
  webglAgain(): Promise<Engine>;
  /** WebAssembly or, where that does not work, the reference engine itself. */
  onProcessor(): Promise<OnProcessor>;
}

/** `oracle` is a reference engine; its own trial is made once, when the first other engine is checked. */
export function checksBeside(
  oracle: Engine,
  { start, settings, report, between }: EngineRequest,
  makers: EngineMakers,
): Checks {
  let expected: Promise<Trial> | null = null;

  async function checked(engine: Engine): Promise<Engine> {
    try {
      const ours = await (expected ??= tryEngine(oracle, start, settings));
      const wrong = disagreement(await tryEngine(engine, start, settings, ours.rollouts), ours);
      if (wrong) throw new Error(`${engine.device} computes wrong numbers: ${wrong}`);
      return engine;
    } catch (error) {
      engine.dispose();
      throw error;
    }
  }

  async function openWebgl(kept: Engine | null): Promise<Engine> {
    const webgl = kept ?? (await makers.webgl(report, between));
    report({ label: 'trying a step on the GPU', done: 1, total: 3 });
    return checked(webgl);
  }

  async function webglAgain(): Promise<Engine> {
    const { wait: pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms)) } = makers;
    let last: unknown;
    for (const ms of ATTEMPTS_AFTER_MS) {
      await pause(ms);
      try {
        return await openWebgl(null);
      } catch (error) {
        if (error instanceof LeftOffError) throw error;
        last = error;
      }
    }
    throw last;
  }

  const wasm = async (): Promise<Engine> => checked(await makers.wasm(between));
  return {
    wasm,
    webglAgain,

    webgl: (kept) =>
      openWebgl(kept).catch((error) => {
        if (!isLoss(error)) throw error;
        return webglAgain();
      }),

    async onProcessor() {
      try {
        return { engine: await wasm(), refused: null };
      } catch (error) {
        // What the browser could not load is no word on what it can compute.
        if (error instanceof LeftOffError || isMissingPart(error)) throw error;
        return { engine: oracle, refused: `WebAssembly cannot run here: ${messageOf(error)}` };
      }
    },
  };
}

/** A loss after which another try may do better. */
export const isLoss = (error: unknown): boolean =>
  error instanceof EngineLostError && !(error instanceof EngineMemoryError);

/** Milliseconds before each attempt: a browser whose GPU process has died takes a moment to start another. */
const ATTEMPTS_AFTER_MS = [0, 500, 2000];
