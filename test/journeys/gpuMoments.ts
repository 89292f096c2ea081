import type { Page, Worker } from 'playwright';

/** What the engine is in the middle of; told by what it asks of WebGL next. */
export type Moment = 'compiling' | 'a rollout' | 'an update' | 'an evaluation' | 'a snapshot';

/** The address that is asked, and waited for, when a moment has come. */
const COME = 'gpu-moment';

/**
 * Lets a journey act in the very middle of what the thread computes: at each of the moments that it waits for, one after
 * another, the thread stands still until `act` is done, hears of nothing meanwhile, and then has what that gives as globals.
 * @param size of the rollouts, by which what is read back of them is told from other readbacks.
 */
export async function watchMoments(
  page: Page,
  thread: Page | Worker,
  size: readonly [sequences: number, responseLength: number],
  act: () => Promise<object>,
): Promise<(...moments: Moment[]) => Promise<void>> {
  await page.route(`**/${COME}*`, async (route) => {
    await route.fulfill({ json: await act() });
  });
  const watch = ([B, T, come, address]: readonly [number, number, string, string]): void => {
    const awaited: string[] = [];
    Object.assign(globalThis, { awaited });
    const at = (moment: string): void => {
      if (awaited[0] !== moment) return;
      awaited.shift();
      const request = new XMLHttpRequest();
      // Synchronous: no event is heard until the answer is there.
      request.open('GET', new URL(`${come}?${awaited.length}`, address), false);
      request.send();
      Object.assign(globalThis, JSON.parse(request.responseText));
    };
    const gl = WebGL2RenderingContext.prototype as unknown as Record<
      string,
      (...parts: unknown[]) => unknown
    >;
    const before = (verb: string, momentOf: (parts: unknown[]) => string | null): void => {
      const original = gl[verb]!;
      gl[verb] = function (...parts) {
        const moment = momentOf(parts);
        if (moment !== null) at(moment);
        return original.apply(this, parts);
      };
    };
    let programs = 0;
    before('linkProgram', () => (++programs % 5 === 0 ? 'compiling' : null));
    // The weights of tokens, four floats each, are uploaded for an update alone.
    before('texSubImage2D', (parts) =>
      parts[4] === T && parts[6] === WebGL2RenderingContext.RGBA ? 'an update' : null,
    );
    before('readPixels', ([, , width, height]) => {
      if (width === 1) return null;
      if (width !== T) return 'a snapshot';
      // With the row that brings along what the update before it has to tell.
      return height === B || height === B + 1 ? 'a rollout' : 'an evaluation';
    });
  };
  await (thread as Page).evaluate(watch, [...size, COME, page.url().split('#')[0]!] as const);
  return (...moments) =>
    (thread as Page).evaluate((wanted) => {
      (globalThis as unknown as { awaited: string[] }).awaited.push(...wanted);
    }, moments);
}
