import { exp, log } from '../core/elementary.ts';
import type { EvaluationProblems } from '../experiments/evaluate.ts';
import type { TrainRow } from '../experiments/train.ts';
import { updateWeight } from '../rl/updateWeight.ts';
import { permalinkOf } from './permalink.ts';
import type { Poster } from './posterFile.ts';
import { presetSettings } from './presetOf.ts';
import type { PresetName } from './presets.ts';
import { taskName } from './settings.ts';

/** About so many steps are kept: enough for the small picture of a curve, in a file that is small too. */
const MOST_POINTS = 60;
const KS = ['1', '16', '256', '1024'] as const;
const DIGITS = 4;
/** Between 0.1 % and 99.9 %, evenly by the odds, as the live figure of w(p) has it. */
const PS = Array.from({ length: 41 }, (_, i) => 1 / (1 + exp((1 - i / 20) * log(999))));

/** The poster of a run of a preset: its first and its last evaluation, and how it went between them. */
export function posterOf(
  preset: PresetName,
  rows: readonly TrainRow[],
  problems: Pick<EvaluationProblems, 'beyond'>,
): Poster {
  const settings = presetSettings(preset);
  const evaluated = rows.filter((row) => row.heldOut);
  const [first, last] = [evaluated[0]!, evaluated.at(-1)!];
  const stride = Math.ceil(rows.length / MOST_POINTS);
  const drawn = rows.filter((_, i) => i % stride === 0 || i === rows.length - 1);
  const { beyond } = problems;
  const isAccuracyApart = drawn.every(({ accuracy }) => typeof accuracy === 'number');
  const weight = updateWeight(settings, settings.groupSize, last.heldOut!.p);
  return rounded({
    ...{ format: 'rlvr-poster', version: 1, command: `npm run -s rlvr -- poster ${preset}` },
    ...{ preset, link: permalinkOf(settings), task: taskName(settings), seed: settings.seed },
    step: last.step,
    trained: {
      steps: drawn.map(({ step }) => step),
      reward: drawn.map(({ reward }) => reward),
      entropy: drawn.map(({ entropy }) => entropy),
      ...(isAccuracyApart ? { accuracy: drawn.map(({ accuracy }) => accuracy!) } : {}),
    },
    evaluated: {
      steps: evaluated.map(({ step }) => step),
      passAt: Object.fromEntries(
        KS.map((k) => [k, evaluated.map(({ heldOut }) => heldOut!.passAt[k]!)]),
      ),
    },
    ...{ baseP: first.heldOut!.p, p: last.heldOut!.p },
    ...(beyond && first.beyond && last.beyond
      ? { beyond: { chanceP: beyond.chanceP, baseP: first.beyond.p, p: last.beyond.p } }
      : {}),
    weight: { p: PS, of: PS.map((p) => weight.of(p)) },
  });
}

/** With so many significant digits as a figure can show. */
const rounded = (poster: Poster): Poster =>
  JSON.parse(JSON.stringify(poster), (_, value: unknown) =>
    typeof value === 'number' && !Number.isInteger(value)
      ? Number(value.toPrecision(DIGITS))
      : value,
  ) as Poster;
