import { mkdir, writeFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { enumerateAcceptSets, exactSuccess, type AcceptSets } from '../evaluation/exact.ts';
import { meanPassAtK, REPORTED_KS } from '../core/passAtK.ts';
import { mean } from '../core/statistics.ts';
import { pretrain, shapeFor } from '../experiments/pretrain.ts';
import { baseName, checksum, serialiseBase, SPLIT_SEED, type BaseEntry } from '../run/bases.ts';
import { keysWith } from '../run/definitions.ts';
import {
  changedSettings,
  NETWORK_SIZE,
  pretrainSettings,
  taskName,
  type RunSettings,
} from '../run/settings.ts';
import { splitFor } from '../tasks/prior.ts';
import { createTask, splitProblems } from '../tasks/registry.ts';
import { BASES_DIRECTORY } from './base.ts';
import { engineFor } from './engine.ts';
import { CLI_SETTINGS, UsageError, type PlainFlag } from './flags.ts';

const USED = [...keysWith(({ readBy }) => readBy === 'base'), 'evalProblems'];

export const PRETRAIN_SETTINGS = CLI_SETTINGS.filter(({ key }) => USED.includes(key));

export const PRETRAIN_FLAGS: readonly PlainFlag[] = [
  {
    flag: 'out',
    help: 'directory for the parameters and how they were made',
    default: 'public/bases',
  },
  {
    flag: 'role',
    help: 'what it is for: base, to begin runs from, or teacher, to be distilled from',
    default: 'base',
  },
];

/** @throws UsageError for another role than those two. */
function roleOf(text: string): Pick<BaseEntry, 'role'> {
  if (text === 'base') return {};
  if (text === 'teacher') return { role: text };
  throw new UsageError(`--role is '${text}', expected one of base, teacher`);
}

const LOSS_WINDOW = 50;

/** Pretrains a base policy, writes its parameters, and beside them how they were made. */
export async function runPretrain(
  settings: RunSettings,
  plain: Record<string, string>,
): Promise<void> {
  const role = roleOf(plain['role']!);
  const directory =
    plain['out'] === PRETRAIN_FLAGS[0]!.default
      ? BASES_DIRECTORY
      : pathToFileURL(`${plain['out']}/`);
  const task = await createTask(taskName(settings));
  const split = splitFor(settings.prior, task, splitProblems(task, SPLIT_SEED));
  const shape = shapeFor(task, { ...NETWORK_SIZE, width: settings.width });
  const engine = await engineFor(settings);
  // Before the minutes of pretraining, since they may be refused.
  const setsOf = (problems: readonly unknown[]): AcceptSets =>
    enumerateAcceptSets(task, shape, problems.slice(0, settings.evalProblems));
  const heldOut = setsOf(split.heldOut);
  const beyond = split.beyond && setsOf(split.beyond.heldOut);

  const losses: number[] = [];
  const rows = pretrain(engine, task, shape, split, pretrainSettings(settings));
  let next = await rows.next();
  while (!next.done) {
    const { step, steps, loss } = next.value;
    losses.push(loss);
    if (step % LOSS_WINDOW === 0 || step === steps)
      process.stderr.write(
        `step ${step}/${steps}, loss ${mean(losses.slice(-LOSS_WINDOW)).toFixed(4)} nats\n`,
      );
    next = await rows.next();
  }
  const { parameters } = next.value;

  const policy = await engine.createPolicy(shape, parameters);
  const evaluate = async (label: string, sets: AcceptSets): Promise<number[]> => {
    const { p } = await exactSuccess(policy, sets, 1);
    const shown = REPORTED_KS.map((k) => `@${k} ${meanPassAtK(p, k).toPrecision(4)}`).join(', ');
    process.stderr.write(`${label} pass${shown}\n`);
    return p.map((probability) => Number(probability.toPrecision(6)));
  };

  const bytes = serialiseBase(parameters);
  const given = [...changedSettings(settings), ...Object.entries(role)];
  const flags = given.map(([flag, text]) => ` --${flag} ${text}`);
  const name = baseName(task.name, settings, role.role);
  const entry: BaseEntry = {
    format: 'rlvr-base',
    version: 1,
    task: task.name,
    prior: settings.prior,
    ...role,
    file: `${name}.f32`,
    shape,
    splitSeed: SPLIT_SEED,
    pretraining: pretrainSettings(settings),
    loss: Number(mean(losses.slice(-LOSS_WINDOW)).toFixed(6)),
    sha256: await checksum(bytes),
    command: `npm run -s rlvr -- pretrain${flags.join('')}`,
    heldOutP: await evaluate('held-out', heldOut),
    ...(beyond ? { beyondP: await evaluate('beyond the prior', beyond) } : {}),
  };
  await mkdir(directory, { recursive: true });
  await writeFile(new URL(entry.file, directory), bytes);
  await writeFile(new URL(`${name}.json`, directory), `${JSON.stringify(entry)}\n`);
  process.stderr.write(`wrote ${entry.file} and ${name}.json\n`);
}
