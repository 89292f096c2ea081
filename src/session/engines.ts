import { LeftOffError, type Engine, type EngineLostError } from '../policy/policy.ts';
import { checksBeside, isLoss } from './checkedEngines.ts';
import {
  ENGINE_MAKERS,
  messageOf,
  NAMES,
  type ChosenEngine,
  type EngineMakers,
  type EngineRequest,
} from './engineMakers.ts';
import { saying, theFaster } from './fasterEngine.ts';
import { isMissingPart } from './missingPart.ts';
import type { Progress } from './protocol.ts';

const STARTING: Progress = { label: 'starting WebGL', done: 0, total: 3 };

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
