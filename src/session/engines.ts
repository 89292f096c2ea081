import { median } from '../core/statistics.ts';
import {
  EngineLostError,
  EngineMemoryError,
  LeftOffError,
  type Between,
  type Engine,
  type EngineKind,
} from '../policy/policy.ts';
import type { RunSettings } from '../run/settings.ts';
import type { Progress } from './protocol.ts';
import type { Start } from '../run/start.ts';
import { isMissingPart } from './missingPart.ts';
import { whyNoGpu } from './whyNoGpu.ts';
import { disagreement, stepTimer, tryEngine, type StepTimer, type Trial } from './trial.ts';

type Report = (progress: Progress) => void;

export interface ChosenEngine {
  engine: Engine;
  /** Why this engine and no other, for the badge. */
  reason: string;
  /** Set where it only stands in for a WebGL that was lost; a run from its beginning tries that again. */
  standsIn?: true;
}

/** What an engine is chosen for. */
export interface EngineRequest {
  settings: RunSettings;
  start: Start;
  report: Report;
  /** What the engine awaits between the parts of its work. */
  between?: Between;
  /** The engine chosen before. It is taken again if it computes on WebGL and that is wanted, so that what it has compiled serves again, and else disposed of. */
  held?: Engine | null;
  /** Which kind computed last, and so stays unless the other is clearly faster. */
  last?: EngineKind | null;
}

/** How to make each engine, and to time them; a test gives its own. */
export interface EngineMakers {
  webgl(report: Report, between?: Between): Promise<Engine>;
  wasm(between?: Between): Promise<Engine>;
  reference(between?: Between): Engine | Promise<Engine>;
  /** Why WebGL would compute on no GPU here; null where it would. */
  whyNoGpu(): string | null;
  /** The clock, in milliseconds; the page's own if left out. */
  now?(): number;
  /** Waits so many milliseconds; by a timer if left out. */
  wait?(ms: number): Promise<void>;
}

/** Each engine is fetched only when it is wanted, and tfjs with that of WebGL. */
export const ENGINE_MAKERS: EngineMakers = {
  webgl: async (report, between) => {
    const { createWebglEngine } = await import('../policy/webgl/engine.ts');
    return createWebglEngine({
      ...(between ? { between } : {}),
      onCompile: (done, total) => report({ label: 'compiling shaders', done, total, isPart: true }),
    });
  },
  wasm: async (between) => {
    const { createWasmEngine } = await import('../policy/wasm/engine.ts');
    return createWasmEngine(between);
  },
  reference: async (between) => {
    const { createReferenceEngine } = await import('../policy/reference/engine.ts');
    return createReferenceEngine('float32', between);
  },
  whyNoGpu,
};

/** How many times as fast the other engine has to be to take the place of the one that computed last. */
const CLEARLY_FASTER = 1.25;

/** Engines whose first steps differ by so many times need no more steps to be compared by. */
const BEYOND_DOUBT = 2;

/** What an engine is called beside another. */
const NAMES: Readonly<Record<EngineKind, string>> = {
  webgl: 'WebGL',
  wasm: 'WebAssembly',
  reference: 'TypeScript',
};

/**
 * The engine for a run. Whatever computes has to agree with the reference engine on the first rollouts and on one update.
 * With `auto` it is WebGL where there is a GPU and that is the faster one in real steps, else WebAssembly, and plain
 * TypeScript where a browser or a policy of the page refuses that.
 *
 * @throws Error where WebGL or WebAssembly is asked for and does not work.
 */
export async function chooseEngine(
  request: EngineRequest,
  makers: EngineMakers = ENGINE_MAKERS,
): Promise<ChosenEngine> {
  const { settings, report, held = null } = request;
  const choice = settings.engine;
  const mayKeep = choice === 'webgl' || choice === 'auto';
  const kept = mayKeep && held?.kind === 'webgl' ? held : null;
  if (!kept) held?.dispose();
  const oracle = await makers.reference(request.between);
  if (choice === 'reference') return { engine: oracle, reason: 'chosen in the settings' };

  if (choice === 'webgl') report(STARTING);
  const checks = checksBeside(oracle, request, makers);
  if (choice !== 'auto')
    try {
      const engine = await (choice === 'wasm' ? checks.wasm() : checks.webgl(kept));
      return { engine, reason: 'chosen in the settings' };
    } catch (error) {
      if (error instanceof LeftOffError || isMissingPart(error)) throw error;
      const name = NAMES[choice];
      throw new Error(`${name} was chosen but cannot run here: ${messageOf(error)}`, {
        cause: error,
      });
    }

  const other = await checks.onProcessor().catch((error) => {
    kept?.dispose();
    throw error;
  });
  const missing = kept ? null : makers.whyNoGpu();
  if (missing !== null)
    return {
      engine: other.engine,
      reason: `${missing}; ${other.refused ?? 'the numbers of WebAssembly agree with TypeScript'}`,
    };
  report(STARTING);
  let webgl: Engine;
  try {
    webgl = await checks.webgl(kept);
  } catch (error) {
    if (!(error instanceof LeftOffError))
      return saying(other, `WebGL cannot run here: ${messageOf(error)}`);
    other.engine.dispose();
    throw error;
  }
  return theFaster(webgl, other, request, makers);
}

