import { crossingK, leaderAtOne } from '../../../src/core/passAtK.ts';
import { mean } from '../../../src/core/statistics.ts';
import { solvableSets } from '../../../src/evaluation/solvable.ts';
import type { TrainRow } from '../../../src/experiments/train.ts';
import { PRESETS } from '../../../src/run/presets.ts';
import { changedSettings, settingsOver, type RunSettings } from '../../../src/run/settings.ts';
import type { Job } from './jobs.ts';
import { intervalOf, markdown, show } from './table.ts';

/** What is evaluated, and how often, is less than on the page; all else is the page's. */
const SETTINGS = '--eval-every 50 --eval-samples 0'.split(' ');
/** Chosen before the first run; none is left out. */
const SEEDS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
/** Every domain as the page has it, and beside the default the set-ups that it is to be held against. */
const SETUPS: readonly { name: string; label: string; settings: Partial<RunSettings> }[] = [
  { name: 'countdown', label: 'Countdown', settings: PRESETS.crossing },
  { name: 'explores', label: '– entropy bonus, gentler', settings: PRESETS.explores },
  { name: 'near-paper', label: '– near the paper', settings: PRESETS['near-paper'] },
  { name: 'broad', label: '– broad prior', settings: PRESETS.broad },
  { name: 'steps', label: 'Countdown with steps', settings: { task: 'countdown-steps' } },
  { name: 'maze', label: 'Maze', settings: { task: 'maze' } },
  { name: 'programs', label: 'Programs', settings: { task: 'programs' } },
  {
    name: 'programs-explores',
    label: '– entropy bonus, gentler',
    settings: { task: 'programs', ...PRESETS.explores, lr: 2.5e-4 },
  },
];
/** Curves that do not cross up to here count as not crossing. */
const LARGEST_K = 1e6;

export const jobs: Job[] = SETUPS.flatMap(({ name, settings }) =>
  SEEDS.map((seed) => ({
    name: `${name}-${seed}`,
    args: [
      ...changedSettings(settingsOver({ ...settings, seed })).flatMap(([flag, text]) => [
        `--${flag}`,
        text,
      ]),
      ...SETTINGS,
    ],
  })),
);

interface Outcome {
  before: TrainRow;
  after: TrainRow;
}

/** Told of each run: base → trained. */
const MEASURES: readonly [string, (row: TrainRow) => number][] = [
  ...['1', '16', '256', '1024'].map((k): [string, (row: TrainRow) => number] => [
    `pass@${k}`,
    (row) => row.heldOut!.passAt[k]!,
  ]),
  ['entropy', (row) => row.entropy],
];
const SOUND: readonly [string, (row: TrainRow) => number][] = [
  ...['1', '16', '256', '1024'].map((k): [string, (row: TrainRow) => number] => [
    `sound pass@${k}`,
    (row) => row.heldOut!.soundPassAt![k]!,
  ]),
];

/** The same run with only those answers counted whose written steps are all valid. */
function soundOnly({ before, after }: Outcome): Outcome {
  const only = (row: TrainRow): TrainRow => {
    const heldOut = row.heldOut!;
    return {
      ...row,
      heldOut: { ...heldOut, p: heldOut.soundP!, passAt: heldOut.soundPassAt! },
      solvable: solvableSets(before.heldOut!.soundP!, heldOut.soundP!),
    };
  };
  return { before: only(before), after: only(after) };
}

const crossingOf = ({ before, after }: Outcome): number | null =>
  crossingK(before.heldOut!.p, after.heldOut!.p, LARGEST_K);

const LEADS = {
  now: 'the trained policy leads',
  base: 'the base leads',
  neither: 'both are alike',
} as const;
/** Of a run whose curves do not cross, who is ahead. */
const leaderOf = ({ before, after }: Outcome): string =>
  LEADS[leaderAtOne(before.heldOut!.p, after.heldOut!.p) ?? 'neither'];

/** Who is ahead in the runs whose curves do not cross. */
function leadersOf(outcomes: readonly Outcome[]): string {
  const leaders = outcomes.filter((outcome) => crossingOf(outcome) === null).map(leaderOf);
  const different = [...new Set(leaders)];
  if (different.length === 1) return different[0]!;
  return different
    .map((words) => `${words} with ${leaders.filter((each) => each === words).length}`)
    .join(', ');
}

