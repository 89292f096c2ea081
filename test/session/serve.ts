import { readFile } from 'node:fs/promises';
import type { TrainRow } from '../../src/experiments/train.ts';
import { createReferenceEngine } from '../../src/policy/reference/engine.ts';
import { createWasmEngine } from '../../src/policy/wasm/engine.ts';
import type { RunSettings } from '../../src/run/settings.ts';
import type { EngineMakers } from '../../src/session/engineMakers.ts';
import { createHost } from '../../src/session/host.ts';
import type { SessionCommand, SessionEvent } from '../../src/session/protocol.ts';
import type { AnswerTo } from '../../src/session/questions.ts';

/** What a page's fetch gives of `public/bases/`. */
export async function fetchBase(url: string): Promise<Response> {
  const name = url.split('/').at(-1)!.split('?')[0]!;
  return new Response(await readFile(new URL(`../../public/bases/${name}`, import.meta.url)));
}

export const isState = (state: string) => (event: SessionEvent) =>
  event.kind === 'state' && event.state === state;

/** A session whose events cross a boundary as those of a worker do; on the engine that Node has, or on a reference engine that is given. */
export function startSession(makers: Partial<EngineMakers> = {}) {
  const events: SessionEvent[] = [];
  const watchers = new Set<() => void>();
  const host = createHost(
    (event) => {
      events.push(structuredClone(event));
      for (const watcher of [...watchers]) watcher();
    },
    {
      webgl: () => Promise.reject(new Error('none in Node')),
      wasm: (between) =>
        makers.reference
          ? Promise.reject(new Error('not in this test'))
          : createWasmEngine(between),
      reference: (between) => createReferenceEngine('float32', between),
      whyNoGpu: () => null,
      ...makers,
    },
  );
  const send = (command: SessionCommand): void => host(structuredClone(command));
  /** The first event from now on of which that is so. */
  const until = (wanted: (event: SessionEvent) => boolean): Promise<SessionEvent> =>
    new Promise((resolve) => {
      const from = events.length;
      const look = (): void => {
        const found = events.slice(from).find(wanted);
        if (!found) return;
        watchers.delete(look);
        resolve(found);
      };
      watchers.add(look);
    });
  return {
    events,
    send,
    until,
    /** Sends the commands, and waits until a state is told after them. @throws Error with the failure, if it fails instead. */
    async reach(state: string, ...commands: SessionCommand[]): Promise<void> {
      const there = until((event) => isState(state)(event) || isState('failed')(event));
      commands.forEach(send);
      if (isState(state)(await there)) return;
      const failure = events.findLast(({ kind }) => kind === 'failure');
      throw new Error(`failed instead of ${state}: ${JSON.stringify(failure)}`);
    },
    /** The rows of a run; without the time that they took, which is another each time. */
    rows: (run: number): TrainRow[] =>
      events.flatMap((event) =>
        event.kind === 'row' && event.run === run ? [{ ...event.row, step_time: 0 }] : [],
      ),
    async keep(run: number, at: number | null = null): Promise<AnswerTo<'kept'>> {
      const answered = until(({ kind }) => kind === 'answer' || kind === 'unanswered');
      send({ kind: 'ask', run, id: 1, at, question: { kind: 'kept' } });
      const event = await answered;
      if (event.kind === 'unanswered') throw new Error(event.message);
      return (event as Extract<SessionEvent, { kind: 'answer' }>).answer as AnswerTo<'kept'>;
    },
  };
}

/** Loads a run of these settings. */
export const loading = (run: number, settings: RunSettings): SessionCommand => ({
  ...{ kind: 'load', run, settings, basesUrl: 'http://localhost/bases/' },
});
