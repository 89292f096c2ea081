import { expect } from 'vitest';
import { randomIndex } from '../../src/core/draws.ts';
import { uniformSequence, type RandomSource } from '../../src/core/random.ts';
import {
  parsePermalink,
  shortened,
  VIEW_KEYS,
  type ParsedPermalink,
} from '../../src/run/permalink.ts';
import { isPreset, PRESETS } from '../../src/run/presets.ts';
import { coerceSetting, SETTINGS, type RunSettings } from '../../src/run/settings.ts';
import type { View } from '../../src/run/view.ts';

/** One part of a link as it is written, such as `seed=7`. */
export interface LinkPart {
  flag: string;
  text: string;
  /** Whether the link has said the same flag before. */
  isRepeated: boolean;
  /** All flags of the link. */
  flags: readonly string[];
}

export function partsOf(link: string): LinkPart[] {
  const parts = [...new URLSearchParams(link.replace(/^#/, ''))];
  const flags = parts.map(([flag]) => flag);
  return parts.map(([flag, text], i) => ({
    ...{ flag, text, flags },
    isRepeated: flags.indexOf(flag) < i,
  }));
}

/** Whether a value is what a text says: the same characters, the same number, or the same names. */
function says(text: string, value: unknown): boolean {
  if (typeof value === 'number') return text.trim() !== '' && Number(text) === value;
  if (Array.isArray(value))
    return value.join() === [...new Set(text.split(',').map((each) => each.trim()))].join();
  return text === value;
}

/** Whether what the part says is in the settings or in the view; told without the reader's own code. */
export function isTaken(
  { flag, text, isRepeated, flags }: LinkPart,
  { settings, view }: ParsedPermalink,
): boolean {
  // What links of earlier pages say is left out without a word.
  if (flag === 'lang') return true;
  if (isRepeated) return false;
  if (flag === 'v') return text === '1' || text === '2';
  if (flag === 'preset')
    return (
      isPreset(text) &&
      Object.entries(PRESETS[text]).every(([key, value]) => {
        const own = SETTINGS.find((setting) => setting.key === key)!.flag;
        return flags.includes(own) || settings[key as keyof RunSettings] === value;
      })
    );
  const setting = SETTINGS.find((each) => each.flag === flag);
  if (setting) return says(text, settings[setting.key]);
  return VIEW_KEYS.some((key) => key === flag) && says(text, view[flag as keyof View]);
}

/** Whether one of the sentences is about the part, and says what was written. */
export function isNamed(
  { flag, text, isRepeated }: LinkPart,
  { problems }: Pick<ParsedPermalink, 'problems'>,
): boolean {
  const wanted = isRepeated
    ? [`gives '${flag}' twice`]
    : [`${flag} is '${text}'`, `${flag} is '${shortened(text)}'`];
  if (flag === 'v' && !isRepeated) wanted.push(`of version ${shortened(text)},`);
  wanted.push(`unknown setting '${shortened(flag)}'`);
  return problems.some((problem) => wanted.some((words) => problem.includes(words)));
}

/** What a part may say; the names are those of settings, parts of the view, and some that are none. */
const FLAGS = [
  ...['size', 'algorithm', 'seed', 'lr', 'group-size', 'kl', 'base', 'task', 'width', 'steps'],
  ...[
    'v',
    'preset',
    'view',
    'step',
    'slide',
    'chapter',
    'study',
    'lang',
    'hide',
    'figures',
    'curve',
  ],
  ...['theme', '__proto__', 'constructor', 'toString', 'nothing', ''],
];
const TEXTS = [
  ...['4', '12', '0.003', '1', '2', '-1', '1e9', 'NaN', '0x10', ' 7 ', '64', '120', ''],
  ...['rloo', 'live', 'shipped', 'maze', 'coin', 'crossing', 'story', 'lecture', 'embed', 'lost'],
  ...[
    'dark',
    'light',
    'all',
    'de',
    'pt-BR',
    'passk,entropy',
    'passk, passk',
    'speed',
    'a,<b>',
    'luck',
  ],
  ...['<img src=x onerror=alert(1)>', '__proto__', 'constructor', 'x'.repeat(100), '\u0000'],
];

/** A link of up to eight parts, most of them as they should be. */
export function randomLink(random: RandomSource): string {
  const of = <T>(list: readonly T[]): T => list[randomIndex(random, list.length)]!;
  const parts = Array.from({ length: 1 + randomIndex(random, 8) }, () => [of(FLAGS), of(TEXTS)]);
  return `#${new URLSearchParams(parts)}`;
}

const ALPHABET = '#&=%+,.-eE<>"\'0123456789abcXYZ\u0000\u00e9\ud83d';

/** The link with up to five letters changed, added or taken out after its `#`. */
export function mutated(link: string, random: RandomSource): string {
  const letters = [...link];
  for (let edits = randomIndex(random, 6); edits > 0; edits--) {
    const at = 1 + randomIndex(random, letters.length);
    const letter = ALPHABET[randomIndex(random, ALPHABET.length)]!;
    letters.splice(at, randomIndex(random, 3), letter);
  }
  return letters.join('');
}

/** What must hold of so many mutations of valid links; gives the flags of all parts that were lost. */
export function expectLinksSurvive(count: number): ReadonlySet<string> {
  const random = uniformSequence({ seed: 1, stream: 99, step: 0 });
  const lost = new Set<string>();
  for (let n = 0; n < count; n++) {
    const link = mutated(randomLink(random), random);
    const parsed = parsePermalink(link);
    const invalid = SETTINGS.filter(
      (setting) => !coerceSetting(setting, String(parsed.settings[setting.key])).ok,
    );
    expect(invalid, link).toEqual([]);
    const lostHere = partsOf(link).filter((part) => !isTaken(part, parsed));
    expect(
      lostHere.filter((part) => !isNamed(part, parsed)),
      link,
    ).toEqual([]);
    // And nothing is named that was taken.
    expect(parsed.problems.length, link).toBe(lostHere.length);
    for (const { flag } of lostHere) lost.add(flag);
  }
  return lost;
}
