import type { Described } from '../rl/described.ts';

/** Of a task made of several: which of them training problems are from; `byDomain.ts` has the code. */
export const DOMAINS = {
  all: { label: 'both', help: 'RL draws training problems from both domains.' },
  countdown: { label: 'Countdown', help: 'RL draws training problems from Countdown only.' },
  programs: { label: 'Programs', help: 'RL draws training problems from Programs only.' },
} satisfies Record<string, Described>;

export type DomainChoice = keyof typeof DOMAINS;
