/** Counts draw calls and the time spent waiting in readbacks, of every WebGL 2 context of this thread. */
export const probe = { draws: 0, waitedMs: 0 };

/** Calls that return only when the GPU has finished what came before. */
const WAITING = ['readPixels', 'getBufferSubData', 'clientWaitSync', 'finish'] as const;

type Method = (...args: unknown[]) => unknown;

export function installProbe(): void {
  const prototype = WebGL2RenderingContext.prototype as unknown as Record<string, Method>;
  for (const name of ['drawArrays', 'drawElements', 'drawArraysInstanced']) {
    const draw = prototype[name]!;
    prototype[name] = function (this: unknown, ...args) {
      probe.draws++;
      return draw.apply(this, args);
    };
  }
  for (const name of WAITING) {
    const wait = prototype[name]!;
    prototype[name] = function (this: unknown, ...args) {
      const started = performance.now();
      const result = wait.apply(this, args);
      probe.waitedMs += performance.now() - started;
      return result;
    };
  }
}
