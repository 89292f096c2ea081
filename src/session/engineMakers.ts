import type { Between, Engine, EngineKind } from '../policy/policy.ts';
import type { Start } from '../run/start.ts';
import type { RunSettings } from '../run/settings.ts';
import type { Progress } from './protocol.ts';
import { whyNoGpu } from './whyNoGpu.ts';

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

/** What an engine is called beside another. */
export const NAMES: Readonly<Record<EngineKind, string>> = {
  webgl: 'WebGL',
  wasm: 'WebAssembly',
  reference: 'TypeScript',
};

/** Without the name of the engine, which stands before it already. */
export const messageOf = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).replace(/^WebGL engine: /, '');
