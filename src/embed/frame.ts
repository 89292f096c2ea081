import type { Head } from './head.ts';
import {
  messageOf,
  readCommand,
  type EmbedCommand,
  type EmbedEvent,
  type EmbedState,
} from './messages.ts';
import { senderOf, targetOf } from './origins.ts';
import type { FrameParameters } from './parameters.ts';

/** What a frame shows, once somebody wants it to run. */
export interface Embedded {
  play(until?: number): void;
  pause(): void;
  step(): void;
  reset(): void;
  /** Ends what computes and frees the GPU; the figures stay, and why is told. */
  release(why: 'unseen' | 'other'): void;
  /** Another title and sentence above the figures. */
  setHead(head: Head): void;
  /** Ends all of it, and leaves nothing on the page. */
  remove(): void;
  state(): EmbedState;
}

/** The talk of a frame with the page around it. */
export interface Talk {
  tell(event: EmbedEvent): void;
}

/**
 * Listens to the page around, and only to the origin that the address names as its host; what it is told goes to that
 * origin alone, or to whatever page is around, if the host's origin is opaque: it is told nothing secret. A frame without a
 * host hears nobody, and tells nothing but its height, in the manner of many others too.
 */
export function talkToHost(
  { host }: Pick<FrameParameters, 'host'>,
  onCommand: (command: EmbedCommand) => void,
): Talk {
  const isFramed = window.parent !== window;
  const tell = (event: EmbedEvent): void => {
    if (!isFramed) return;
    if (host !== null) window.parent.postMessage(messageOf(event), targetOf(host));
    else if (event.kind === 'height') {
      const { height } = event;
      window.parent.postMessage(messageOf(event), '*');
      // As Embedly's and Observable's frames say it.
      window.parent.postMessage({ context: 'iframe.resize', src: location.href, height }, '*');
    }
  };
  addEventListener('message', ({ source, origin, data }) => {
    if (source !== window.parent || host === null || senderOf(origin) !== host) return;
    const read = readCommand(data);
    if (!read) return;
    if (read.ok) onCommand(read.value);
    else tell({ kind: 'problem', message: read.problem });
  });
  return { tell };
}

/**
 * At most one frame of a page computes: whoever begins says so, and the others let go. An element names its page; plain
 * frames, which cannot, are taken for those of one page. Sandboxed frames cannot hear each other; there the elements see
 * to it.
 */
export function takeTurns(page: string, release: () => void): { begin(): void } {
  const channel = new BroadcastChannel(`rlvr-embed ${page}`);
  channel.onmessage = release;
  return { begin: () => channel.postMessage('begins') };
}

/** Milliseconds out of sight after which a frame pauses, and lets go of what computes. */
const OUT_OF_SIGHT = { pause: 1000, release: 15_000 };

/** Calls back when the frame comes into sight, and some time after it has gone. */
export function watchSight(
  content: Element,
  on: { seen(): void; pause(): void; release(): void },
): void {
  let timers: ReturnType<typeof setTimeout>[] = [];
  new IntersectionObserver((entries) => {
    timers.forEach(clearTimeout);
    timers = [];
    if (entries.at(-1)!.isIntersecting) on.seen();
    else
      timers = [
        setTimeout(on.pause, OUT_OF_SIGHT.pause),
        setTimeout(on.release, OUT_OF_SIGHT.release),
      ];
  }).observe(content);
}