const STARTING: Progress = { label: 'starting WebGL', done: 0, total: 3 };

/** An engine on the processor. */
interface OnProcessor {
  engine: Engine;
  /** Why it is not WebAssembly; null where it is. */
  refused: string | null;
}

/** The engine with a reason, and with why it is plain TypeScript where it is. */
const saying = ({ engine, refused }: OnProcessor, reason: string): ChosenEngine => ({
  engine,
  reason: refused === null ? reason : `${reason}; ${refused}`,
});

/** Engines whose numbers agree with those of a reference engine. */
interface Checks {
  /** @throws Error if WebAssembly cannot start, or computes wrong numbers. */
  wasm(): Promise<Engine>;
  /** `kept` is taken again if it still works. @throws Error if WebGL cannot start, or computes wrong numbers. */
  webgl(kept: Engine | null): Promise<Engine>;
  /** WebGL after a loss. @throws Error saying why the last of several attempts failed. */
  webglAgain(): Promise<Engine>;
  /** WebAssembly or, where that does not work, the reference engine itself. */
  onProcessor(): Promise<OnProcessor>;
}

function checksBeside(
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
const isLoss = (error: unknown): boolean =>
  error instanceof EngineLostError && !(error instanceof EngineMemoryError);

/** Milliseconds before each attempt: a browser whose GPU process has died takes a moment to start another. */
const ATTEMPTS_AFTER_MS = [0, 500, 2000];

/**
 * Compares a step of both or, where that leaves a doubt, the medians of three: another program that is busy for a moment
 * decides nothing.
 */
async function theFaster(
  webgl: Engine,
  other: OnProcessor,
  { start, settings, report, last = null }: EngineRequest,
  { now = () => performance.now() }: EngineMakers,
): Promise<ChosenEngine> {
  const timers = new Map<Engine, StepTimer>();
  let timed = webgl;
  const time = async (engine: Engine): Promise<number> => {
    timed = engine;
    const timer = timers.get(engine) ?? (await stepTimer(engine, start, settings, now));
    timers.set(engine, timer);
    return timer.time();
  };
  /** The other is disposed of; so are both, if neither serves. */
  let serving: Engine | null = null;
  const serve = (chosen: ChosenEngine): ChosenEngine => {
    serving = chosen.engine;
    return chosen;
  };
  const name = NAMES[other.engine.kind];
  try {
    const gpuTimes = [await time(webgl)];
    report({ label: `timing it beside ${name}`, done: 2, total: 3 });
    const cpuTimes = [await time(other.engine)];
    const ratio = gpuTimes[0]! / cpuTimes[0]!;
    while (gpuTimes.length < 3 && Math.max(ratio, 1 / ratio) < BEYOND_DOUBT) {
      gpuTimes.push(await time(webgl));
      cpuTimes.push(await time(other.engine));
    }
    const [gpu, cpu] = [median(gpuTimes), median(cpuTimes)];
    const favour = last === null ? 1 : last === 'webgl' ? CLEARLY_FASTER : 1 / CLEARLY_FASTER;
    const [gpuMs, cpuMs] = [milliseconds(gpu), milliseconds(cpu)];
    if (gpu <= cpu * favour)
      return serve({
        engine: webgl,
        reason: `${gpuMs} a step, ${name} ${cpuMs}; their numbers agree`,
      });
    return serve(saying(other, `faster here: ${cpuMs} a step, WebGL on ${webgl.device} ${gpuMs}`));
  } catch (error) {
    if (error instanceof LeftOffError) throw error;
    const why = `${NAMES[timed.kind]} cannot run here: ${messageOf(error)}`;
    return serve(timed === webgl ? saying(other, why) : { engine: webgl, reason: why });
  } finally {
    for (const timer of timers.values()) timer.dispose();
    for (const engine of [webgl, other.engine]) if (engine !== serving) engine.dispose();
  }
}

/** That an engine on WebGL is gone, and for how many times in a row without a new row in between. */
export interface LostEngine {
  error: EngineLostError;
  inARow: number;
}

/**
 * The engine that goes on in the place of a lost one: WebGL again, checked as at first, or else one on the processor, also
 * where WebGL was chosen, since the run is worth more than that. At a second loss in a row, or where the GPU has no memory,
 * WebGL is not tried.
 */
export async function replaceEngine(
  { error, inARow }: LostEngine,
  request: EngineRequest,
  makers: EngineMakers = ENGINE_MAKERS,
): Promise<ChosenEngine> {
  request.held?.dispose();
  const checks = checksBeside(await makers.reference(request.between), request, makers);
  let why = messageOf(error);
  if (isLoss(error) && inARow < 2)
    try {
      return {
        engine: await checks.webglAgain(),
        reason: 'started again after it was lost',
      };
    } catch (failed) {
      if (failed instanceof LeftOffError) throw failed;
      why = messageOf(failed);
    }
  const other = await checks.onProcessor();
  return { ...saying(other, `WebGL cannot go on here: ${why}`), standsIn: true };
}

/** Without the name of the engine, which stands before it already. */
const messageOf = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).replace(/^WebGL engine: /, '');

const milliseconds = (ms: number): string => `${ms < 10 ? ms.toFixed(1) : Math.round(ms)} ms`;
