import { EngineLostError, type Engine } from '../policy/policy.ts';
import type { RunSettings } from '../run/settings.ts';
import type { Progress } from './protocol.ts';
import type { Start } from '../run/start.ts';
import { disagreement, timeStep, tryEngine } from './trial.ts';

type Report = (progress: Progress) => void;

export interface ChosenEngine {
  engine: Engine;
  /** Why this engine and not the other, for the badge. */
  reason: string;
}

/** How to make either engine, and to time them; a test gives its own. */
export interface EngineMakers {
  webgl(report: Report): Promise<Engine>;
  reference(): Engine | Promise<Engine>;
  /** The clock, in milliseconds; the page's own if left out. */
  now?(): number;
}

/** Each engine is fetched only when it is wanted, and tfjs with that of WebGL. */
export const ENGINE_MAKERS: EngineMakers = {
  webgl: async (report) => {
    const { createWebglEngine } = await import('../policy/webgl/engine.ts');
    return createWebglEngine({
      onCompile: (done, total) => report({ label: 'compiling shaders', done, total, isPart: true }),
    });
  },
  reference: async () => (await import('../policy/reference/engine.ts')).createReferenceEngine(),
};

/**
 * The engine for a run. WebGL has to agree with the reference engine on the first rollouts and on one update, in any
 * case; with `auto`, both then make a real step, and it has to be the faster one.
 *
 * `held` is the engine chosen before: it is taken again if it computes on WebGL and that is what is wanted, so that what
 * it has compiled serves again, and else disposed of.
 * @throws Error where WebGL is asked for and does not work.
 */
export async function chooseEngine(
  choice: RunSettings['engine'],
  start: Start,
  settings: RunSettings,
  report: Report,
  makers: EngineMakers = ENGINE_MAKERS,
  held: Engine | null = null,
): Promise<ChosenEngine> {
  const kept = choice !== 'reference' && held?.kind === 'webgl' ? held : null;
  if (!kept) held?.dispose();
  if (choice === 'reference')
    return { engine: await makers.reference(), reason: 'chosen in the settings' };

  let webgl = kept;
  try {
    report({ label: 'starting WebGL', done: 0, total: 3 });
    webgl ??= await makers.webgl(report);
    return await tryWebgl(webgl, choice, start, settings, report, makers);
  } catch (error) {
    webgl?.dispose();
    if (kept && error instanceof EngineLostError)
      return chooseEngine(choice, start, settings, report, makers);
    const why = error instanceof Error ? error.message : String(error);
    if (choice === 'webgl')
      throw new Error(`WebGL was chosen but cannot run here: ${why}`, { cause: error });
    return { engine: await makers.reference(), reason: `WebGL cannot run here: ${why}` };
  }
}

/** @throws Error if the numbers of WebGL are wrong. */
async function tryWebgl(
  webgl: Engine,
  choice: 'auto' | 'webgl',
  start: Start,
  settings: RunSettings,
  report: Report,
  { reference: makeReference, now = () => performance.now() }: EngineMakers,
): Promise<ChosenEngine> {
  const reference = await makeReference();
  const expected = await tryEngine(reference, start, settings);
  report({ label: 'trying a step on the GPU', done: 1, total: 3 });
  const wrong = disagreement(await tryEngine(webgl, start, settings, expected.rollouts), expected);
  if (wrong) throw new Error(`${webgl.device} computes wrong numbers: ${wrong}`);
  if (choice === 'webgl') return { engine: webgl, reason: 'chosen in the settings' };

  const onGpu = await timeStep(webgl, start, settings, now);
  report({ label: 'checking it against TypeScript', done: 2, total: 3 });
  const onCpu = await timeStep(reference, start, settings, now);
  const [gpu, cpu] = [milliseconds(onGpu), milliseconds(onCpu)];
  if (onGpu <= onCpu)
    return { engine: webgl, reason: `${gpu} a step, TypeScript ${cpu}; their numbers agree` };
  webgl.dispose();
  return {
    engine: reference,
    reason: `faster here: ${cpu} a step, WebGL on ${webgl.device} ${gpu}`,
  };
}

const milliseconds = (ms: number): string => `${ms < 10 ? ms.toFixed(1) : Math.round(ms)} ms`;
