import type { Engine } from '../policy/policy.ts';
import { BaseFileError } from '../run/bases.ts';
import type { RunSettings } from '../run/table.ts';
import { pretrainSettings } from '../run/trainSettings.ts';
import { assembleStart, type Start } from '../run/start.ts';
import type { Progress } from './protocol.ts';
import { createTimeLeft } from './timeLeft.ts';

type Report = (progress: Progress) => void;

/** Fetches a file with its progress in bytes. @throws BaseFileError naming the file and the HTTP status. */
async function fetchBytes(url: string, label: string, report: Report): Promise<Uint8Array> {
  const file = url.split('/').at(-1)!.split('?')[0]!;
  let response: Response;
  try {
    response = await fetch(url);
  } catch {
    throw new BaseFileError(`${file} could not be fetched: the server did not answer`);
  }
  if (!response.ok || !response.body)
    throw new BaseFileError(`${file} could not be fetched: HTTP ${response.status}`);
  const total = Number(response.headers.get('content-length')) || 0;
  const parts: Uint8Array[] = [];
  let done = 0;
  for (const reader = response.body.getReader(); ;) {
    const next = await reader.read();
    if (next.done) break;
    parts.push(next.value);
    done += next.value.length;
    report({ label, done, total: Math.max(total, done) });
  }
  const bytes = new Uint8Array(done);
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

/** {@link assembleStart} with files fetched from `basesUrl`. @throws BaseFileError as it does, or naming the status. */
export function loadStart(settings: RunSettings, basesUrl: string, report: Report): Promise<Start> {
  return assembleStart(settings, (file, sha256) => {
    // The checksum in the address keeps a browser's cache from pairing old weights with a new entry.
    const version = sha256 ? `?${sha256.slice(0, 12)}` : '';
    return fetchBytes(`${basesUrl}${file}${version}`, 'base policy', report);
  });
}

/** Pretrains a start's policy, step by step; null if `cancelled` says so in between. */
export async function pretrainStart(
  start: Start,
  settings: RunSettings,
  engine: Engine,
  report: Report,
  cancelled: () => boolean,
  now: () => number,
): Promise<Start | null> {
  const { task, shape, split } = start;
  const { pretrain } = await import('../experiments/pretrain.ts');
  const rows = pretrain(engine, task, shape, split, pretrainSettings(settings));
  const timeLeft = createTimeLeft(now);
  timeLeft(0);
  for (;;) {
    const next = await rows.next();
    if (next.done) return { ...start, parameters: next.value.parameters };
    const { step, steps, loss } = next.value;
    const secondsLeft = timeLeft(step / steps);
    report({
      label: `pretraining, loss ${loss.toFixed(3)} nats`,
      ...{ done: step, total: steps },
      ...(secondsLeft === null ? {} : { secondsLeft }),
    });
    await yieldToMessages();
    if (cancelled()) {
      // The generator's `finally` disposes of its policy; nobody waits for the rest.
      await rows.return({} as never);
      return null;
    }
  }
}

/** Lets messages that have arrived be handled; unlike a timer it is not slowed down in a hidden page. */
export function yieldToMessages(): Promise<void> {
  return new Promise((resolve) => {
    const channel = new MessageChannel();
    channel.port1.onmessage = () => {
      channel.port1.close();
      resolve();
    };
    channel.port2.postMessage(null);
  });
}
