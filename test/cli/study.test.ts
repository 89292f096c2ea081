import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import {
  makeStudies,
  parseSeeds,
  recordedPath,
  reportPath,
  reportStudies,
  studyOrders,
} from '../../src/cli/study.ts';
import { MARKED } from '../../src/cli/study/blocks.ts';
import { readCode } from '../../src/cli/sweep/identity.ts';
import { makeRun } from '../../src/cli/sweep/makeRun.ts';
import { meanPassAtK } from '../../src/core/passAtK.ts';
import { claimOf } from '../../src/run/studies/claims.ts';
import { measureOverSteps } from '../../src/run/studies/measures.ts';
import { parseStudy, type RecordedStudy } from '../../src/run/studies/recorded.ts';
import { studyBlock, studyReport } from '../../src/run/studies/report.ts';
import { settingsOf, type Study } from '../../src/run/studies/study.ts';
import { parsePermalink } from '../../src/run/permalink.ts';
import { cellOf } from '../run/studies/cell.ts';
import { cli } from './inProcess.ts';
import { begun, historyOf } from './sweepRuns.ts';

const tiny: Study = {
  name: 'tiny',
  title: 'Tiny',
  question: 'Does it work?',
  settings: { prompts: 2, groupSize: 4, steps: 4, evalEvery: 2, evalProblems: 6, evalSamples: 0 },
  arms: [
    { id: 'grpo', label: 'GRPO', role: 'now', settings: {} },
    { id: 'still', label: 'learning rate 0', role: 'control', settings: { lr: 0 } },
  ],
  seeds: [1, 2],
  figure: { kind: 'passAtK' },
  measures: ['pass@1', 'pass@256', 'entropy', 'crossing'],
  claims: [
    { measure: 'pass@256', arm: 'still', against: 'base' },
    { measure: 'pass@1', arm: 'grpo', against: 'still' },
  ],
  papers: [{ says: 'Up.', source: 'S', sign: 1, measure: 'pass@1', arm: 'grpo', against: 'base' }],
  why: 'It is tiny.',
};
/** Shares an arm with the other. */
const twin: Study = { ...tiny, name: 'twin', arms: [tiny.arms[0]!], claims: [], papers: [] };

let into: string;
let recorded: RecordedStudy;
const make = () =>
  makeStudies([tiny, twin], { seeds: null, directory: join(into, 'runs'), jobs: 2, into });
beforeAll(async () => {
  into = await mkdtemp(join(tmpdir(), 'rlvr-study-'));
  await mkdir(join(into, 'docs'));
  for (const file of MARKED)
    await writeFile(join(into, file), `${file}\n<!-- study:tiny -->\n<!-- /study -->\nB\n`);
  vi.spyOn(console, 'log').mockReturnValue();
  // All but one in this process, since to start another takes longer than to make a run.
  const orders = studyOrders(await readCode(), tiny, tiny.seeds).flat();
  await mkdir(join(into, 'runs'));
  for (const order of orders.slice(1)) await makeRun(join(into, 'runs'), order);
  await make();
  recorded = parseStudy('tiny', await readFile(recordedPath(into, 'tiny'), 'utf8'));
}, 120_000);
afterAll(() => rm(into, { recursive: true }));

