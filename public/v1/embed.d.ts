/** How a playground stands; numbers that there are not yet are null. */
export interface EmbedState {
  status:
    'poster' | 'loading' | 'recorded' | 'paused' | 'playing' | 'finished' | 'failed' | 'released';
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

/** `<rlvr-playground preset="crossing" figures="passk,entropy">` */
export interface RlvrPlayground extends HTMLElement {
  /** Trains until the run's end, or until a step. */
  play(until?: number): void;
  pause(): void;
  /** One training step. */
  step(): void;
  /** Back to the base; the same seed gives the same run. */
  reset(): void;
  /** Another set-up, as the fragment of a link has it: `preset=coin&seed=7`. */
  load(link: string): void;
  /** How it stands. Rejects where no answer comes within ten seconds. */
  state(): Promise<EmbedState>;
}

export interface RlvrPlaygroundEvents {
  'rlvr-ready': CustomEvent<Record<string, never>>;
  /** At most ten a second. */
  'rlvr-change': CustomEvent<EmbedState>;
  /** What was wrong, and what was expected. */
  'rlvr-problem': CustomEvent<{ message: string }>;
}

declare global {
  interface HTMLElementTagNameMap {
    'rlvr-playground': RlvrPlayground;
  }
}
