/** What `look` finds in a WebGL2 context of this thread, which is not kept; null where there is none. */
export function webgl2Of<Found>(look: (gl: WebGL2RenderingContext) => Found): Found | null {
  const lookIn = (canvas: HTMLCanvasElement | OffscreenCanvas): Found | null => {
    try {
      const gl = canvas.getContext('webgl2') as WebGL2RenderingContext | null;
      const found = gl && look(gl);
      gl?.getExtension('WEBGL_lose_context')?.loseContext();
      return found;
    } catch {
      return null;
    }
  };
  // A page may have WebGL where its workers have none, and on the one kind of canvas where it has none on the other.
  return (
    (typeof OffscreenCanvas === 'undefined' ? null : lookIn(new OffscreenCanvas(1, 1))) ??
    (typeof document === 'undefined' ? null : lookIn(document.createElement('canvas')))
  );
}

/** Whether this thread can have a WebGL2 context at all; cheap, and leaves no context behind. */
export const hasWebgl2 = (): boolean => webgl2Of(() => true) ?? false;