describe('a study', () => {
  it('makes every run once, also those that two studies share', async () => {
    const history = begun(await historyOf(join(into, 'runs')));
    expect(history.length).toBe(2 * 2);
    expect(new Set(history).size).toBe(2 * 2);
    await make();
    expect(begun(await historyOf(join(into, 'runs'))).length).toBe(2 * 2);
  });

  it('records what its runs had, and what follows from it', () => {
    expect(recorded.seeds).toEqual([1, 2]);
    expect(recorded.arms.map(({ id }) => id)).toEqual(['grpo', 'still']);
    for (const { chanceP, runs } of recorded.arms)
      for (const run of runs) {
        expect(run.p.length).toBe(6);
        expect(chanceP.length).toBe(6);
        expect(run.series['step']).toEqual([0, 1, 2, 4]);
        // Both are exact, of p rounded before and after.
        const last = measureOverSteps(run, 'pass@16').at(-1)!.value;
        expect(Math.abs(last - meanPassAtK(run.p, 16))).toBeLessThan(1e-3);
      }
    const [grpo, still] = recorded.arms;
    expect(still!.runs.map(({ p }) => p)).toEqual(still!.runs.map(({ baseP }) => baseP));
    expect(grpo!.runs[0]!.p).not.toEqual(grpo!.runs[0]!.baseP);
    expect(grpo!.runs[0]!.p).not.toEqual(grpo!.runs[1]!.p);
    expect(recorded.claims).toEqual(tiny.claims.map((claim) => claimOf(claim, recorded.arms)));
    expect(recorded.claims[0]).toMatchObject({ mean: 0, half: 0 });
    expect(recorded.claims[0]!.sentence).toMatch(/is that of its base with every seed/);
  });

  it('has an arm’s permalink that opens its first run', () => {
    for (const [i, arm] of tiny.arms.entries())
      expect(parsePermalink(recorded.arms[i]!.permalink)).toEqual({
        settings: settingsOf(tiny, arm, 1),
        view: {},
        problems: [],
      });
  });

  it('has a first cell that comes out again', async () => {
    const cell = await cellOf(tiny, recorded, 'grpo');
    expect(cell.again.series['step']).toEqual([0, 1]);
    expect(cell.again.baseP).toEqual(cell.recorded.baseP);
    expect(cell.again.p).not.toEqual(cell.recorded.p);
    for (const [path, column] of Object.entries(cell.again.series))
      expect(column, path).toEqual(cell.recorded.series[path]!.slice(0, 2));
  });

  it('fills its report and its place in every document that has one', async () => {
    expect(await readFile(reportPath(into, 'tiny'), 'utf8')).toBe(studyReport(tiny, recorded));
    const block = studyBlock(tiny, recorded);
    expect(MARKED).toEqual(['README.md', 'docs/results.md']);
    for (const file of MARKED)
      expect(await readFile(join(into, file), 'utf8')).toBe(
        `${file}\n<!-- study:tiny -->\n\n${block}\n\n<!-- /study -->\nB\n`,
      );
    for (const { seed, p } of recorded.arms[0]!.runs)
      expect(studyReport(tiny, recorded)).toMatch(
        new RegExp(`\\| GRPO +\\| ${seed} +\\| ${meanPassAtK(p, 1).toFixed(3)} +\\|`),
      );
  });

  it('is told again from its recorded file, without a run', async () => {
    const made = begun(await historyOf(join(into, 'runs'))).length;
    const told: Study = {
      ...twin,
      arms: [{ ...twin.arms[0]!, label: 'our GRPO' }],
      claims: [{ measure: 'pass@1', arm: 'grpo', against: 'chance' }],
    };
    await reportStudies([told], into);
    const again = parseStudy('twin', await readFile(recordedPath(into, 'twin'), 'utf8'));
    expect(again.claims).toHaveLength(1);
    expect(again.claims[0]!.sentence).toMatch(/^our GRPO: pass@1 .* chance/);
    expect(again.arms[0]!.runs).toEqual(recorded.arms[0]!.runs);
    expect(await readFile(reportPath(into, 'twin'), 'utf8')).toBe(studyReport(told, again));
    expect(begun(await historyOf(join(into, 'runs'))).length).toBe(made);
    const { code, stderr } = await cli('study', 'power', '--report', '--into', into);
    expect(code).not.toBe(0);
    expect(stderr).toMatch(/the study 'power' is not recorded: there is no .*power\.json/);
  });

  it('takes 150 kB at most with 4 arms, 8 seeds, 200 problems and 16 evaluations', () => {
    // The same columns and p with as many different numbers as a full study has.
    let state = 1;
    const random = () =>
      Number(((state = (state * 48271) % 2147483647) / 2147483647).toPrecision(4));
    const list = (length: number) => Array.from({ length }, random);
    const baseP = list(200);
    const full = {
      ...recorded,
      arms: Array.from({ length: 4 }, () => ({
        ...recorded.arms[0]!,
        chanceP: baseP,
        runs: Array.from({ length: 8 }, () => {
          const { series } = recorded.arms[0]!.runs[0]!;
          return {
            ...recorded.arms[0]!.runs[0]!,
            baseP,
            p: list(200),
            series: Object.fromEntries(Object.keys(series).map((path) => [path, list(16)])),
          };
        }),
      })),
    };
    expect(gzipSync(JSON.stringify(full)).length).toBeLessThan(150_000);
  });
});

describe('a study that cannot be made', () => {
  it.each(['8', '2-1', '1-', 'a-b'])('--seeds %s is refused', (text) => {
    expect(() => parseSeeds(text)).toThrow(`--seeds is '${text}', expected A-B`);
  });

  it('is named, with those that there are', async () => {
    const { code, stderr } = await cli('study', 'nothing');
    expect(code).toBe(2);
    expect(stderr).toMatch(/no study is called 'nothing'; the studies are no-training, rarity/);
  });
});
