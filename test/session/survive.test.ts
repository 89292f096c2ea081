import { describe, expect, it } from 'vitest';
import { startTraining, type TrainRow } from '../../src/experiments/train.ts';
import { initialParameters } from '../../src/policy/initialise.ts';
import { EngineLostError } from '../../src/policy/policy.ts';
import { shapeFor } from '../../src/experiments/pretrain.ts';
import { DEFAULT_SETTINGS, trainSettings } from '../../src/run/settings.ts';
import { createCheckpoints } from '../../src/session/checkpoints.ts';
import { survivingRows, type Loss } from '../../src/session/survive.ts';
import { createTask, splitProblems } from '../../src/tasks/registry.ts';
import { loseDevice, watchedEngine } from './engines.ts';

const task = await createTask('countdown-3');
const split = splitProblems(task, 1);
const shape = shapeFor(task, { width: 8, layers: 1, heads: 2 });
const settings = trainSettings({
  ...DEFAULT_SETTINGS,
  steps: 60,
  lr: 0.01,
  prompts: 4,
  groupSize: 4,
  evalEvery: 10,
  evalProblems: 8,
  evalSamples: 4,
});

/** The rows of a run whose device is lost as `before` says; a device works again once it is opened anew. */
async function rowsWith(before: Parameters<typeof watchedEngine>[0]) {
  const engine = watchedEngine(before);
  const losses: Loss[] = [];
  const opened: (number | null)[] = [];
  const rows: TrainRow[] = [];
  const surviving = survivingRows(
    (checkpoint) => {
      opened.push(checkpoint?.step ?? null);
      return startTraining(
        engine,
        task,
        shape,
        initialParameters(shape, 1),
        split,
        settings,
        checkpoint,
      );
    },
    (loss) => losses.push(loss),
    { checkpoints: createCheckpoints(), lastStep: settings.steps },
  );
  for await (const row of surviving) rows.push({ ...row, step_time: 0 });
  return { rows, losses, opened };
}

describe('a run whose device is lost', () => {
  const undisturbed = rowsWith(() => undefined);

  it.each([
    ['a rollout', 'sample', 40],
    ['an update', 'update', 33],
    ['an evaluation', 'score', 12],
    ['the readback of a snapshot', 'snapshot', 2],
    ['the first rollout of all', 'sample', 1],
  ] as const)('in %s goes on to the same rows', async (_, verb, at) => {
    const { rows, losses } = await rowsWith((called, call) => {
      if (called === verb && call === at) loseDevice();
    });
    expect(rows).toEqual((await undisturbed).rows);
    expect(rows.map(({ step }) => step)).toEqual(Array.from({ length: 61 }, (_, step) => step));
    expect(losses.length).toBe(1);
  });

  it('goes back at most 25 steps', async () => {
    const lostAt = new Set([20, 50, 65]);
    const { losses, opened } = await rowsWith((verb, call) => {
      if (verb === 'update' && lostAt.has(call)) loseDevice();
    });
    expect(losses.length).toBe(3);
    expect(opened[0]).toBe(null);
    for (const { step, restored } of losses) expect(step! - restored).toBeLessThan(25);
    expect(losses.map(({ inARow }) => inARow)).toEqual([1, 1, 1]);
  });

  it('gives up when the device is lost again and again without a new row', async () => {
    await expect(
      rowsWith((verb, call) => {
        if (verb === 'update' && call > 30) loseDevice();
      }),
    ).rejects.toThrow(EngineLostError);
  });

  it('does not take another error for a loss', async () => {
    await expect(
      rowsWith((verb, call) => {
        if (verb === 'update' && call === 5) throw new Error('something else');
      }),
    ).rejects.toThrow('something else');
  });
});
