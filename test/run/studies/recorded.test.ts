import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { recordedPath, reportPath } from '../../../src/cli/study.ts';
import { blocksIn, MARKED, numbersIn, numbersSaid } from '../../../src/cli/study/blocks.ts';
import { permalinkOf } from '../../../src/run/permalink.ts';
import { coerceSetting, SETTINGS } from '../../../src/run/settings.ts';
import { STUDIES, studyNamed } from '../../../src/run/studies/catalogue.ts';
import { armNamed, claimOf } from '../../../src/run/studies/claims.ts';
import { measure, MEASURES } from '../../../src/run/studies/measures.ts';
import { parseStudy, parseStudyIndex } from '../../../src/run/studies/recorded.ts';
import { studyBlock, studyReport } from '../../../src/run/studies/report.ts';
import { EXTREMES, settingsOf } from '../../../src/run/studies/study.ts';
import { expectCellAgain } from './cell.ts';

const root = new URL('../../../', import.meta.url).pathname;
/** What claims name beside arms. */
const NAMED = ['base', 'chance', ...Object.keys(EXTREMES)];
/** Of a study, or of each of its runs where they are many. */
const LARGEST_BYTES = 150_000;
const LARGEST_RUN_BYTES = 2_000;
const read = (file: string): string => readFileSync(file, 'utf8');

describe.each(STUDIES.map((study) => ({ name: study.name, study })))(
  'the study $name',
  ({ study }) => {
    it('has valid settings, in which its arms differ', () => {
      const runs = study.arms.map((arm) => settingsOf(study, arm, 1));
      for (const settings of runs)
        for (const setting of SETTINGS)
          expect(coerceSetting(setting, String(settings[setting.key]))).toEqual({
            ok: true,
            value: settings[setting.key],
          });
      expect(new Set(runs.map((settings) => JSON.stringify(settings))).size).toBe(runs.length);
      expect(new Set(study.arms.map(({ id }) => id)).size).toBe(study.arms.length);
    });

    it('has at least 8 seeds, and claims on its own arms', () => {
      expect(new Set(study.seeds).size).toBeGreaterThanOrEqual(8);
      for (const { arm, against } of [...study.claims, ...study.papers])
        for (const id of [arm, against])
          if (id !== null && !NAMED.includes(id)) expect(armNamed(study.arms, id).id).toBe(id);
    });
  },
);

it('no two studies have the same name', () => {
  expect(new Set(STUDIES.map(({ name }) => name)).size).toBe(STUDIES.length);
});

const folder = join(root, 'public', 'runs', 'studies');
const files = existsSync(folder) ? readdirSync(folder) : [];
it('the list of recorded studies names the files that there are', () => {
  const names = parseStudyIndex(read(join(root, 'public', 'runs', 'studies.json')));
  expect(names).toEqual(
    STUDIES.map(({ name }) => name).filter((name) => files.includes(`${name}.json`)),
  );
  expect(names).toHaveLength(files.length);
});

it('every study of the catalogue is recorded', () => {
  const names = parseStudyIndex(read(join(root, 'public', 'runs', 'studies.json')));
  const missing = STUDIES.map(({ name }) => name).filter((name) => !names?.includes(name));
  expect(missing).toEqual([]);
});

const outcomes = files.map((file) => {
  const name = file.replace(/\.json$/, '');
  return { name, text: read(recordedPath(root, name)) };
});

describe.each(outcomes)('the recorded study $name', ({ name, text }) => {
  const study = studyNamed(name);
  const recorded = parseStudy(name, text);

  it('is small, and of the study’s arms and seeds, none left out', () => {
    const runs = recorded.arms.length * recorded.seeds.length;
    expect(gzipSync(text).length).toBeLessThanOrEqual(
      Math.max(LARGEST_BYTES, LARGEST_RUN_BYTES * runs),
    );
    expect(recorded.arms.map(({ id }) => id)).toEqual(study.arms.map(({ id }) => id));
    expect(recorded.seeds).toEqual(study.seeds);
  });

  it('leads to the runs that it was made of', () => {
    expect(recorded.arms.map(({ permalink }) => permalink)).toEqual(
      study.arms.map((arm) => permalinkOf(settingsOf(study, arm, study.seeds[0]!))),
    );
  });

  it('has the claims, the report and the measures that follow from its numbers', () => {
    expect(recorded.claims).toEqual(study.claims.map((claim) => claimOf(claim, recorded.arms)));
    expect(read(reportPath(root, name))).toBe(studyReport(study, recorded));
    const runs = recorded.arms.flatMap((arm) => arm.runs);
    for (const of of study.measures)
      if (!Object.hasOwn(MEASURES, of))
        expect(
          runs.some((run) => measure(run, of) !== null),
          of,
        ).toBe(true);
  });
});

// Those of all studies take minutes, and are a long test.
it('a cell of a recorded study comes out again', () => expectCellAgain('kl', 'klCoefficient-0.3'));

describe('numbers that stand elsewhere', () => {
  const documents = MARKED.map((file) => read(join(root, file)));
  const sources = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.(ts|svelte)$/.test(file))
    .map((file) => read(join(root, 'src', file)));
  const ofName = (name: string): string => outcomes.find((one) => one.name === name)!.text;

  it('are, in the tables of the documents, those of the recorded studies', () => {
    for (const { name, content } of documents.flatMap(blocksIn))
      expect(content, name).toBe(studyBlock(studyNamed(name), parseStudy(name, ofName(name))));
  });

  it('are, where a text says that it is a study’s, in the report of that study', () => {
    const said = [...documents, ...sources].flatMap(numbersSaid);
    expect(said.length).toBeGreaterThan(10);
    // A number without an interval is a cell of its own, or told between words.
    for (const { name, number } of said)
      expect(numbersIn(read(reportPath(root, name))), name).toContain(number);
  });
});
