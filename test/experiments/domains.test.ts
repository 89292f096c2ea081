import { describe, expect, it } from 'vitest';
import { limitDomains, passAtByDomain } from '../../src/experiments/byDomain.ts';
import { shapeFor } from '../../src/experiments/pretrain.ts';
import { startExperiment } from '../../src/experiments/startExperiment.ts';
import type { TrainRow } from '../../src/experiments/train.ts';
import { initialParameters } from '../../src/policy/initialise.ts';
import { createWasmEngine } from '../../src/policy/wasm/engine.ts';
import { defaultsFor, trainSettings, type RunSettings } from '../../src/run/settings.ts';
import { measure } from '../../src/run/studies/measures.ts';
import { recordRun } from '../../src/run/studies/record.ts';
import { splitBySkill } from '../../src/tasks/prior.ts';
import { createTask, splitProblems } from '../../src/tasks/registry.ts';

const task = await createTask('mixed');
const domainOf = task.domainOf!;
const split = splitProblems(task, 1);
const shape = shapeFor(task, { width: 8, layers: 1, heads: 2 });

async function rowsOf(changes: Partial<RunSettings>): Promise<TrainRow[]> {
  const settings = trainSettings({
    ...defaultsFor({ task: 'mixed', algorithm: 'grpo' }),
    ...{ steps: 4, prompts: 6, groupSize: 2, evalEvery: 4, evalProblems: 10, evalSamples: 0 },
    ...changes,
  });
  const run = await startExperiment(
    await createWasmEngine(),
    task,
    shape,
    initialParameters(shape, 1),
    split,
    settings,
  );
  const rows: TrainRow[] = [];
  for await (const row of run.rows) rows.push(row);
  run.dispose();
  return rows;
}

describe('the training problems of a mixed task', () => {
  it('are those of both domains, or of one; what is held out stays', () => {
    expect(limitDomains(domainOf, split, 'all')).toBe(split);
    const [countdown, programs] = (['countdown', 'programs'] as const).map((domain) => {
      const { train, heldOut } = limitDomains(domainOf, split, domain);
      expect(train.every((problem) => domainOf(problem) === domain)).toBe(true);
      expect(heldOut).toBe(split.heldOut);
      return train;
    });
    expect(countdown!.length + programs!.length).toBe(split.train.length);
    expect(new Set([...countdown!, ...programs!])).toEqual(new Set(split.train));
  });

  it('are so beyond a narrow prior too: no Countdown problem needs doubling', () => {
    const narrow = splitBySkill(task, split);
    expect(limitDomains(domainOf, narrow, 'countdown').beyond!.train).toEqual([]);
    expect(limitDomains(domainOf, narrow, 'programs').beyond).toEqual(narrow.beyond);
  });

  it.each(['countdown', 'programs', 'all'] as const)('in a run on %s', async (domains) => {
    const rows = await rowsOf({ domains, steps: 12 });
    const seen = new Set(rows.map(({ group }) => domainOf(task.decode(group!.prompt))));
    expect(seen).toEqual(new Set(domains === 'all' ? ['countdown', 'programs'] : [domains]));
  });

  it('are limited after the domain is chosen', async () => {
    const [row] = await rowsOf({ domains: 'programs', trainProblems: 3, steps: 0 });
    expect([row!.train!.p.length, row!.heldOut!.p.length]).toEqual([3, 10]);
  });
});

describe('pass@k by domain', () => {
  it('is the mean over the problems of each', () => {
    const [countdown, programs] = [split.heldOut[0], split.heldOut[1]];
    const problems = [countdown, programs, countdown, programs];
    // pass@4 = 1 − (1 − p)⁴: of 0.5 and 0 (0.9375 + 0) / 2, of 1 and 0.1 (1 + 0.3439) / 2.
    const passAt = passAtByDomain(domainOf, problems, [0.5, 1, 0, 0.1]);
    expect(passAt['countdown']![1]).toBeCloseTo(0.25, 12);
    expect(passAt['countdown']![4]).toBeCloseTo(0.46875, 12);
    expect(passAt['programs']![4]).toBeCloseTo(0.67195, 12);
  });

  it.each([{}, { experiment: 'power-sampling', chains: 2 } as const])(
    'stands in every evaluated row, and both halves make the whole: %j',
    async (changes) => {
      const evaluated = (await rowsOf(changes)).filter(({ heldOut }) => heldOut);
      expect(evaluated.map(({ step }) => step)).toEqual([0, 1, 2, 4]);
      for (const { heldOut } of evaluated) {
        const { domains, passAt, p } = heldOut!;
        expect(Object.keys(domains!)).toEqual(['countdown', 'programs']);
        for (const [k, whole] of Object.entries(passAt))
          expect((domains!['countdown']![k]! + domains!['programs']![k]!) / 2).toBeCloseTo(
            whole,
            9,
          );
        // Held-out problems alternate, Countdown first.
        const mean = (p[0]! + p[2]! + p[4]! + p[6]! + p[8]!) / 5;
        expect(domains!['countdown']![1]).toBeCloseTo(mean, 12);
      }
    },
  );

  it('is a measure of a recorded study, at both ends', async () => {
    const rows = await rowsOf({});
    const run = recordRun(1, rows, {});
    for (const [when, row] of [['base', rows[0]] as const, ['end', rows.at(-1)] as const])
      expect(measure(run, 'heldOut.domains.programs.256', when)).toBeCloseTo(
        row!.heldOut!.domains!['programs']![256]!,
        4,
      );
  });
});
