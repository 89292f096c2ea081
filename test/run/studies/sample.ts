import { trainRun } from '../../../src/cli/sweep/makeRun.ts';
import { recordStudy } from '../../../src/run/studies/record.ts';
import type { RecordedStudy } from '../../../src/run/studies/recorded.ts';
import { settingsOf, type Study } from '../../../src/run/studies/study.ts';
import type { RunSettings } from '../../../src/run/table.ts';

/** As small as it still trains and evaluates more than once. */
const SMALL: Partial<RunSettings> = {
  steps: 4,
  prompts: 4,
  evalEvery: 2,
  evalProblems: 12,
  evalSamples: 0,
};

/** A study as it would be recorded, made here and now of runs that are cut short. */
export async function sampleOf(
  study: Study,
  seeds: readonly number[],
  small = SMALL,
): Promise<RecordedStudy> {
  const short: Study = { ...study, settings: { ...study.settings, ...small } };
  const runs = [];
  for (const arm of short.arms) {
    const ofArm = [];
    for (const seed of seeds) ofArm.push(await trainRun(settingsOf(short, arm, seed)));
    runs.push(ofArm);
  }
  const versions = { project: 'sample', node: process.versions.node, bases: {} };
  return recordStudy(short, seeds, runs, versions);
}
