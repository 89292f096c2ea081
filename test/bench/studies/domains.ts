import { readFileSync } from 'node:fs';
import { crossingK, leaderAtOne } from '../../../src/core/passAtK.ts';
import { mean, standardError } from '../../../src/core/statistics.ts';
import { solvableSets } from '../../../src/evaluation/solvable.ts';
import type { TrainRow } from '../../../src/experiments/train.ts';
import type { TaskFamily } from '../../../src/run/table.ts';
import type { Job } from './jobs.ts';
import { intervalOf, markdown, SEEDS, show } from './table.ts';

/** Every domain with the settings that the page gives it; only what is evaluated, and how often, is less. */
const SETTINGS = '--eval-every 50 --eval-samples 0'.split(' ');
export const DOMAINS: readonly { task: TaskFamily; label: string }[] = [
  { task: 'countdown', label: 'Countdown' },
  { task: 'countdown-steps', label: 'Countdown with steps' },
  { task: 'maze', label: 'Maze' },
  { task: 'programs', label: 'Programs' },
];
/** Curves that do not cross up to here count as not crossing. */
const LARGEST_K = 1e6;

export const jobs: Job[] = DOMAINS.flatMap(({ task }) =>
  SEEDS.map((seed) => ({
    name: `${task}-${seed}`,
    args: ['--task', task, '--seed', String(seed), ...SETTINGS],
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

/** The same runs on the reference engine, as it was when they were made: before answers' ends were left out. */
interface ReferenceRuns {
  task: TaskFamily;
  runs: { before: Told; after: Told }[];
}
type Told = Pick<TrainRow, 'entropy'> & { passAt: Record<string, number> };

const referenceRuns = JSON.parse(
  readFileSync(new URL('../results/domains-reference.json', import.meta.url), 'utf8'),
) as ReferenceRuns[];

/** Mean changes on both engines, and how many standard errors they are apart: runs of a seed part by rounding, means must not. */
function besideReference(
  domains: readonly { task: TaskFamily; label: string; outcomes: Outcome[] }[],
): string {
  const told = (row: TrainRow): Told => ({ passAt: row.heldOut!.passAt, entropy: row.entropy });
  const measures: readonly [string, (row: Told) => number][] = [
    ...['1', '16', '256', '1024'].map((k): [string, (row: Told) => number] => [
      `pass@${k}`,
      (row) => row.passAt[k]!,
    ]),
    ['entropy', (row) => row.entropy],
  ];
  return markdown(
    ['domain', ...measures.map(([name]) => `${name}: wasm, reference, apart`)],
    domains.map(({ task, label, outcomes }) => {
      const { runs } = referenceRuns.find((of) => of.task === task)!;
      return [
        label,
        ...measures.map(([, of]) => {
          const ours = outcomes.map(({ before, after }) => of(told(after)) - of(told(before)));
          const theirs = runs.map(({ before, after }) => of(after) - of(before));
          const error = Math.hypot(standardError(ours), standardError(theirs));
          const apart = error === 0 ? 0 : (mean(ours) - mean(theirs)) / error;
          return `${mean(ours).toFixed(3)}, ${mean(theirs).toFixed(3)}, ${apart.toFixed(1)} SE`;
        }),
      ];
    }),
  );
}

export function report(runs: readonly (readonly TrainRow[])[]): { text: string; data: unknown } {
  const domains = DOMAINS.map(({ task, label }, i) => ({
    task,
    label,
    outcomes: runs
      .slice(i * SEEDS.length, (i + 1) * SEEDS.length)
      .map((rows): Outcome => ({ before: rows[0]!, after: rows.at(-1)! })),
  }));
  return {
    text: `# GRPO in every domain, 8 seeds

Held-out and exact, base → trained, but for the entropy, in nats a token: it is estimated from the rollouts of the step, so that
the base's too differs by seed. Seeds are of training only: the intervals say nothing of another base or of other problems. Solvable means that 256 samples solve a problem
at least half of the time; the crossing is the k from which the base solves more, up to ${LARGEST_K.toLocaleString('en')}. Each task with the
page's settings for it (\`${SETTINGS.join(' ')}\`), WebAssembly, seeds ${SEEDS.join(', ')}, all of them. Made by \`npm run studies -- domains\`.

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

Beside the same runs on the reference engine (seeds part by rounding, their statistics must not; SE: standard errors of the difference):

${besideReference(domains)}

${domains.map(({ label, outcomes }) => section(label, outcomes)).join('\n')}`,
    data: domains.map(({ task, outcomes }) => ({
      task,
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
