import { say } from '../../text/words.ts';
import type { MeasureHint } from '../measureHints.ts';
import { HINT_TEXT } from '../hintWords.ts';

/** Meaning and formula of the rows about support; ε is what counts as found, p₀ the base's probability and p the present one. */
const HINTS = {
  preserved: {
    text: 'Held-out problems that the base finds and that are still found.',
    formula: 'P = #{p₀ ≥ ε and p ≥ ε}',
  },
  expanded: {
    text: 'Held-out problems that the base does not find and that are found now.',
    formula: 'E = #{p₀ < ε and p ≥ ε}',
  },
  shrunk: {
    text: 'Held-out problems that the base finds and that are no longer found.',
    formula: 'S = #{p₀ ≥ ε and p < ε}',
  },
  out: {
    text: 'Held-out problems that neither the base finds nor the policy now.',
    formula: '#{p₀ < ε and p < ε}',
  },
  srr: {
    text: 'Support retention rate: of what the base finds, the share that is still found. 1 means that nothing was lost.',
    formula: 'SRR = P / (P + S)',
  },
  ndr: {
    text: 'Net discovery rate: of what is found now, the share that the base does not find. 0 means that nothing is new.',
    formula: 'NDR = E / (P + E)',
  },
  sds: {
    text: 'Support dynamic score: near 1 only where much is kept and much is new.',
    formula: 'SDS = 2 · SRR · NDR / (SRR + NDR)',
  },
  nscr: {
    text: 'Net support change rate: below 0 more problems were lost than gained, above 0 more were gained.',
    formula: 'NSCR = (E − S) / (P + E + S)',
  },
  gap: {
    text: 'Sampling efficiency gap: how much less one sample solves now than {k} samples of the base. At 0 the first try finds all that those do.',
    formula: 'Δ_SE = pass@{k}(base) − pass@1(now)',
  },
};

export type SupportHintName = keyof typeof HINTS;

/** What is said of a row about support; TRL's trainer has a name for none of them. */
export const supportHint = (name: SupportHintName, k: number): MeasureHint => {
  const { text, formula } = HINTS[name];
  return { text: say(text, { k }), formula: say(formula, { k }), trl: HINT_TEXT.none };
};
