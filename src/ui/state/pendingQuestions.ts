/** The questions that a session has been asked and has not answered. */
export interface PendingQuestions {
  /**
   * Asks by `ask`, and waits for the answer. A signal ends that with its reason: at once, and without asking, where it
   * has been given before; later by `takeBack`, unless there is an answer by then.
   */
  ask<A>(
    ask: (id: number) => void,
    takeBack: (id: number) => void,
    signal?: AbortSignal,
  ): Promise<A>;
  answered(id: number, answer: unknown): void;
  unanswered(id: number, why: string): void;
  /** None of them will be answered any more. */
  drop(why: string): void;
}

export function createPendingQuestions(): PendingQuestions {
  let lastId = 0;
  const pending = new Map<number, { resolve(answer: never): void; reject(why: Error): void }>();
  /** Takes a question off the list; undefined if it is not on it. */
  const take = (id: number) => {
    const found = pending.get(id);
    pending.delete(id);
    return found;
  };
  return {
    ask(ask, takeBack, signal) {
      const id = ++lastId;
      return new Promise((resolve, reject) => {
        if (signal?.aborted) return reject(signal.reason as Error);
        const abort = (): void => {
          if (!take(id)) return;
          takeBack(id);
          reject(signal!.reason as Error);
        };
        const settle =
          <T>(how: (value: T) => void) =>
          (value: T): void => {
            signal?.removeEventListener('abort', abort);
            how(value);
          };
        pending.set(id, { resolve: settle(resolve), reject: settle(reject) });
        signal?.addEventListener('abort', abort);
        ask(id);
      });
    },
    answered: (id, answer) => take(id)?.resolve(answer as never),
    unanswered: (id, why) => take(id)?.reject(new Error(why)),
    drop(why) {
      for (const id of [...pending.keys()]) take(id)?.reject(new Error(why));
    },
  };
}
