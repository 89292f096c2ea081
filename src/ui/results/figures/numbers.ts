import { ROUNDING, type Band } from '../../../results/analysis.ts';
import * as TEXT from '../../../messages/resultsFigures.ts';

/** A share from 0 to 1 in per cent with one decimal, such as `77.9 %`, in one piece. */
export const percent = (share: number): string => `${(100 * share).toFixed(1)}\u00a0%`;

/** A share near 0, of which one decimal would leave nothing, with two digits: `2.3 %`, `0.015 %`. */
export const smallPercent = (share: number): string =>
  `${Number((100 * share).toPrecision(2))}\u00a0%`;

/** A difference of shares in points with its sign, such as `+16.5`, `−3.2`; `0.0` for what rounds to it. */
export function points(difference: number): string {
  const text = Math.abs(100 * difference).toFixed(1);
  if (text === '0.0') return text;
  return `${difference < 0 ? '−' : '+'}${text}`;
}

/** An interval of a difference in points, such as `[−5.0, −1.4]`. */
export const interval = ({ low, high }: { low: number; high: number }): string =>
  `[${points(low)}, ${points(high)}]`;

/** The same behind a difference; of what is alike in all redrawn sets there is none. */
export const intervalText = (band: Band | null): string =>
  band && band.high - band.low > ROUNDING
    ? TEXT.withInterval({ interval: interval(band) })
    : TEXT.withoutInterval;

/** The same behind a share. */
export const shareInterval = (band: Band | null): string =>
  band && band.high - band.low > ROUNDING
    ? TEXT.withInterval({ interval: `[${percent(band.low)}, ${percent(band.high)}]` })
    : TEXT.withoutInterval;

/** A share of resamples as so many of 100, without calling all what is not all of them. */
export function ofHundred(share: number): string {
  if (share > 0 && share < 0.005) return TEXT.fewerThanOne;
  if (share < 1 && share >= 0.995) return TEXT.moreThan99;
  return TEXT.ofHundred({ count: Math.round(100 * share) });
}

const MOST_LETTERS = 24;
const SEPARATOR = /[-_/ .:]/;

/** What names begin with in common, up to the end of a word in all of them. */
function commonBeginning(names: readonly string[]): string {
  const [name = ''] = names;
  const isWord = (at: number): boolean =>
    names.every(
      (each) => each.length === at || SEPARATOR.test(each[at]!) || SEPARATOR.test(each[at - 1]!),
    );
  let at = 0;
  while (at < name.length && names.every((each) => each[at] === name[at])) at++;
  while (at > 0 && !isWord(at)) at--;
  return name.slice(0, at);
}

/** Names beside one another: those too long for their room are without what all have in common at the beginning. */
export function shortNames(names: readonly string[], most = MOST_LETTERS): string[] {
  const common = names.length > 1 ? commonBeginning(names) : '';
  return names.map((name) => {
    const own = name.slice(common.length).replace(/^[-_/ .:]/, '');
    const isCut = name.length > most && common !== '' && own !== '';
    return shortName(isCut ? `…${own}` : name, most);
  });
}

/** A name that a file gives, of whatever length, in the room that a legend has: names of one family differ at their ends. */
export const shortName = (name: string, most = MOST_LETTERS): string => {
  const letters = [...name.replace(/\s+/g, ' ').trim()];
  if (letters.length <= most) return letters.join('');
  const first = Math.floor((most - 1) / 2);
  return `${letters.slice(0, first).join('')}…${letters.slice(first + 1 - most).join('')}`;
};
