/** The longest that a page is held at a time, in milliseconds. */
const BREATH_MS = 8;

/** For loops over much in a page: to be awaited in each turn, it lets the page draw whenever 8 ms have gone by. */
export function breather(): () => Promise<void> | undefined {
  let began = performance.now();
  return () => {
    if (performance.now() - began < BREATH_MS) return undefined;
    return new Promise((resolve) =>
      setTimeout(() => {
        began = performance.now();
        resolve();
      }),
    );
  };
}
