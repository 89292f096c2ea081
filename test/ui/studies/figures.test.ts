import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { recordedPath } from '../../../src/cli/study.ts';
import { STUDIES, studyNamed } from '../../../src/run/studies/catalogue.ts';
import { parseStudy, type RecordedStudy } from '../../../src/run/studies/recorded.ts';
import type { FigureSpec, Study } from '../../../src/run/studies/study.ts';
import { finaleView, overSettingView, overStepsView } from '../../../src/ui/studies/lineViews.ts';
import { passAtKView } from '../../../src/ui/studies/passAtKView.ts';
import { basesOf } from '../../../src/run/studies/means.ts';
import { planeView } from '../../../src/ui/studies/planeView.ts';

const root = new URL('../../../', import.meta.url).pathname;

type Told = Record<string, number>;
const points = (series: readonly { id: string; points: readonly unknown[] }[]): Told =>
  Object.fromEntries(series.map(({ id, points }) => [id, points.length]));

/** How many points each line of a figure has, or each name of a plane. */
const TOLD: {
  [K in FigureSpec['kind']]: (
    study: Study,
    recorded: RecordedStudy,
    spec: Extract<FigureSpec, { kind: K }>,
  ) => Told;
} = {
  passAtK: (study, recorded, spec) => points(passAtKView(study, recorded, 'usual', spec).series),
  plane: (study, recorded, spec) =>
    Object.fromEntries(planeView(study, recorded, spec).points.map(({ id }) => [id, 1])),
  overSteps: (study, recorded, spec) => points(overStepsView(study, recorded, spec).series),
  overSetting: (study, recorded, spec) => points(overSettingView(study, recorded, spec).series),
  finale: (study, recorded, spec) => points(finaleView(study, recorded, spec).series),
};

/** What each figure has to tell: lines with at least so many points, or the names of a plane. */
const WANTED: {
  [K in FigureSpec['kind']]: (
    recorded: RecordedStudy,
    spec: Extract<FigureSpec, { kind: K }>,
  ) => Told;
} = {
  passAtK: ({ arms }, { sound }) => {
    const lines = [...basesOf(arms).map(({ id }) => `base ${id}`), ...arms.map(({ id }) => id)];
    const all = [...lines, ...(sound ? lines.map((id) => `sound ${id}`) : [])];
    return Object.fromEntries(all.map((id) => [id, 41]));
  },
  plane: ({ arms }) =>
    Object.fromEntries(
      [...basesOf(arms).map(({ id }) => `base ${id}`), ...arms.map(({ id }) => id)].map((id) => [
        id,
        1,
      ]),
    ),
  // The base is the first point of every line.
  overSteps: ({ arms }, { arms: drawn, beside, over }) =>
    Object.fromEntries(
      arms
        .filter(({ id }) => drawn?.includes(id) ?? true)
        .flatMap(({ id, runs }) => {
          const steps = runs[0]!.series['step']!.length;
          // The target of a chain is there from the first move on.
          const targets = over === 'moves' ? steps - 1 : steps;
          return [[id, steps], ...(beside === undefined ? [] : [[`beside ${id}`, targets]])];
        }),
    ),
  overSetting: ({ name, arms }) => {
    // A line for each kind of arm, named by its first; the base has a point where they have one.
    const kinds = new Map<string, string[]>();
    for (const { id, line } of studyNamed(name).arms) {
      const kind = line ?? 'all';
      kinds.set(kind, [...(kinds.get(kind) ?? []), id]);
    }
    if (kinds.size === 1) return { base: arms.length, end: arms.length };
    const lines = [...kinds.values()];
    return {
      base: lines[0]!.length,
      ...Object.fromEntries(lines.map((ids) => [ids.at(-1)!, ids.length])),
    };
  },
  finale: ({ arms }) =>
    Object.fromEntries(
      arms.flatMap(({ id, runs }) => {
        const [run] = runs;
        const { kind, points } = run!.finale!;
        return kind === 'interpolation'
          ? [[`${id} undefined`, points.length]]
          : // Of the temperature of equal entropy there is one a run.
            [
              ...['base', 'base 0.95', 'now', 'now 0.95'].map((part) => [`${id} ${part}`, 10]),
              [`${id} matched`, 1],
            ];
      }),
    ),
};

describe.each(STUDIES.map((study) => [study.name, study] as const))(
  'the figures of %s',
  (name, study) => {
    const recorded = parseStudy(name, readFileSync(recordedPath(root, name), 'utf8'));
    it.each([study.figure, ...(study.more ?? [])].map((spec) => [spec.kind, spec] as const))(
      'have base and every arm over all that was recorded (%s)',
      (kind, spec) => {
        const told = (TOLD[kind] as (...args: unknown[]) => Told)(study, recorded, spec);
        const wanted = (WANTED[kind] as (...args: unknown[]) => Told)(recorded, spec);
        expect(told).toMatchObject(wanted);
      },
    );
  },
);
