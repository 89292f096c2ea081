/** How a playground stands; numbers that there are not yet are null. */
export interface EmbedState {
  status:
    | 'poster'
    | 'loading'
    | 'recorded'
    | 'paused'
    | 'playing'
    | 'finished'
    | 'failed'
    /** The reader has stopped what it was getting ready. */
    | 'cancelled'
    /** It has let go of what computes, out of sight or for another of the page. */
    | 'released';
  /** Training steps made, and at which the run ends. */
  step: number;
  steps: number;
  /** Exact pass@k of held-out problems at the last evaluation. */
  passAt1: number | null;
  passAt256: number | null;
  /** Of the sampled token distributions, in nats a token. */
  entropy: number | null;
  /** The fragment of a link to the same set-up. */
  link: string;
}

/**
 * `<rlvr-playground preset="crossing" figures="passk,entropy">`, in a page of any origin: also in one that is opened from disk, and
 * in a sandboxed frame that allows scripts.
 *
 * Its height does not depend on its width, nor on whether it runs; `height` asks for another. `theme`, `title` and `caption` may
 * change while a run goes on. Any other attribute is another run.
 */
export interface RlvrPlayground extends HTMLElement {
  /** Trains until the run's end, or until a step. */
  play(until?: number): void;
  pause(): void;
  /** One training step. */
  step(): void;
  /** Back to the base; the same seed gives the same run. */
  reset(): void;
  /**
   * Another set-up, as the fragment of a link has it: `preset=coin&seed=7`; also with `curve`, `figures`, `hide`, `theme`,
   * `step` and `lang`, each as it is without them where the link has none. The height stays.
   */
  load(link: string): void;
  /** How it stands. Rejects where no answer comes within ten seconds. */
  state(): Promise<EmbedState>;

  addEventListener<Type extends keyof RlvrPlaygroundEventMap>(
    type: Type,
    listener: (this: RlvrPlayground, event: RlvrPlaygroundEventMap[Type]) => unknown,
    options?: boolean | AddEventListenerOptions,
  ): void;
  addEventListener(
    type: string,
    listener: EventListenerOrEventListenerObject,
    options?: boolean | AddEventListenerOptions,
  ): void;
  removeEventListener<Type extends keyof RlvrPlaygroundEventMap>(
    type: Type,
    listener: (this: RlvrPlayground, event: RlvrPlaygroundEventMap[Type]) => unknown,
    options?: boolean | EventListenerOptions,
  ): void;
  removeEventListener(
    type: string,
    listener: EventListenerOrEventListenerObject,
    options?: boolean | EventListenerOptions,
  ): void;
}

export interface RlvrPlaygroundEvents {
  /** It takes what it is asked for; a picture of it may still be on its way. */
  'rlvr-ready': CustomEvent<Record<string, never>>;
  /** At most ten a second. */
  'rlvr-change': CustomEvent<EmbedState>;
  /** What was wrong, and what was expected. */
  'rlvr-problem': CustomEvent<{ message: string }>;
}

/** What `addEventListener` knows by name: the events of every element, and the playground's own. */
export interface RlvrPlaygroundEventMap extends HTMLElementEventMap, RlvrPlaygroundEvents {}

declare global {
  interface HTMLElementTagNameMap {
    'rlvr-playground': RlvrPlayground;
  }
}
