import { spawn } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { mean, standardError } from '../../src/core/statistics.ts';
import type { TrainRow } from '../../src/experiments/train.ts';

/**
 * Trains the default settings over ten consecutive seeds, and once with a learning rate of 0, and writes what came
 * out: `npm run seeds`. The seeds are 1 to 10, fixed before the first run; all of them are in the table.
 */
const SEEDS = Array.from({ length: 10 }, (_, i) => i + 1);
const JOBS = 2;
const results = new URL('results/', import.meta.url);
const rowsDirectory = new URL('../../out/seeds/', import.meta.url);

interface Outcome {
  name: string;
  before: TrainRow;
  after: TrainRow;
}

async function run(name: string, args: readonly string[]): Promise<Outcome> {
  const file = new URL(`${name}.jsonl`, rowsDirectory);
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', 'src/cli/main.ts', 'train', ...args, '--out', file.pathname],
    { cwd: new URL('../../', import.meta.url), stdio: ['ignore', 'ignore', 'ignore'] },
  );
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  if (code !== 0) throw new Error(`${name} ended with code ${code}`);
  const lines = (await readFile(file, 'utf8')).trim().split('\n');
  console.error(`${name} done`);
  return { name, before: JSON.parse(lines[0]!), after: JSON.parse(lines.at(-1)!) };
}

await mkdir(rowsDirectory, { recursive: true });
await mkdir(results, { recursive: true });
const jobs = [
  ...SEEDS.map((seed) => ({ name: `seed-${seed}`, args: ['--seed', String(seed)] })),
  { name: 'lr-0', args: ['--seed', '1', '--lr', '0', '--steps', '60'] },
];
const outcomes: Outcome[] = [];
const queue = jobs.map((job, index) => ({ ...job, index }));
await Promise.all(
  Array.from({ length: JOBS }, async () => {
    for (let job = queue.shift(); job; job = queue.shift())
      outcomes[job.index] = await run(job.name, job.args);
  }),
);

const trained = outcomes.slice(0, SEEDS.length);
const flat = outcomes.at(-1)!;
const measures: [string, (row: TrainRow) => number][] = [
  ...['1', '16', '256', '1024'].map((k): [string, (row: TrainRow) => number] => [
    `pass@${k}`,
    (row) => row.heldOut!.passAt[k]!,
  ]),
  ['entropy', (row) => row.entropy],
];
const change = ({ before, after }: Outcome, of: (row: TrainRow) => number): string =>
  `${of(before).toFixed(3)} → ${of(after).toFixed(3)}`;
const line = (outcome: Outcome): string => {
  const { both, baseOnly, rlOnly, neither } = outcome.after.solvable!;
  return `| ${outcome.name} | ${measures.map(([, of]) => change(outcome, of)).join(' | ')} | ${both} / ${baseOnly} / ${rlOnly} / ${neither} |`;
};
const summary = measures.map(([, of]) => {
  const differences = trained.map(({ before, after }) => of(after) - of(before));
  // 2.262 is the 97.5 % point of Student's t with 9 degrees of freedom.
  return `${mean(differences).toFixed(3)} ± ${(2.262 * standardError(differences)).toFixed(3)}`;
});
const table = `# The effect with default settings, seeds 1 to 10

Held-out, exact, base → after ${trained[0]!.after.step} steps of GRPO on the reference engine; entropy of the rollouts
in nats a token; solvable at k = 256 as both / base only / RL only / neither. Made by \`npm run seeds\`.

| run | ${measures.map(([name]) => name).join(' | ')} | solvable |
|---|${measures.map(() => '---|').join('')}---|
${trained.map(line).join('\n')}
| mean change, 95 % interval | ${summary.join(' | ')} | |
${line(flat)}

The last line has a learning rate of 0 and ${flat.after.step} steps: the policy is the same, its entropy differs because each step's
prompts do.
`;
await writeFile(new URL('seeds.md', results), table);
await writeFile(
  new URL('seeds.json', results),
  `${JSON.stringify(
    outcomes.map(({ name, before, after }) => ({
      name,
      before: { passAt: before.heldOut!.passAt, entropy: before.entropy },
      after: { passAt: after.heldOut!.passAt, entropy: after.entropy, solvable: after.solvable },
    })),
    null,
    1,
  )}\n`,
);
console.log(table);
