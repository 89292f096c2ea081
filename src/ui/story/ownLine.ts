import { rewardSeen } from '../../rl/advantages.ts';
import { REWARDS, type Reward } from '../../rl/rewards.ts';
import { LARGEST_RANKED_GROUP } from '../../rl/updateWeight.ts';
import type { Series } from '../../plots/series.ts';
import { runLine, weightLine } from './lines.ts';
import { lines as LINE_TEXT } from '../../messages/storyLines.ts';
import type { ChapterState } from './chapterState.svelte.ts';

/** Larger groups have too many subsets of ranks to be drawn at once. */
const LARGEST_DRAWN_GROUP = Math.min(12, LARGEST_RANKED_GROUP);

/** Whether w(p) of the reader's choices can be drawn at once. */
export const isDrawn = ({ story }: ChapterState): boolean =>
  !(REWARDS[rewardSeen(story.run.playground.settings)] as Reward).ranks ||
  story.run.playground.settings.groupSize <= LARGEST_DRAWN_GROUP;

/** What the reader's own run in the sandbox adds to the figure; null before there is one. */
export function ownLine(state: ChapterState): Series | null {
  const { chapter, story, facts, settings } = state;
  if (chapter.answeredBy === 'formula') {
    const isSame = story.run.is(settings) && !story.run.playground.changed;
    return isSame || !isDrawn(state)
      ? null
      : weightLine({ of: 'weight', algorithm: 'chosen' }, story.run.playground.settings);
  }
  const isOther = chapter.answeredBy !== 'run' || !state.isOwnRun();
  if (!isOther || !chapter.own || facts.rows.length === 0) return null;
  const line = runLine(chapter.own, facts);
  return {
    ...line,
    id: 'own',
    label: LINE_TEXT['own']!,
    color: 'var(--control)',
    dash: '10 3 2 3',
  };
}
