/** Whether this thread can have a WebGL2 context at all; cheap, and leaves no context behind. */
export function hasWebgl2(): boolean {
  try {
    // A page may have WebGL where its workers have none, so it asks for what it would compute with.
    const canvas =
      typeof document === 'undefined'
        ? new OffscreenCanvas(1, 1)
        : document.createElement('canvas');
    const context = canvas.getContext('webgl2') as WebGL2RenderingContext | null;
    context?.getExtension('WEBGL_lose_context')?.loseContext();
    return context !== null;
  } catch {
    return false;
  }
}
