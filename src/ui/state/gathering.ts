/** Draws what has arrived, at most once a frame. */
export interface Gathering {
  /** Something has arrived; it is drawn together with all that arrives before the next drawing. */
  arrive(): void;
  /** Draws what has arrived at once, where something has: for whoever must find it all. */
  flush(): void;
}

/** What a browser gives; each gives back what takes it back. */
export interface Moments {
  /** Milliseconds, by a clock that never goes back. */
  now(): number;
  /** Before the next picture is made, if one is. */
  frame(act: () => void): () => void;
  timer(act: () => void, ms: number): () => void;
  /** As soon as what is being done is done; asked for in a frame, once its picture is made. */
  soon(act: () => void): void;
}

/**
 * A hidden tab has no frames, nor has a page that is prerendered; a window has them many times as often. Milliseconds
 * after which no frame is waited for.
 */
export const NO_FRAME_MS = 250;

/**
 * Of a longer drawing than this, in milliseconds, the cost is not that of drawing: the machine has slept, or the page
 * has stood in a debugger.
 */
const MOST_REST_MS = 1000;

/**
 * Gathers what arrives for one drawing a frame. A drawing, with the layout and the picture that follow from it, is
 * followed by a rest as long as it took, so that at least half of the time is left for the reader however slow the
 * machine and however fast what arrives; nothing piles up, since a drawing takes all that there is.
 */
export function createGathering(draw: () => void, moments: Moments): Gathering {
  let hasArrived = false;
  /** Takes back the drawing that is on its way; null where none is. */
  let takeBack: (() => void) | null = null;
  let restsUntil = -Infinity;
  /** Drawings whose picture is being made: how long they took is not known yet, and other messages may come before. */
  let underWay = 0;

  function drawNow(): void {
    takeBack?.();
    takeBack = null;
    if (!hasArrived) return;
    hasArrived = false;
    const began = moments.now();
    underWay++;
    draw();
    moments.soon(() => {
      const ended = moments.now();
      underWay--;
      restsUntil = ended + Math.min(MOST_REST_MS, ended - began);
      if (hasArrived) plan();
    });
  }

  function drawInFrame(): void {
    const taken = [moments.frame(drawNow), moments.timer(drawNow, NO_FRAME_MS)];
    takeBack = () => taken.forEach((act) => act());
  }

  function plan(): void {
    if (takeBack || underWay > 0) return;
    const rest = restsUntil - moments.now();
    if (rest > 0) takeBack = moments.timer(drawInFrame, rest);
    else drawInFrame();
  }

  return {
    arrive() {
      hasArrived = true;
      plan();
    },
    flush: drawNow,
  };
}

/** Those of the page. */
export function pageMoments(now: () => number): Moments {
  return {
    now,
    frame(act) {
      const id = requestAnimationFrame(act);
      return () => cancelAnimationFrame(id);
    },
    timer(act, ms) {
      const id = setTimeout(act, ms);
      return () => clearTimeout(id);
    },
    soon(act) {
      // A timer would come 4 ms late.
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => {
        port1.close();
        act();
      };
      port2.postMessage(null);
    },
  };
}
