import { meanPassAtK } from '../../../src/core/passAtK.ts';
import { mean } from '../../../src/core/statistics.ts';
import { isSolvable } from '../../../src/evaluation/solvable.ts';
import { enumerateAcceptSets, uniformGuessSuccess } from '../../../src/evaluation/exact.ts';
import type { Evaluation } from '../../../src/experiments/evaluate.ts';
import { shapeFor } from '../../../src/experiments/pretrain.ts';
import type { TrainRow } from '../../../src/experiments/train.ts';
import { SPLIT_SEED } from '../../../src/run/bases.ts';
import { defaultsFor, NETWORK_SIZE, taskName } from '../../../src/run/settings.ts';
import type { TaskFamily } from '../../../src/run/table.ts';
import { splitFor } from '../../../src/tasks/prior.ts';
import { createTask, splitProblems } from '../../../src/tasks/registry.ts';
import type { Job } from './jobs.ts';
import { intervalOf, markdown, SEEDS, show } from './table.ts';

/** Half of the prompts from beyond a narrow prior, with the settings that the page gives each task. */
const SETTINGS =
  '--prior narrow --beyond-share 0.5 --steps 60 --eval-every 60 --eval-samples 0'.split(' ');
const KS = [1, 256, 1024];

const DOMAINS: readonly { task: TaskFamily; label: string }[] = [
  { task: 'countdown', label: 'Countdown' },
  { task: 'countdown-steps', label: 'Countdown with steps' },
  { task: 'maze', label: 'Maze' },
  { task: 'programs', label: 'Programs' },
];

export const jobs: Job[] = DOMAINS.flatMap(({ task }) =>
  SEEDS.map((seed) => ({
    name: `${task}-${seed}`,
    args: ['--task', task, '--seed', String(seed), ...SETTINGS],
  })),
);

/** What counts beyond the prior: where steps are written, only answers whose steps are all valid. */
const beyondP = ({ p, soundP }: Pick<Evaluation, 'p' | 'soundP'>): number[] => soundP ?? p;

/** Success probabilities of uniformly random tokens on the problems that the runs evaluate. */
async function chance(family: (typeof DOMAINS)[number]['task'], problems: number) {
  const settings = defaultsFor({ task: family, algorithm: 'grpo' });
  const task = await createTask(taskName(settings));
  const split = splitFor('narrow', task, splitProblems(task, SPLIT_SEED));
  const shape = shapeFor(task, { ...NETWORK_SIZE, width: settings.width });
  const sets = enumerateAcceptSets(task, shape, split.beyond!.heldOut.slice(0, problems));
  return beyondP(uniformGuessSuccess(sets, shape.outputs));
}

const tiny = (p: number): string => (p === 0 ? '0' : p < 0.001 ? p.toExponential(1) : p.toFixed(3));

/** Mean pass@k of the trained policies, and the least and the most of a seed. */
function range(trained: readonly (readonly number[])[], k: number): string {
  const at = trained.map((p) => meanPassAtK(p, k));
  return `${tiny(mean(at))} (${tiny(Math.min(...at))} to ${tiny(Math.max(...at))})`;
}

export async function report(
  runs: readonly (readonly TrainRow[])[],
): Promise<{ text: string; data: unknown }> {
  const tasks = await Promise.all(
    DOMAINS.map(async ({ task, label }, i) => {
      const mine = runs.slice(i * SEEDS.length, (i + 1) * SEEDS.length);
      const base = beyondP(mine[0]![0]!.beyond!);
      const trained = mine.map((rows) => beyondP(rows.at(-1)!.beyond!));
      const within = mine.map((rows) => [rows[0]!.heldOut!.passAt, rows.at(-1)!.heldOut!.passAt]);
      return {
        task,
        label,
        problems: base.length,
        skill: (await createTask(taskName(defaultsFor({ task, algorithm: 'grpo' })))).skill.label,
        base,
        trained,
        chance: await chance(task, base.length),
        within,
        solved: trained.map((p) => p.filter(isSolvable).length),
        baseSolved: base.filter(isSolvable).length,
      };
    }),
  );
  return {
    text: `# Beyond the prior, 8 seeds

The base was never shown one skill, and these held-out problems cannot be solved without it. GRPO trains for 60 steps
with half of its prompts from beyond the prior. Exact pass@k; chance is uniformly random tokens; solved counts problems that
256 samples solve at least half of the time. Where steps are written only answers whose steps are all valid count. Seeds
${SEEDS.join(', ')}, all of them: the mean over them, their range, and for the problems within the prior the mean change with its 95 %
interval. They are of training only: neither range nor interval says anything of another base or of other problems. \`${SETTINGS.join(' ')}\`, WebAssembly. Made by \`npm run studies -- beyond\`.

${markdown(
  [
    'task',
    'skill',
    'problems',
    'chance @256',
    'base @256',
    'trained @256 (range)',
    'solved: base',
    'trained',
  ],
  tasks.map(({ label, skill, problems, base, trained, chance, solved, baseSolved }) => [
    label,
    skill,
    String(problems),
    tiny(meanPassAtK(chance, 256)),
    tiny(meanPassAtK(base, 256)),
    range(trained, 256),
    String(baseSolved),
    Math.min(...solved) === Math.max(...solved)
      ? String(solved[0])
      : `${Math.min(...solved)} to ${Math.max(...solved)}`,
  ]),
)}

At other k, and what became of the problems within the prior:

${markdown(
  [
    'task',
    ...[1, 1024].flatMap((k) => [`chance @${k}`, `base @${k}`, `trained @${k} (range)`]),
    'within: pass@1',
    'within: pass@256',
  ],
  tasks.map(({ label, base, trained, chance, within }) => [
    label,
    ...[1, 1024].flatMap((k) => [
      tiny(meanPassAtK(chance, k)),
      tiny(meanPassAtK(base, k)),
      range(trained, k),
    ]),
    ...['1', '256'].map((k) => show(intervalOf(within.map(([a, b]) => b![k]! - a![k]!)))),
  ]),
)}
`,
    data: tasks.map(({ task, problems, base, trained, chance, solved, baseSolved }) => ({
      task,
      problems,
      baseSolved,
      solved,
      passAt: Object.fromEntries(
        KS.map((k) => [
          k,
          {
            chance: meanPassAtK(chance, k),
            base: meanPassAtK(base, k),
            trained: trained.map((p) => meanPassAtK(p, k)),
          },
        ]),
      ),
    })),
  };
}
