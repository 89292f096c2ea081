import type { Between, Engine, EngineKind } from '../policy/policy.ts';
import type { Start } from '../run/start.ts';
import type { RunSettings } from '../run/table.ts';
import { taskName } from '../run/trainSettings.ts';
import type { ChosenEngine, EngineMakers } from './engineMakers.ts';
import { chooseEngine, replaceEngine } from './engines.ts';
import type { Progress } from './protocol.ts';
import type { Loss, LossOfDevice } from './survive.ts';

/** The engine that a session computes on: chosen where a run needs it, kept as long as it serves. */
export interface EngineOfRun {
  /** The engine chosen last, if it has not been dropped since. */
  readonly engine: Engine | null;
  /**
   * The engine for these settings: the one there is, or a newly chosen one; after {@link lose} what takes the place of the
   * lost one.
   */
  for(settings: RunSettings, start: Start): Promise<Engine>;
  /** The engine `of` is lost; nothing else can be done with it. */
  lose(loss: Loss, of: Engine | null): void;
  /** A run begins anew: no loss is to be made up for, and what stands in for a lost engine has done its part. */
  beginAnew(): void;
  /** Disposes of the engine, if there is one; the next run that needs one has it chosen anew. */
  drop(): void;
}

/** What the session hears of its engine. */
export interface EngineNews {
  report(progress: Progress): void;
  /** An engine serves; `replaced` where it takes the place of a lost one. */
  serves(chosen: ChosenEngine, replaced: LossOfDevice | null): void;
}

/** Nothing is chosen yet. `between` is what engines await between the parts of their work. */
export function createEngineOfRun(
  { report, serves }: EngineNews,
  between: Between,
  makers: EngineMakers,
): EngineOfRun {
  /** Kept under what the choice depends on, so that Reset costs no trial. */
  let chosen: { key: string; result: ChosenEngine } | null = null;
  /** The loss of an engine in whose place none has been chosen yet. */
  let lost: LossOfDevice | null = null;
  /** What computed last stays, unless another is clearly faster. */
  let last: EngineKind | null = null;

  function drop(): void {
    chosen?.result.engine.dispose();
    chosen = null;
  }

  return {
    get engine() {
      return chosen?.result.engine ?? null;
    },

    async for(settings, start) {
      const { engine: choice, prompts, groupSize } = settings;
      // An engine is tried on every network anew. Which is faster depends on the sizes of a step too.
      const network = [taskName(settings), start.shape.width];
      const sizes = {
        auto: [...network, prompts * groupSize],
        ...{ webgl: network, wasm: network, reference: [] },
      };
      const key = [choice, ...sizes[choice]].join();
      if (chosen?.key !== key) {
        const held = chosen?.result.engine ?? null;
        chosen = null;
        const request = { settings, start, report, between, held, last };
        const result = lost
          ? await replaceEngine(lost, request, makers)
          : await chooseEngine(request, makers);
        chosen = { key, result };
      }
      const { result } = chosen;
      last = result.engine.kind;
      const replaced = lost;
      lost = null;
      serves(result, replaced);
      return result.engine;
    },

    lose(loss, of) {
      lost = { ...loss, device: of?.device ?? '' };
      // A question may have met the loss before, and have brought another engine.
      if (chosen?.result.engine === of) drop();
    },

    beginAnew() {
      lost = null;
      if (chosen?.result.standsIn) drop();
    },

    drop,
  };
}
