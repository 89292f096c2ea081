import type { Page } from 'playwright';

interface Shift extends PerformanceEntry {
  value: number;
  hadRecentInput: boolean;
}

/** Before a page is loaded: notes all that moves in it without its reader's doing, as browsers measure it. */
export const watchShifts = (page: Page): Promise<unknown> =>
  page.addInitScript(() => {
    const of = window as unknown as { shifts: number };
    of.shifts = 0;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as Shift[])
        if (!entry.hadRecentInput) of.shifts += entry.value;
    }).observe({ type: 'layout-shift', buffered: true });
  });

/** The cumulative layout shift so far. */
export const shiftsOf = (page: Page): Promise<number> =>
  page.evaluate(() => (window as unknown as { shifts: number }).shifts);
