import { readFile } from 'node:fs/promises';
import { pretrain } from '../experiments/pretrain.ts';
import type { Engine } from '../policy/policy.ts';
import { pretrainSettings, type RunSettings } from '../run/settings.ts';
import { assembleStart, type Start } from '../run/start.ts';

/** Where `npm run rlvr` finds the shipped bases: beside the code, wherever it is called from. */
export const BASES_DIRECTORY = new URL('../../public/bases/', import.meta.url);

/** Loads the shipped base that the settings ask for, or pretrains one now with progress on stderr. */
export async function loadStart(settings: RunSettings, engine: Engine): Promise<Start> {
  const start = await assembleStart(settings, (file) => readFile(new URL(file, BASES_DIRECTORY)));
  if (settings.base === 'shipped') return start;
  const { task, shape, split } = start;
  const rows = pretrain(engine, task, shape, split, pretrainSettings(settings));
  for (;;) {
    const next = await rows.next();
    if (next.done) return { ...start, parameters: next.value.parameters };
    const { step, steps, loss } = next.value;
    if (step % 50 === 0 || step === steps)
      process.stderr.write(`pretraining ${step}/${steps}, loss ${loss.toFixed(4)} nats\n`);
  }
}
