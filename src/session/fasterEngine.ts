import { median } from '../core/statistics.ts';
import { LeftOffError, type Engine } from '../policy/policy.ts';
import type { OnProcessor } from './checkedEngines.ts';
import {
  messageOf,
  NAMES,
  type ChosenEngine,
  type EngineMakers,
  type EngineRequest,
} from './engineMakers.ts';
import { stepTimer, type StepTimer } from './trial.ts';

/** How many times as fast the other engine has to be to take the place of the one that computed last. */
const CLEARLY_FASTER = 1.25;

/** Engines whose first steps differ by so many times need no more steps to be compared by. */
const BEYOND_DOUBT = 2;

/** The engine with a reason, and with why it is plain TypeScript where it is. */
export const saying = ({ engine, refused }: OnProcessor, reason: string): ChosenEngine => ({
  engine,
  reason: refused === null ? reason : `${reason}; ${refused}`,
});

/**
 * Compares a step of both or, where that leaves a doubt, the medians of three: another program that is busy for a moment
 * decides nothing.
 */
export async function theFaster(
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
        reason: `${gpuMs} per step, ${name} ${cpuMs}; their numbers agree`,
      });
    return serve(
      saying(other, `faster here: ${cpuMs} per step, WebGL on ${webgl.device} ${gpuMs}`),
    );
  } catch (error) {
    if (error instanceof LeftOffError) throw error;
    const why = `${NAMES[timed.kind]} cannot run here: ${messageOf(error)}`;
    return serve(timed === webgl ? saying(other, why) : { engine: webgl, reason: why });
  } finally {
    for (const timer of timers.values()) timer.dispose();
    for (const engine of [webgl, other.engine]) if (engine !== serving) engine.dispose();
  }
}

const milliseconds = (ms: number): string => `${ms < 10 ? ms.toFixed(1) : Math.round(ms)} ms`;
