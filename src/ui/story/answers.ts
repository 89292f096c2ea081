import { mean } from '../../core/statistics.ts';
import { meanInterval } from '../../core/studentT.ts';
import type { TrainRow } from '../../experiments/train.ts';
import { tallyOf, type CheckedFinding } from '../../run/findings.ts';
import { armNamed } from '../../run/studies/claims.ts';
import { studyNamed } from '../../run/studies/catalogue.ts';
import { measureNamed } from '../../run/studies/measures.ts';
import { valuesOf } from '../../run/studies/numbers.ts';
import type { RecordedStudy } from '../../run/studies/recorded.ts';
import { showInterval } from '../../run/studies/shown.ts';
import type { ArmsQuestion } from './chapter.ts';
import * as FINDINGS_TEXT from '../../messages/findings.ts';
import * as STORY from '../../messages/story.ts';

/** Of 100 problems, how many the base solved and the policy of a row does not; null before an evaluation. */
export const lostOf = ({ heldOut, solvable }: TrainRow): number | null =>
  heldOut && solvable ? (100 * solvable.baseOnly) / heldOut.p.length : null;

/** An arm with its measure over seeds. */
export interface ArmOutcome {
  id: string;
  label: string;
  mean: number;
  half: number | null;
  shown: string;
}

/** The measure of the arms of a question, and of the base before them. */
export function armOutcomes(
  { arms, measure }: ArmsQuestion,
  recorded: RecordedStudy,
): ArmOutcome[] {
  const { digits } = measureNamed(measure);
  return arms.map((id) => {
    const interval = meanInterval(valuesOf(recorded, { study: recorded.name, arm: id, measure }));
    return {
      id,
      label: armLabel(recorded.name, id),
      ...interval,
      shown: showInterval(interval, digits),
    };
  });
}

/** What an arm is called beside others of its question. */
export function armLabel(study: string, id: string): string {
  const { label, line } = armNamed(studyNamed(study).arms, id);
  return line ?? label;
}

/** The mean of the measure that the base of the arms has. */
export const armsBase = ({ arms, measure }: ArmsQuestion, recorded: RecordedStudy): number =>
  mean(valuesOf(recorded, { study: recorded.name, arm: arms[0]!, measure, when: 'base' }));

/** What a range is called. */
export function rangeWords(edges: readonly number[], index: number): string {
  const [from, to] = [edges[index]!, edges[index + 1]!];
  if (index === 0) return to === 1 ? STORY.none : STORY.below({ to });
  return index === edges.length - 2 ? STORY.above({ from }) : STORY.range({ from, to: to - 1 });
}

/** How many findings a run shows, and how many it does not. */
export function tallySentence(checked: readonly CheckedFinding[]): string {
  const { appears, opposite, still, missing } = tallyOf(checked);
  return FINDINGS_TEXT.tally({
    ...{ all: checked.length, appears, opposite, still },
    missing: missing === 0 ? '' : FINDINGS_TEXT.missing({ n: missing }),
  });
}
