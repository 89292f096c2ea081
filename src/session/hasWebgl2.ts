/** Whether this thread can have a WebGL2 context at all; cheap, and leaves no context behind. */
export function hasWebgl2(): boolean {
  const gives = (canvas: HTMLCanvasElement | OffscreenCanvas): boolean => {
    try {
      const context = canvas.getContext('webgl2') as WebGL2RenderingContext | null;
      context?.getExtension('WEBGL_lose_context')?.loseContext();
      return context !== null;
    } catch {
      return false;
    }
  };
  // A page may have WebGL where its workers have none, and on the one kind of canvas where it has none on the other.
  return (
    (typeof OffscreenCanvas !== 'undefined' && gives(new OffscreenCanvas(1, 1))) ||
    (typeof document !== 'undefined' && gives(document.createElement('canvas')))
  );
}
