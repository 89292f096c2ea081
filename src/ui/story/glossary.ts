import { terms as TERMS } from '../../messages/glossary.ts';

export type TermName = keyof typeof TERMS;

/** The colours of the words that are lines of figures. */
export const SERIES_OF: Readonly<Partial<Record<TermName, string>>> = {
  base: 'var(--base)',
  now: 'var(--now)',
  chance: 'var(--chance)',
  'pass@1': 'var(--k1)',
  'pass@256': 'var(--k256)',
  entropy: 'var(--entropy)',
  reward: 'var(--good)',
  distillation: 'var(--distilled)',
};
