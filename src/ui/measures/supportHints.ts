import { say } from '../../text/words.ts';
import type { MeasureHint } from '../measureHints.ts';
import * as HINT_TEXT from '../../messages/hint.ts';
import { hints as HINTS } from '../../messages/supportHints.ts';

export type SupportHintName = keyof typeof HINTS;

/** What is said of a row about support; TRL's trainer has a name for none of them. */
export const supportHint = (name: SupportHintName, k: number): MeasureHint => {
  const { text, formula } = HINTS[name];
  return { text: say(text, { k }), formula: say(formula, { k }), trl: HINT_TEXT.none };
};
