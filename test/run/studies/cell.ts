import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import { recordedPath } from '../../../src/cli/study.ts';
import { trainRun } from '../../../src/cli/sweep/makeRun.ts';
import { studyNamed } from '../../../src/run/studies/catalogue.ts';
import { armNamed } from '../../../src/run/studies/claims.ts';
import { recordRun } from '../../../src/run/studies/record.ts';
import {
  parseStudy,
  type RecordedRun,
  type RecordedStudy,
} from '../../../src/run/studies/recorded.ts';
import { settingsOf, type Study } from '../../../src/run/studies/study.ts';

const root = new URL('../../../', import.meta.url).pathname;

/** The arms that are made again where it is not the study's last: those that no other study makes, and that take seconds. */
const ARMS: Readonly<Record<string, readonly string[]>> = {
  distillation: ['sft', 'opd', 'expert'],
  beyond: ['warm'],
  power: ['power-4', 'cold'],
  luck: ['untrained'],
  spurious: ['random', 'wrong', 'format'],
  judges: ['judge', 'co-trained', 'majority'],
  collapse: ['self'],
  'training-set': ['trainProblems-128'],
  width: ['width-8'],
  ample: ['width-8'],
};

/** The ids of the arms that are made again of a study. */
export const cellArms = (study: Study): readonly string[] =>
  ARMS[study.name] ?? [study.arms.at(-1)!.id];

/**
 * The run of an arm with the first seed: as recorded, and as made again, up to its first evaluation; to its end where it
 * has a finale, or where how many steps there are decides what a step is.
 */
export async function cellOf(
  study: Study,
  recorded: RecordedStudy,
  id: string,
): Promise<{ recorded: RecordedRun; again: RecordedRun }> {
  const run = armNamed(recorded.arms, id).runs[0]!;
  const evaluated = run.series['step']!;
  const whole = settingsOf(study, armNamed(study.arms, id), run.seed);
  const isWhole = run.finale !== undefined || whole.experiment === 'power-sampling';
  const steps = isWhole ? whole.steps : (evaluated[1] ?? 0);
  const { rows, problems } = await trainRun({ ...whole, steps });
  return { recorded: run, again: recordRun(run.seed, rows, problems) };
}

/** Of the recorded study of this name, the first cell of an arm is what is made again. */
export async function expectCellAgain(name: string, id: string): Promise<void> {
  const study = parseStudy(name, readFileSync(recordedPath(root, name), 'utf8'));
  const { again, recorded } = await cellOf(studyNamed(name), study, id);
  expect(again.baseP).toEqual(recorded.baseP);
  // A run may be evaluated more often by now than when the study was made.
  const steps = again.series['step']!;
  const then = recorded.series['step']!.filter((step) => step! <= steps.at(-1)!);
  const places = then.map((step) => steps.indexOf(step));
  for (const [path, column] of Object.entries(again.series))
    expect(
      places.map((i) => column[i]),
      path,
    ).toEqual(recorded.series[path]!.slice(0, then.length));
  expect(again.finale).toEqual(recorded.finale);
}
