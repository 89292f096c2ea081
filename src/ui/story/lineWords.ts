import { words } from '../../text/words.ts';

/** What the lines of the story's figures are called; those of recorded studies by study, arm and measure. */
export const LINE_TEXT: Readonly<Record<string, string>> = words('story-lines', {
  base: 'base',
  now: 'now',
  chance: 'chance',
  'pass@1': 'pass@1',
  'sound pass@1': 'steps right',
  entropy: 'entropy',
  'trained on': 'your run',
  'luck base grpo': 'base',
  'luck chance grpo': 'chance',
  'luck untrained': 'untrained',
  'luck grpo': 'trained',
  'soundness grpo pass@1': 'right',
  'soundness grpo sound pass@1': 'steps right',
  'power base grpo': 'base',
  'power power-4': 'exact p⁴',
  'capacity end train.passAt.256': 'trained',
  'capacity base train.passAt.256': 'base',
  prediction: 'your guess',
  own: 'your run',
});
