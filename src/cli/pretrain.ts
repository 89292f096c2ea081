import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { enumerateAcceptSets, exactSuccess } from '../evaluation/exact.ts';
import { meanPassAtK, REPORTED_KS } from '../core/passAtK.ts';
import { mean } from '../core/statistics.ts';
import { pretrain, shapeFor } from '../experiments/pretrain.ts';
import { createReferenceEngine } from '../policy/reference/engine.ts';
import {
  checksum,
  MANIFEST_FILE,
  parseManifest,
  serialiseBase,
  SPLIT_SEED,
  type BaseEntry,
  type BaseManifest,
} from '../run/bases.ts';
import {
  changedSettings,
  NETWORK_SIZE,
  pretrainSettings,
  SETTINGS,
  taskName,
  type RunSettings,
} from '../run/settings.ts';
import { createTask, splitProblems } from '../tasks/registry.ts';
import { BASES_DIRECTORY } from './base.ts';
import type { PlainFlag } from './flags.ts';

const USED = new Set([
  'task',
  'size',
  'baseSeed',
  'pretrainSteps',
  'correctFraction',
  'width',
  'evalProblems',
]);

export const PRETRAIN_SETTINGS = SETTINGS.filter(({ key }) => USED.has(key));

export const PRETRAIN_FLAGS: readonly PlainFlag[] = [
  { flag: 'out', help: 'directory for the parameters and the manifest', default: 'public/bases' },
];

const LOSS_WINDOW = 50;

/** Pretrains a base policy, writes its parameters, and enters it in the manifest of the directory. */
export async function runPretrain(
  settings: RunSettings,
  plain: Record<string, string>,
): Promise<void> {
  const directory =
    plain['out'] === PRETRAIN_FLAGS[0]!.default
      ? BASES_DIRECTORY
      : pathToFileURL(`${plain['out']}/`);
  const task = await createTask(taskName(settings));
  const split = splitProblems(task, SPLIT_SEED);
  const shape = shapeFor(task, { ...NETWORK_SIZE, width: settings.width });
  const engine = createReferenceEngine('float32');

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
  const problems = split.heldOut.slice(0, settings.evalProblems);
  const { p: heldOutP } = await exactSuccess(policy, enumerateAcceptSets(task, shape, problems), 1);
  const shown = REPORTED_KS.map((k) => `@${k} ${meanPassAtK(heldOutP, k).toFixed(4)}`).join(', ');
  process.stderr.write(`held-out pass${shown}\n`);

  const bytes = serialiseBase(parameters);
  const flags = changedSettings(settings).map(([flag, text]) => ` --${flag} ${text}`);
  const entry: BaseEntry = {
    task: task.name,
    file: `${task.name}.f32`,
    shape,
    splitSeed: SPLIT_SEED,
    pretraining: pretrainSettings(settings),
    loss: Number(mean(losses.slice(-LOSS_WINDOW)).toFixed(6)),
    sha256: checksum(bytes),
    command: `npm run -s rlvr -- pretrain${flags.join('')}`,
    heldOutP: heldOutP.map((p) => Number(p.toPrecision(6))),
  };
  await mkdir(directory, { recursive: true });
  await writeFile(new URL(entry.file, directory), bytes);
  await enterInManifest(new URL(MANIFEST_FILE, directory), entry);
  process.stderr.write(`wrote ${entry.file} and its entry in ${MANIFEST_FILE}\n`);
}

async function enterInManifest(file: URL, entry: BaseEntry): Promise<void> {
  let manifest: BaseManifest = { format: 'rlvr-bases', version: 1, bases: [] };
  try {
    manifest = parseManifest(await readFile(file, 'utf8'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  const others = manifest.bases.filter(({ task }) => task !== entry.task);
  manifest.bases = [...others, entry].sort((a, b) => a.task.localeCompare(b.task));
  await writeFile(file, `${JSON.stringify(manifest)}\n`);
}
