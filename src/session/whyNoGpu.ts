import { isSoftware, rendererName } from '../policy/webgl/renderer.ts';
import { webgl2Of } from './hasWebgl2.ts';

/** Why WebGL would compute on no GPU in this thread; null where it would. Cheap, since nothing is loaded for it. */
export function whyNoGpu(): string | null {
  const name = webgl2Of(rendererName);
  if (name === null) return 'no WebGL 2 here';
  return isSoftware(name) ? `no GPU here: WebGL is drawn by ${name}` : null;
}
