/** Rows that a speed is measured over. */
const MOST = 20;

/** Measures how fast rows arrive, by a clock in milliseconds that never goes back. */
export function createSpeed(now: () => number) {
  let arrivals: number[] = [];
  return {
    forget(): void {
      arrivals = [];
    },
    /** A row arrives; gives the rows a second over the last twenty, null where there is no time between them. */
    arrive(): number | null {
      arrivals.push(now());
      if (arrivals.length > MOST) arrivals.shift();
      const passed = arrivals.at(-1)! - arrivals[0]!;
      return passed > 0 ? ((arrivals.length - 1) * 1000) / passed : null;
    },
  };
}
