/** Milliseconds between two looks at a worker. */
export const BEAT_MS = 5000;

/**
 * A worker answers between two pieces of work. The longest piece known takes half a minute: a shader compiled by a browser
 * that cannot do so in the background, on a slow machine.
 */
export const SILENT_MS = 45_000;

/** What a watch over a worker looks at and whom it tells. */
export interface Watched {
  /** A clock in milliseconds. */
  now(): number;
  /** Whether the reader sees the page; a browser slows a hidden one down, and perhaps what it watches too. */
  isVisible(): boolean;
  /** Asks the worker for a sign of life. */
  ping(): void;
  /** There has been none for so many seconds. */
  silent(seconds: number): void;
  /** A worker that was silent has answered. */
  answers(): void;
}

export interface SilenceWatch {
  /** To be called every {@link BEAT_MS}; a call that comes later counts as if it had not. */
  beat(): void;
  /** To be called at whatever the worker says. */
  sign(): void;
}

/**
 * Watches over a worker that may be dead without a word, or hang, or be in a long piece of work; which of them nobody can
 * know, so it only tells how long there has been no answer, after {@link SILENT_MS} and after each as many more. Only time
 * counts in which the page is in sight and awake: between two beats no more than one beat can have passed for a page that
 * has slept, or that was too busy to hear an answer.
 */
export function watchSilence({ now, isVisible, ping, silent, answers }: Watched): SilenceWatch {
  let last = now();
  let isAsked = false;
  let silentMs = 0;
  let told = 0;
  return {
    beat() {
      const at = now();
      const passed = Math.min(BEAT_MS, Math.max(0, at - last));
      last = at;
      if (!isVisible()) return;
      if (!isAsked) {
        isAsked = true;
        ping();
        return;
      }
      silentMs += passed;
      if (silentMs < (told + 1) * SILENT_MS) return;
      told++;
      silent(Math.round(silentMs / 1000));
    },
    sign() {
      isAsked = false;
      silentMs = 0;
      if (told === 0) return;
      told = 0;
      answers();
    },
  };
}
