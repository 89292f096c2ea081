import { hasWebgl2 } from './session/hasWebgl2.ts';
import { createHost } from './session/host.ts';
import { holdLifeline } from './session/lifeline.ts';
import type { ToWorker, FromWorker } from './session/protocol.ts';

/** Runs a session off the main thread, and answers between two pieces of work that it is there. */
const post = (event: FromWorker): void => self.postMessage(event);
const handle = createHost(post);
self.onmessage = ({ data }: MessageEvent<ToWorker>) => {
  if (data.kind === 'ping') post({ kind: 'pong' });
  else handle(data);
};
void holdLifeline().then((lifeline) =>
  post({ kind: 'capabilities', webgl2: hasWebgl2(), lifeline }),
);
