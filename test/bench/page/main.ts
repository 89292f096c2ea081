import type { Answer, BrowserEngine, Call } from '../protocol.ts';

/**
 * The page that the benchmark drives: a worker for each engine, so that each has tfjs, its settings and its WebGL
 * context for itself, as in the product.
 */
interface BenchWindow {
  benchCall(call: Call): Promise<unknown>;
  benchClose(engine: BrowserEngine): void;
  benchRenderer(): string;
}

const workers = new Map<BrowserEngine, { worker: Worker; listening: Promise<void> }>();
const pending = new Map<number, { resolve(result: unknown): void; reject(error: Error): void }>();

/** What is posted to a module that still awaits something at its top is lost, so its first message is waited for. */
async function workerOf(engine: BrowserEngine): Promise<Worker> {
  const existing = workers.get(engine);
  if (existing) {
    await existing.listening;
    return existing.worker;
  }
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
  let listen: () => void;
  const listening = new Promise<void>((resolve) => (listen = resolve));
  worker.onmessage = ({ data }: MessageEvent<Answer | 'listening'>) => {
    if (data === 'listening') return listen();
    const waiting = pending.get(data.id);
    pending.delete(data.id);
    if ('error' in data) waiting?.reject(new Error(data.error));
    else waiting?.resolve(data.result);
  };
  worker.onerror = ({ message }) => {
    for (const { reject } of pending.values()) reject(new Error(`${engine}: ${message}`));
    pending.clear();
  };
  workers.set(engine, { worker, listening });
  await listening;
  return worker;
}

Object.assign(window as unknown as BenchWindow, {
  benchCall: (call: Call) =>
    new Promise((resolve, reject) => {
      pending.set(call.id, { resolve, reject });
      void workerOf(call.engine).then((worker) => worker.postMessage(call));
    }),
  benchClose(engine: BrowserEngine) {
    workers.get(engine)?.worker.terminate();
    workers.delete(engine);
  },
  benchRenderer() {
    const gl = document.createElement('canvas').getContext('webgl2');
    if (!gl) return 'no WebGL 2';
    const extension = gl.getExtension('WEBGL_debug_renderer_info');
    const name = gl.getParameter(extension?.UNMASKED_RENDERER_WEBGL ?? gl.RENDERER) as string;
    gl.getExtension('WEBGL_lose_context')?.loseContext();
    return name;
  },
} satisfies BenchWindow);
