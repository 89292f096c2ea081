import type { Page } from 'playwright';

/** Whether what a reader's input moves counts too. A browser forgives what moves within half a second of it. */
export type Counted = 'all' | 'unasked';

/** In the page: notes each shift of its layout, as browsers measure it, with what has moved from where to where. */
function note(counted: Counted): void {
  interface Shift extends PerformanceEntry {
    value: number;
    hadRecentInput: boolean;
    sources: { node: Node | null; previousRect: DOMRect; currentRect: DOMRect }[];
  }
  const place = ({ x, y, width, height }: DOMRect) => [x, y, width, height].map(Math.round).join();
  const nameOf = (node: Node | null): string =>
    (node as Element | null)?.outerHTML?.slice(0, 90) ?? node?.textContent?.slice(0, 60) ?? 'gone';
  const shifts: { value: number; what: string }[] = [];
  Object.assign(window, { shifts });
  new PerformanceObserver((list) => {
    for (const { value, hadRecentInput, sources, startTime } of list.getEntries() as Shift[]) {
      if (hadRecentInput && counted === 'unasked') continue;
      const moved = sources.map(
        ({ node, previousRect, currentRect }) =>
          `  ${nameOf(node)} from ${place(previousRect)} to ${place(currentRect)}`,
      );
      const what = [`${value.toFixed(4)} at ${Math.round(startTime)} ms:`, ...moved].join('\n');
      shifts.push({ value, what });
    }
  }).observe({ type: 'layout-shift' });
}

/** Before a page is loaded: notes what moves in it. */
export const watchShifts = (page: Page, counted: Counted = 'unasked'): Promise<unknown> =>
  page.addInitScript(note, counted);

/** From now on notes what moves in a page. */
export async function watchShiftsFromNow(page: Page, counted: Counted): Promise<void> {
  await frames(page);
  await page.evaluate(note, counted);
}

/** The cumulative layout shift so far, and the shifts that it is the sum of, in words. */
export async function shiftsOf(page: Page): Promise<{ score: number; told: string }> {
  await frames(page);
  return page.evaluate(() => {
    const { shifts } = window as unknown as { shifts: { value: number; what: string }[] };
    return {
      score: shifts.reduce((sum, { value }) => sum + value, 0),
      told: shifts.map(({ what }) => what).join('\n'),
    };
  });
}

/** After these all that has moved by now is told. */
const frames = (page: Page): Promise<void> =>
  page.evaluate(async () => {
    for (let frame = 0; frame < 3; frame++) await new Promise(requestAnimationFrame);
  });
