import type { SessionCommand, SessionEvent } from './protocol.ts';

export interface Session {
  send(command: SessionCommand): void;
  /** No event comes any more. A worker ends at once; in the page, what is being computed ends at its next pause. */
  dispose(): void;
}

/** Time that a worker may take to report; past it the page computes itself. */
const WORKER_TIMEOUT_MS = 10_000;

/**
 * Starts a session in a worker. Where the worker cannot start, or has no WebGL2 although the page has, the session
 * runs in the page. Commands sent before that is decided are kept and delivered in order.
 */
export function connectSession(onEvent: (event: SessionEvent) => void): Session {
  let deliver: ((command: SessionCommand) => void) | null = null;
  const waiting: SessionCommand[] = [];
  let disposed = false;
  let inPage = false;
  const worker = startWorker();

  function begin(target: (command: SessionCommand) => void): void {
    if (deliver || disposed) return;
    deliver = target;
    clearTimeout(timer);
    for (const command of waiting.splice(0)) target(command);
  }

  async function beginInPage(): Promise<void> {
    inPage = true;
    worker?.terminate();
    const { createHost } = await import('./host.ts');
    begin(
      createHost((event) => {
        if (!disposed) onEvent(event);
      }),
    );
  }

  const timer = setTimeout(() => void beginInPage(), WORKER_TIMEOUT_MS);
  if (!worker) void beginInPage();
  else {
    worker.onerror = () => void beginInPage();
    worker.onmessage = ({ data }: MessageEvent<SessionEvent>) => {
      if (disposed) return;
      if (data.kind !== 'capabilities') onEvent(data);
      else if (data.webgl2 || !pageHasWebgl2()) begin((command) => worker.postMessage(command));
      else void beginInPage();
    };
  }

  return {
    send(command) {
      if (deliver) deliver(command);
      else waiting.push(command);
    },
    dispose() {
      disposed = true;
      clearTimeout(timer);
      worker?.terminate();
      if (inPage) deliver?.({ kind: 'stop' });
    },
  };
}

function startWorker(): Worker | null {
  try {
    return new Worker(new URL('../worker.ts', import.meta.url), { type: 'module' });
  } catch {
    return null;
  }
}

function pageHasWebgl2(): boolean {
  return document.createElement('canvas').getContext('webgl2') !== null;
}
