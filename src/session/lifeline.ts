/** Undefined where the page came by an insecure connection, and in old browsers. */
const locks = (): LockManager | undefined => navigator.locks as LockManager | undefined;

/**
 * Takes a lock that only this thread can have and keeps it for as long as it lives. A browser gives a lock free when its
 * thread ends in whatever way, which a worker's own events do not tell: closed by itself or from outside, or out of memory.
 * @returns the name of the lock; null where there are none.
 */
export function holdLifeline(): Promise<string | null> {
  return new Promise((resolve) => {
    const name = `rlvr-playground worker ${globalThis.crypto.randomUUID?.()}`;
    const held = locks()?.request(name, () => {
      resolve(name);
      return new Promise<never>(() => {});
    });
    // Refused to the frame of another page that may keep nothing.
    if (held) held.catch(() => resolve(null));
    else resolve(null);
  });
}

/** Calls `act` when the thread that holds the lock of this name has ended. */
export function atEndOf(name: string, act: () => void): void {
  locks()
    ?.request(name, act)
    .catch(() => {});
}
