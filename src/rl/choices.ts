import { defaultsOf, type ValuesOf } from '../core/setting.ts';
import { ADVANTAGE_CHOICES } from './settings/advantages.ts';
import { OBJECTIVE_CHOICES } from './settings/objective.ts';
import { TERM_CHOICES } from './settings/terms.ts';

/** What an algorithm is made of, in the order of a step: one name from each table, and the numbers that they use. */
export const CHOICES = [...ADVANTAGE_CHOICES, ...OBJECTIVE_CHOICES, ...TERM_CHOICES] as const;

/** An algorithm, spelt out. */
export type AlgorithmChoices = ValuesOf<typeof CHOICES>;

/** GRPO as published, without a KL term and with one on-policy update a step. */
export const GRPO: AlgorithmChoices = defaultsOf(CHOICES);
