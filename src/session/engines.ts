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
import { disagreement, stepTimer, tryEngine, type StepTimer } from './trial.ts';

type Report = (progress: Progress) => void;

export interface ChosenEngine {
  engine: Engine;
  /** Why this engine and not the other, for the badge. */
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

/** How to make either engine, and to time them; a test gives its own. */
export interface EngineMakers {
  webgl(report: Report, between?: Between): Promise<Engine>;
  reference(between?: Between): Engine | Promise<Engine>;
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
  reference: async (between) => {
    const { createReferenceEngine } = await import('../policy/reference/engine.ts');
    return createReferenceEngine('float32', between);
  },
};

/** How many times as fast the other engine has to be to take the place of the one that computed last. */
const CLEARLY_FASTER = 1.25;

/** Engines whose first steps differ by so many times need no more steps to be compared by. */
const BEYOND_DOUBT = 2;

/**
 * The engine for a run. WebGL has to agree with the reference engine on the first rollouts and on one update, in any
 * case; with `auto`, both then make real steps, and it has to be the faster one.
 *
 * @throws Error where WebGL is asked for and does not work.
 */
export async function chooseEngine(
  request: EngineRequest,
  makers: EngineMakers = ENGINE_MAKERS,
): Promise<ChosenEngine> {
  const { settings, report, held = null } = request;
  const choice = settings.engine;
  const kept = choice !== 'reference' && held?.kind === 'webgl' ? held : null;
  if (!kept) held?.dispose();
  if (choice === 'reference')
    return { engine: await makers.reference(request.between), reason: 'chosen in the settings' };

  report({ label: 'starting WebGL', done: 0, total: 3 });
  try {
    const { webgl, reference } = await checkedWebgl(request, makers, kept).catch((error) => {
      if (!isLoss(error)) throw error;
      return checkedAgain(request, makers);
    });
    if (choice === 'webgl') return { engine: webgl, reason: 'chosen in the settings' };
    return await theFaster(webgl, reference, request, makers);
  } catch (error) {
    const why = messageOf(error);
    if (error instanceof LeftOffError) throw error;
    if (choice === 'webgl')
      throw new Error(`WebGL was chosen but cannot run here: ${why}`, { cause: error });
    return {
      engine: await makers.reference(request.between),
      reason: `WebGL cannot run here: ${why}`,
    };
  }
}

/** A loss after which another try may do better. */
const isLoss = (error: unknown): boolean =>
  error instanceof EngineLostError && !(error instanceof EngineMemoryError);

/** Milliseconds before each attempt: a browser whose GPU process has died takes a moment to start another. */
const ATTEMPTS_AFTER_MS = [0, 500, 2000];

/** WebGL after a loss. @throws Error saying why the last of several attempts failed. */
async function checkedAgain(request: EngineRequest, makers: EngineMakers): Promise<Checked> {
  const { wait: pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms)) } = makers;
  let last: unknown;
  for (const ms of ATTEMPTS_AFTER_MS) {
    await pause(ms);
    try {
      return await checkedWebgl(request, makers, null);
    } catch (error) {
      if (error instanceof LeftOffError) throw error;
      last = error;
    }
  }
  throw last;
}

/** An engine on WebGL, and the reference engine with which its numbers agree. */
interface Checked {
  webgl: Engine;
  reference: Engine;
}

/** @throws Error if WebGL cannot start, or computes wrong numbers. */
async function checkedWebgl(
  { start, settings, report, between }: EngineRequest,
  makers: EngineMakers,
  kept: Engine | null,
): Promise<Checked> {
  const webgl = kept ?? (await makers.webgl(report, between));
  try {
    const reference = await makers.reference(between);
    const expected = await tryEngine(reference, start, settings);
    report({ label: 'trying a step on the GPU', done: 1, total: 3 });
    const wrong = disagreement(
      await tryEngine(webgl, start, settings, expected.rollouts),
      expected,
    );
    if (wrong) throw new Error(`${webgl.device} computes wrong numbers: ${wrong}`);
    return { webgl, reference };
  } catch (error) {
    webgl.dispose();
    throw error;
  }
}

/**
 * Compares a step of both or, where that leaves a doubt, the medians of three: another program that is busy for a moment
 * decides nothing.
 */
async function theFaster(
  webgl: Engine,
  reference: Engine,
  { start, settings, report, last = null }: EngineRequest,
  { now = () => performance.now() }: EngineMakers,
): Promise<ChosenEngine> {
  const timers: StepTimer[] = [];
  const timerOf = async (engine: Engine): Promise<StepTimer> => {
    const timer = await stepTimer(engine, start, settings, now);
    timers.push(timer);
    return timer;
  };
  let isGpu = false;
  try {
    const onGpu = await timerOf(webgl);
    const gpuTimes = [await onGpu.time()];
    report({ label: 'checking it against TypeScript', done: 2, total: 3 });
    const onCpu = await timerOf(reference);
    const cpuTimes = [await onCpu.time()];
    const ratio = gpuTimes[0]! / cpuTimes[0]!;
    while (gpuTimes.length < 3 && Math.max(ratio, 1 / ratio) < BEYOND_DOUBT) {
      gpuTimes.push(await onGpu.time());
      cpuTimes.push(await onCpu.time());
    }
    const [gpu, cpu] = [median(gpuTimes), median(cpuTimes)];
    const favour = { webgl: CLEARLY_FASTER, reference: 1 / CLEARLY_FASTER };
    isGpu = gpu <= cpu * (last ? favour[last] : 1);
    const [gpuMs, cpuMs] = [milliseconds(gpu), milliseconds(cpu)];
    if (isGpu)
      return { engine: webgl, reason: `${gpuMs} a step, TypeScript ${cpuMs}; their numbers agree` };
    return {
      engine: reference,
      reason: `faster here: ${cpuMs} a step, WebGL on ${webgl.device} ${gpuMs}`,
    };
  } finally {
    for (const timer of timers) timer.dispose();
    if (!isGpu) webgl.dispose();
  }
}

/** That an engine on WebGL is gone, and for how many times in a row without a new row in between. */
export interface LostEngine {
  error: EngineLostError;
  inARow: number;
}

/**
 * The engine that goes on in the place of a lost one: WebGL again, checked as at first, or else the reference engine, also
 * where WebGL was chosen, since the run is worth more than that. At a second loss in a row, or where the GPU has no memory,
 * WebGL is not tried.
 */
export async function replaceEngine(
  { error, inARow }: LostEngine,
  request: EngineRequest,
  makers: EngineMakers = ENGINE_MAKERS,
): Promise<ChosenEngine> {
  let why = messageOf(error);
  if (isLoss(error) && inARow < 2)
    try {
      const { webgl } = await checkedAgain(request, makers);
      return { engine: webgl, reason: 'started again after it was lost' };
    } catch (failed) {
      if (failed instanceof LeftOffError) throw failed;
      why = messageOf(failed);
    }
  return {
    engine: await makers.reference(request.between),
    reason: `WebGL cannot go on here: ${why}`,
    standsIn: true,
  };
}

/** Without the name of the engine, which stands before it already. */
const messageOf = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).replace(/^WebGL engine: /, '');

const milliseconds = (ms: number): string => `${ms < 10 ? ms.toFixed(1) : Math.round(ms)} ms`;
