import { hasWebgl2 } from './hasWebgl2.ts';
import { atEndOf } from './lifeline.ts';
import type {
  ClientEvent,
  FromWorker,
  SessionCommand,
  SessionEvent,
  ToWorker,
} from './protocol.ts';
import { BEAT_MS, watchSilence, type SilenceWatch } from './silence.ts';

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
 *
 * A worker that fails or ends later takes the session with it: that is told once, as `lost`, and no event comes after. One
 * that only does not answer is told of as `silent`, and again when it answers.
 */
export function connectSession(onEvent: (event: ClientEvent) => void): Session {
  let deliver: ((command: SessionCommand) => void) | null = null;
  const waiting: SessionCommand[] = [];
  let isOver = false;
  let worker = startWorker();
  let watch: SilenceWatch | null = null;
  let beats: ReturnType<typeof setInterval> | undefined;

  function begin(target: (command: SessionCommand) => void): void {
    if (deliver || isOver) return;
    deliver = target;
    clearTimeout(timer);
    for (const command of waiting.splice(0)) target(command);
  }

  function leaveWorker(): void {
    clearTimeout(timer);
    clearInterval(beats);
    worker?.terminate();
    worker = null;
  }

  function lose(message: string): void {
    if (isOver) return;
    isOver = true;
    leaveWorker();
    onEvent({ kind: 'lost', message });
  }

  function hear(event: SessionEvent): void {
    if (event.kind === 'failure' && event.isFatal) lose(event.message);
    else onEvent(event);
  }

  async function beginInPage(): Promise<void> {
    leaveWorker();
    try {
      const { createHost } = await import('./host.ts');
      begin(
        createHost((event) => {
          if (!isOver) hear(event);
        }),
      );
    } catch (error) {
      lose(`the engine could not be loaded: ${(error as Error).message}`);
    }
  }

  function beginInWorker(at: Worker, lifeline: string | null): void {
    const post = (message: ToWorker): void => at.postMessage(message);
    if (lifeline !== null) atEndOf(lifeline, () => lose('the worker that computes has ended'));
    watch = watchSilence({
      now: () => performance.now(),
      isVisible: () => !document.hidden,
      ping: () => post({ kind: 'ping' }),
      silent: (seconds) => onEvent({ kind: 'silent', seconds }),
      answers: () => onEvent({ kind: 'answers' }),
    });
    beats = setInterval(watch.beat, BEAT_MS);
    begin(post);
  }

  /** A worker that fails before it has begun has lost nothing. */
  function fail(message: string): void {
    if (deliver) lose(`the worker that computes has failed: ${message}`);
    else void beginInPage();
  }

  const timer = setTimeout(() => void beginInPage(), WORKER_TIMEOUT_MS);
  if (!worker) void beginInPage();
  else {
    const own = worker;
    // Of a script that cannot be loaded there is no message.
    own.onerror = ({ message }) => worker && fail(message || 'it does not say why');
    own.onmessageerror = () => worker && fail('what it computed could not be read');
    own.onmessage = ({ data }: MessageEvent<FromWorker>) => {
      if (!worker) return;
      watch?.sign();
      if (data.kind === 'pong') return;
      if (data.kind !== 'capabilities') hear(data);
      else if (data.webgl2 || !hasWebgl2()) beginInWorker(own, data.lifeline);
      else void beginInPage();
    };
  }

  return {
    send(command) {
      if (deliver) deliver(command);
      else waiting.push(command);
    },
    dispose() {
      if (isOver) return;
      isOver = true;
      // Of a session in the page there is no worker to end.
      if (!worker) deliver?.({ kind: 'stop' });
      leaveWorker();
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
