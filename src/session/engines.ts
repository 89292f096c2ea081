import type { Engine } from '../policy/policy.ts';
import { createReferenceEngine } from '../policy/reference/engine.ts';
import type { RunSettings } from '../run/settings.ts';

export interface ChosenEngine {
  engine: Engine;
  reason: string;
}

/**
 * The engine that a setting asks for. `auto` takes WebGL where it works, else the reference engine and says why.
 * The WebGL engine, and tfjs with it, is fetched only when it is wanted.
 * @throws Error where WebGL is asked for and does not work.
 */
export async function chooseEngine(choice: RunSettings['engine']): Promise<ChosenEngine> {
  if (choice === 'reference')
    return { engine: createReferenceEngine(), reason: 'chosen in the settings' };
  try {
    const { createWebglEngine } = await import('../policy/webgl/engine.ts');
    return {
      engine: await createWebglEngine(),
      reason: choice === 'auto' ? 'WebGL works here' : 'chosen in the settings',
    };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    if (choice === 'webgl') throw new Error(`WebGL was chosen but cannot run here: ${why}`);
    return { engine: createReferenceEngine(), reason: `WebGL cannot run here: ${why}` };
  }
}

/** Whether this thread can have a WebGL2 context at all; cheap, and leaves no context behind. */
export function hasWebgl2(): boolean {
  try {
    const canvas =
      typeof OffscreenCanvas === 'undefined'
        ? document.createElement('canvas')
        : new OffscreenCanvas(1, 1);
    const context = canvas.getContext('webgl2') as WebGL2RenderingContext | null;
    context?.getExtension('WEBGL_lose_context')?.loseContext();
    return context !== null;
  } catch {
    return false;
  }
}
