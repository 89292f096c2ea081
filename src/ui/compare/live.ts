import type { TrainRow } from '../../experiments/train.ts';
import { meanPassAtK } from '../../core/passAtK.ts';
import { whyApart, type Apart, type Base } from '../../run/studies/comparable.ts';
import { studyNamed } from '../../run/studies/catalogue.ts';
import { companionOf, type Companion } from '../studies/companion.ts';
import { recordedStudy } from '../studies/recordedStudies.ts';
import type { RunSettings } from '../../run/table.ts';
import { methodOfP, sampleOfP, type Method } from './methods.ts';

/** pass@1 and pass@256 of an evaluation of the run on screen. */
export interface LivePoint {
  step: number;
  x: number;
  y: number;
}

/**
 * Why the run on screen cannot stand among the methods, or null: it must begin with their base, and be evaluated on all
 * of their problems, which are the first of any greater number of held-out problems.
 */
export function whyRunApart(settings: RunSettings, base: Base): Apart | null {
  return whyApart(settings) ?? (settings.evalProblems < base.p.length ? 'problems' : null);
}

/** An evaluation stays as it is, so that what is computed of it is computed once. */
const points = new WeakMap<TrainRow, LivePoint>();

/** Where an evaluated row stands on the problems of the base; null for one without p. */
export function livePoint(row: TrainRow, problems: number): LivePoint | null {
  const kept = points.get(row);
  if (kept) return kept;
  const p = row.heldOut?.p.slice(0, problems) ?? [];
  if (p.length < problems) return null;
  const point = { step: row.step, x: meanPassAtK(p, 1), y: meanPassAtK(p, 256) };
  points.set(row, point);
  return point;
}

/** The points of a trail are at most so many. */
const LONGEST = 200;

/** The way of a run on the plane, up to a step: every evaluation, or every second, fourth … of a long run, and the last. */
export function liveTrail(
  evaluated: readonly TrainRow[],
  step: number,
  problems: number,
): LivePoint[] {
  const until = evaluated.filter((row) => row.step <= step);
  let stride = 1;
  while (until.length / stride > LONGEST) stride *= 2;
  return until
    .filter((_, i) => i % stride === 0 || i === until.length - 1)
    .flatMap((row) => livePoint(row, problems) ?? []);
}

/** The run on screen at an evaluation, as one of the methods; null for a row without p. */
export function liveMethod(row: TrainRow, base: Base, label: string): Method | null {
  const p = row.heldOut?.p.slice(0, base.p.length) ?? [];
  if (p.length < base.p.length) return null;
  return methodOfP({ id: 'live', label, group: 'live' }, [sampleOfP(p, base.p, row.entropy)]);
}

/** What was recorded of a method that can be run live, in the study that tells of it. */
export async function recordedOf({ studies, permalink }: Method): Promise<Companion> {
  const study = studyNamed(studies[0]!);
  const recorded = await recordedStudy(study);
  const arm = recorded.arms.find((each) => each.permalink === permalink)!;
  return companionOf(recorded, study.title, arm.id);
}
