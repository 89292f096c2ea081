import { readFile } from 'node:fs/promises';
import { pretrain } from '../experiments/pretrain.ts';
import type { Engine } from '../policy/policy.ts';
import { pretrainSettings, type RunSettings } from '../run/settings.ts';
import { assembleStart, type Start } from '../run/start.ts';

/** Where `npm run rlvr` finds the shipped bases: beside the code, wherever it is called from. */
export const BASES_DIRECTORY = new URL('../../public/bases/', import.meta.url);

/** Gives a pretrained base: has it made, or knows where one like it is kept. */
export type ObtainBase = (make: () => Promise<Float32Array>) => Promise<Float32Array>;

/** Loads the shipped base that the settings ask for, or pretrains one now with progress on stderr. */
export async function loadStart(
  settings: RunSettings,
  engine: Engine,
  obtain: ObtainBase = (make) => make(),
): Promise<Start> {
  const start = await assembleStart(settings, (file) => readFile(new URL(file, BASES_DIRECTORY)));
  if (settings.base === 'shipped') return start;
  return { ...start, parameters: await obtain(() => pretrained(settings, engine, start)) };
}

async function pretrained(
  settings: RunSettings,
  engine: Engine,
  { task, shape, split }: Start,
): Promise<Float32Array> {
  const rows = pretrain(engine, task, shape, split, pretrainSettings(settings));
  for (;;) {
    const next = await rows.next();
    if (next.done) return next.value.parameters;
    const { step, steps, loss } = next.value;
    if (step % 50 === 0 || step === steps)
      process.stderr.write(`pretraining ${step}/${steps}, loss ${loss.toFixed(4)} nats\n`);
  }
}
