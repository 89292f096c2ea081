import { readFile } from 'node:fs/promises';
import type { Engine } from '../../src/policy/policy.ts';
import { createReferenceEngine } from '../../src/policy/reference/engine.ts';
import { createHost } from '../../src/session/host.ts';
import type { SessionCommand, SessionEvent } from '../../src/session/protocol.ts';
import type { AnswerTo } from '../../src/session/questions.ts';

/** What a page's fetch gives of `public/bases/`. */
export async function fetchBase(url: string): Promise<Response> {
  const name = url.split('/').at(-1)!.split('?')[0]!;
  return new Response(await readFile(new URL(`../../public/bases/${name}`, import.meta.url)));
}

/** A session on the reference engine, or another, whose events cross a boundary as those of a worker do. */
export function startSession(engine: () => Engine = createReferenceEngine) {
  const events: SessionEvent[] = [];
  const watchers = new Set<() => void>();
  const send = createHost(
    (event) => {
      events.push(structuredClone(event));
      for (const watcher of [...watchers]) watcher();
    },
    {
      webgl: () => Promise.reject(new Error('none in Node')),
      reference: engine,
    },
  );
  const until = <E extends SessionEvent>(
    predicate: (event: SessionEvent) => event is E,
  ): Promise<E> =>
    new Promise((resolve) => {
      const from = events.length;
      const look = (): void => {
        const found = events.slice(from).find(predicate);
        if (!found) return;
        watchers.delete(look);
        resolve(found);
      };
      watchers.add(look);
    });
  const state = (wanted: string) =>
    until(
      (event): event is Extract<SessionEvent, { kind: 'state' }> =>
        event.kind === 'state' && event.state === wanted,
    );
  return {
    events,
    state,
    send: (command: SessionCommand) => send(structuredClone(command)),
    rows: (run: number) =>
      events.flatMap((event) => (event.kind === 'row' && event.run === run ? [event.row] : [])),
    async keep(run: number, at: number | null = null): Promise<AnswerTo<'kept'>> {
      const answered = until(
        (event): event is Extract<SessionEvent, { kind: 'answer' | 'unanswered' }> =>
          event.kind === 'answer' || event.kind === 'unanswered',
      );
      send({ kind: 'ask', run, id: 1, at, question: { kind: 'kept' } });
      const event = await answered;
      if (event.kind === 'unanswered') throw new Error(event.message);
      return event.answer as AnswerTo<'kept'>;
    },
  };
}
