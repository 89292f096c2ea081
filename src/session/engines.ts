import type { Engine } from '../policy/policy.ts';
import type { RunSettings } from '../run/settings.ts';
import type { Progress } from './protocol.ts';
import type { Start } from '../run/start.ts';
import { disagreement, tryEngine } from './trial.ts';

export interface ChosenEngine {
  engine: Engine;
  /** Why this engine and not the other, for the badge. */
  reason: string;
}

/** How to make either engine; a test gives its own. */
export interface EngineMakers {
  webgl(report: (progress: Progress) => void): Promise<Engine>;
  reference(): Engine | Promise<Engine>;
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

const milliseconds = (ms: number): string => `${ms < 10 ? ms.toFixed(1) : Math.round(ms)} ms`;

/**
 * The engine for a run. With `auto`, both make a real step of it: WebGL runs if its numbers agree with the reference
 * engine's and it is the faster one.
 * @throws Error where WebGL is asked for and does not work.
 */
export async function chooseEngine(
  choice: RunSettings['engine'],
  start: Start,
  settings: RunSettings,
  report: (progress: Progress) => void,
  makers: EngineMakers = ENGINE_MAKERS,
): Promise<ChosenEngine> {
  if (choice === 'reference')
    return { engine: await makers.reference(), reason: 'chosen in the settings' };

  let webgl: Engine;
  try {
    report({ label: 'starting WebGL', done: 0, total: 3 });
    webgl = await makers.webgl(report);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    if (choice === 'webgl')
      throw new Error(`WebGL was chosen but cannot run here: ${why}`, { cause: error });
    return { engine: await makers.reference(), reason: `WebGL cannot run here: ${why}` };
  }
  if (choice === 'webgl') return { engine: webgl, reason: 'chosen in the settings' };
  const reference = await makers.reference();

  const decline = (reason: string): ChosenEngine => {
    webgl.dispose();
    return { engine: reference, reason };
  };
  try {
    report({ label: 'trying a step on the GPU', done: 1, total: 3 });
    const onGpu = await tryEngine(webgl, start, settings);
    report({ label: 'checking it against TypeScript', done: 2, total: 3 });
    const onCpu = await tryEngine(reference, start, settings);
    const wrong = disagreement(onGpu, onCpu);
    if (wrong) return decline(`WebGL on ${webgl.device} computes wrong numbers here: ${wrong}`);
    const [gpu, cpu] = [milliseconds(onGpu.milliseconds), milliseconds(onCpu.milliseconds)];
    return onGpu.milliseconds <= onCpu.milliseconds
      ? { engine: webgl, reason: `${gpu} a step, TypeScript ${cpu}; their numbers agree` }
      : decline(`faster here: ${cpu} a step, WebGL on ${webgl.device} ${gpu}`);
  } catch (error) {
    return decline(`WebGL failed: ${error instanceof Error ? error.message : String(error)}`);
  }
}
