import { crossingK, LARGEST_K, meanPassAtK } from '../core/passAtK.ts';
import { crossingText, say } from '../text/words.ts';
import { percent } from './picture/axes.ts';
import { FIGURE_HEADS, POSTER, PRESET_WORDS } from './words.ts';

/** What stands above the figures, on the poster and while it runs. */
export interface Head {
  title: string;
  caption: string;
}

/** Of a recorded run what sentences have numbers of. */
interface Recorded {
  baseP: readonly number[];
  p: readonly number[];
  /** Of problems beyond a narrow prior. */
  beyond?: { baseP: readonly number[]; p: readonly number[] } | undefined;
}

/** The numbers of a recorded run, by the places of sentences. */
function numbersOf({ baseP, p, beyond }: Recorded): Record<string, string> {
  const crossing = crossingK(baseP, p, LARGEST_K);
  const beyondAt = (of: 'baseP' | 'p'): string =>
    beyond ? percent(meanPassAtK(beyond[of], TOLD_K)) : NONE;
  return {
    crossing: crossing === null ? NONE : crossingText(crossing),
    beyondBase: beyondAt('baseP'),
    beyondNow: beyondAt('p'),
  };
}

const NONE = '–';
/** As the numbers above the figures have it. */
const TOLD_K = 256;

/** The preset of the page itself. */
const PAGE_PRESET = 'crossing';

/**
 * What is said of a preset, null for none, with its figures, if the page around says nothing else. What a recorded run shows
 * is told only with the exact probabilities of that run, from which its numbers are, and only while that run is the one on
 * screen: beside a live one its numbers would be others.
 */
export function headOf(
  preset: string | null,
  figures: readonly string[],
  recorded: Recorded | null,
  isOnScreen = true,
): Head {
  const alone = figures.length === 1 ? FIGURE_HEADS[figures[0]!] : undefined;
  const words = preset === null || (preset === PAGE_PRESET && alone) ? alone : PRESET_WORDS[preset];
  if (!words) return { title: POSTER.title, caption: POSTER.caption };
  if (!recorded) return { title: words.name, caption: words.what };
  if (!isOnScreen) return { title: words.title, caption: words.what };
  const found = say(words.found ?? '', numbersOf(recorded));
  return { title: words.title, caption: `${words.what} ${found}`.trim() };
}
