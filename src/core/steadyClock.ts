/**
 * A clock in milliseconds that only goes on: where `read` goes back, as that of a machine whose time is set anew may,
 * what lies between the two readings counts as no time, and the clock goes on from there.
 */
export function steadyClock(read: () => number = () => performance.now()): () => number {
  let last = read();
  let passed = 0;
  return () => {
    const now = read();
    passed += Math.max(0, now - last);
    last = now;
    return passed;
  };
}
