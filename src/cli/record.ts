import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { ANSWERS_EACH, handful } from '../core/handful.ts';
import { answersKey, answersOf } from '../evaluation/problemAnswers.ts';
import type { TrainRow } from '../experiments/train.ts';
import { serialiseRecording, type RecordedAnswers } from '../run/recording.ts';
import { changedSettings, taskName, type RunSettings } from '../run/settings.ts';
import { beginRun } from './beginRun.ts';
import type { PlainFlag } from './flags.ts';

export const RECORD_FLAGS: readonly PlainFlag[] = [
  {
    flag: 'out',
    help: 'file for the recording',
    default: 'public/runs/countdown-3.json',
  },
];

/** Trains and writes the run as the page shows it before its own. */
export async function runRecord(
  settings: RunSettings,
  plain: Record<string, string>,
): Promise<void> {
  const { run, engine, task, split, shape, parameters } = await beginRun(settings);
  const rows: TrainRow[] = [];
  // Apart from the run's own policy, which is not to be disturbed.
  const now = await engine.createPolicy(shape, parameters);
  let answers: RecordedAnswers[] = [];
  const { evalTemperature: temperature, evalTopP: topP, seed } = settings;
  for await (const row of run.rows) {
    rows.push(row);
    if (row.step === 0)
      answers = handful(row.heldOut!.p).map((problem) => ({ problem, moments: [] }));
    if (!row.heldOut) continue;
    await now.restore(await run.policy.snapshot());
    for (const { problem, moments } of answers) {
      const given = await answersOf(now, task, split.heldOut[problem], {
        ...{ count: ANSWERS_EACH, temperature, topP },
        key: answersKey(seed, problem, row.step, 0),
      });
      moments.push({
        step: row.step,
        answers: given.map(({ text, correct, detail }) => ({ text, correct, detail })),
      });
    }
    process.stderr.write(`step ${row.step}/${settings.steps}\n`);
  }
  const flags = changedSettings(settings).map(([flag, text]) => ` --${flag} ${text}`);
  const out = plain['out']!;
  await mkdir(dirname(out), { recursive: true });
  const recording = serialiseRecording({
    format: 'rlvr-recording',
    version: 1,
    command: `npm run -s rlvr -- record${flags.join('')}`,
    task: taskName(settings),
    seed,
    problems: run.problems,
    answers,
    rows,
  });
  await writeFile(out, `${recording}\n`);
  now.dispose();
  run.dispose();
}
