import { say, type Text } from '../text/words.ts';
import { hints as HEADLINE_HINTS } from '../messages/headlineHints.ts';
import { hints as TABLES } from '../messages/measureHints.ts';

/** What is said of the head of a column or a row: meaning, formula, and what TRL's GRPO trainer calls it. */
export interface MeasureHint {
  text: string;
  formula?: string;
  trl?: string;
}

type HintName = keyof typeof TABLES | keyof typeof HEADLINE_HINTS;
const HINTS: Readonly<Record<HintName, { text: Text; formula: Text; trl: string }>> = {
  ...HEADLINE_HINTS,
  ...TABLES,
};

/** What is said of a measure, with its places filled. */
export function measureHint(name: HintName, k?: string | number): MeasureHint {
  const { text, formula, trl } = HINTS[name];
  const places = k === undefined ? {} : { k };
  return { text: say(text, places), formula: say(formula, places), trl };
}

/** Of `pass@16` and the like, of which only some have words of their own; undefined of what is no measure. */
export function columnHint(name: string): MeasureHint | undefined {
  if (Object.hasOwn(HINTS, name)) return measureHint(name as HintName);
  const [, k] = /^pass@(\d+)$/.exec(name) ?? [];
  return k === undefined ? undefined : measureHint('pass@k', k);
}
