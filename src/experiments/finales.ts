import type { Described } from '../rl/described.ts';

/** What is computed once more at the end of a run; `finale.ts` has the code. */
export const FINALES = {
  none: { label: 'nothing', help: 'The run ends with its last evaluation.' },
  interpolation: {
    label: 'weights between',
    help: 'The policies with parameters (1 − a) · base + a · trained are evaluated too.',
  },
  temperatures: {
    label: 'temperatures',
    help: 'Base and trained policy are evaluated at temperatures from 0.2 to 2 and at equal entropy.',
  },
} satisfies Record<string, Described>;

export type FinaleName = keyof typeof FINALES;
