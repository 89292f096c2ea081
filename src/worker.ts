import { hasWebgl2 } from './session/engines.ts';
import { createHost } from './session/host.ts';
import type { SessionCommand, SessionEvent } from './session/protocol.ts';

/** Runs a session off the main thread. */
const post = (event: SessionEvent): void => self.postMessage(event);
const handle = createHost(post);
self.onmessage = ({ data }: MessageEvent<SessionCommand>) => handle(data);
post({ kind: 'capabilities', webgl2: hasWebgl2() });
