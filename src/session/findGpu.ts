import { isSoftware, rendererName } from '../policy/webgl/renderer.ts';

/** The GPU that WebGL computes on, or why there is none. */
export type Gpu = { name: string } | { missing: string };

/** Asks for a WebGL 2 context in this thread, and leaves none behind; cheap, since nothing is loaded for it. */
export function findGpu(): Gpu {
  const canvas =
    typeof OffscreenCanvas === 'undefined'
      ? document.createElement('canvas')
      : new OffscreenCanvas(1, 1);
  try {
    const gl = canvas.getContext('webgl2') as WebGL2RenderingContext | null;
    if (!gl) return { missing: 'no WebGL 2 here' };
    const name = rendererName(gl);
    gl.getExtension('WEBGL_lose_context')?.loseContext();
    return isSoftware(name) ? { missing: `no GPU here: WebGL is drawn by ${name}` } : { name };
  } catch (error) {
    return { missing: `no WebGL 2 here: ${(error as Error).message}` };
  }
}
