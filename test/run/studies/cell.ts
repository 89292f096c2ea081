import { trainRun } from '../../../src/cli/sweep/makeRun.ts';
import { recordRun } from '../../../src/run/studies/record.ts';
import type { RecordedRun, RecordedStudy } from '../../../src/run/studies/recorded.ts';
import { settingsOf, type Study } from '../../../src/run/studies/study.ts';

/** As many steps as may be made again for a test; beyond them only the base is evaluated again. */
const MOST_STEPS = 25;

/** The first run of a study's first arm up to its first evaluation: as recorded, and as made again. */
export async function firstCell(
  study: Study,
  recorded: RecordedStudy,
): Promise<{ steps: number; recorded: RecordedRun; again: RecordedRun }> {
  const [arm] = study.arms;
  const run = recorded.arms[0]!.runs[0]!;
  const first = run.series['step']![1]!;
  const steps = first <= MOST_STEPS ? first : 0;
  const settings = { ...settingsOf(study, arm!, run.seed), steps };
  return { steps, recorded: run, again: recordRun(run.seed, (await trainRun(settings)).rows) };
}