/** The line of a domain in the summary: mean change with its interval, after the mean value of the base. */
function summary(label: string, outcomes: readonly Outcome[]): string[] {
  const crossings = outcomes.map(crossingOf);
  const crossed = crossings.filter((k) => k !== null);
  return [
    label,
    ...MEASURES.map(([, of]) => {
      const changes = outcomes.map(({ before, after }) => of(after) - of(before));
      return `${mean(outcomes.map(({ before }) => of(before))).toFixed(3)}, ${show(intervalOf(changes))}`;
    }),
    show(intervalOf(outcomes.map(({ after }) => after.solvable!.rlOnly)), 1),
    crossed.length === SEEDS.length
      ? show(intervalOf(crossed), 1)
      : `none in ${SEEDS.length - crossed.length} of ${SEEDS.length}: ${leadersOf(outcomes)}`,
  ];
}

function section(label: string, outcomes: readonly Outcome[]): string {
  const [first] = outcomes;
  const measures = first!.before.heldOut!.soundPassAt ? [...MEASURES, ...SOUND] : MEASURES;
  const change = ({ before, after }: Outcome, of: (row: TrainRow) => number): string =>
    `${of(before).toFixed(3)} → ${of(after).toFixed(3)}`;
  const rows = outcomes.map((outcome, i) => {
    const { both, baseOnly, rlOnly, neither } = outcome.after.solvable!;
    return [
      `seed ${SEEDS[i]}`,
      ...measures.map(([, of]) => change(outcome, of)),
      `${both} / ${baseOnly} / ${rlOnly} / ${neither}`,
      crossingOf(outcome)?.toFixed(1) ?? `none: ${leaderOf(outcome)}`,
    ];
  });
  const interval = measures.map(([, of]) =>
    show(intervalOf(outcomes.map(({ before, after }) => of(after) - of(before)))),
  );
  const crossings = outcomes.map(crossingOf);
  const rlOnly = intervalOf(outcomes.map(({ after }) => after.solvable!.rlOnly));
  return `## ${label}

${first!.after.step} steps, ${first!.before.heldOut!.p.length} held-out problems.

${markdown(
  ['run', ...measures.map(([name]) => name), 'both / base only / RL only / neither', 'crossing k'],
  [
    ...rows,
    [
      'mean change, 95 % interval',
      ...interval,
      `RL only ${show(rlOnly, 1)}`,
      crossings.every((k) => k !== null)
        ? show(intervalOf(crossings), 1)
        : `${crossings.filter((k) => k === null).length} of ${SEEDS.length} do not cross: ${leadersOf(outcomes)}`,
    ],
  ],
)}
`;
}

export function report(runs: readonly (readonly TrainRow[])[]): { text: string; data: unknown } {
  const domains = SETUPS.map(({ name, label }, i) => ({
    name,
    label,
    outcomes: runs
      .slice(i * SEEDS.length, (i + 1) * SEEDS.length)
      .map((rows): Outcome => ({ before: rows[0]!, after: rows.at(-1)! })),
  }));
  return {
    text: `# GRPO in every domain, 10 seeds

Held-out and exact, base → trained, but for the entropy, in nats a token: it is estimated from the rollouts of the step, so that
the base's too differs by seed. Seeds are of training only: the intervals say nothing of another base or of other problems. Solvable means that 256 samples solve a problem
at least half of the time; the crossing is the k from which the base solves more, up to ${LARGEST_K.toLocaleString('en')}. Each task with the
page's settings for it, Countdown also with those of its presets (\`${SETTINGS.join(' ')}\`), WebAssembly, seeds ${SEEDS.join(', ')}, all of them. Made by \`npm run studies -- domains\`.

The base's value, of the entropy the mean over the seeds, then the mean change with its 95 % interval; RL only of the evaluated problems;
where curves do not cross, whose is ahead:

${markdown(
  ['domain', ...MEASURES.map(([name]) => name), 'RL only', 'crossing k'],
  domains.flatMap(({ label, outcomes }) => {
    const sound = outcomes[0]!.before.heldOut!.soundPassAt
      ? [summary(`${label}, sound answers`, outcomes.map(soundOnly))]
      : [];
    return [summary(label, outcomes), ...sound];
  }),
)}

${domains.map(({ label, outcomes }) => section(label, outcomes)).join('\n')}`,
    data: domains.map(({ name, outcomes }) => ({
      name,
      runs: outcomes.map((outcome, i) => {
        const { before, after } = outcome;
        const told = (row: TrainRow) => ({
          step: row.step,
          passAt: row.heldOut!.passAt,
          ...(row.heldOut!.soundPassAt ? { soundPassAt: row.heldOut!.soundPassAt } : {}),
          entropy: row.entropy,
        });
        return {
          seed: SEEDS[i],
          before: told(before),
          after: told(after),
          solvable: after.solvable,
          crossingK: crossingOf(outcome),
        };
      }),
    })),
  };
}
