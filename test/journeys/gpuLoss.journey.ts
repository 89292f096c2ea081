import type { Browser, Page } from 'playwright';
import { beforeAll, describe, expect, it } from 'vitest';
import { createTask } from '../../src/tasks/registry.ts';
import { watchMoments, type Moment } from './gpuMoments.ts';
import { drawn, openMore, summaryOf } from './reader.ts';
import { reaches, statusSays, useSite, type OpenOptions } from './site.ts';

const open = useSite({ webgl: true, alone: true });

const { responseLength } = await createTask('countdown-3');
/** Many steps, so that on a slow machine too there are some left for the last crash. */
const SETTINGS =
  '#engine=webgl&prompts=4&group-size=8&eval-problems=12&eval-samples=0&eval-every=4&steps=64&lr=0.003';

/** Every number of the run that the figures show. */
const picture = async (page: Page) => ({
  passAtK: await summaryOf(page, 'pass@k over training'),
  entropies: (await drawn(page, 'Sampling entropy')).here,
});

async function crashGpuProcess(browser: Browser): Promise<void> {
  const session = await browser.newBrowserCDPSession();
  await session.send('Browser.crashGpuProcess');
  await session.detach();
}

const notice = (page: Page, words: RegExp) => page.getByText(words).first().waitFor();

/** What is compiled again after a loss is compiled while the next one comes. */
const MOMENTS: Moment[][] = [
  ['a rollout', 'compiling'],
  ['an update'],
  ['an evaluation'],
  ['a snapshot'],
];

describe('a GPU process that dies', () => {
  let undisturbed: Awaited<ReturnType<typeof picture>>;
  const ready = async (before: OpenOptions['before'] = async () => undefined) => {
    const { page } = await open(SETTINGS, { before });
    await statusSays(page, 'ready to train');
    return page;
  };
  const play = (page: Page) => page.getByRole('button', { name: 'Play' }).click();

  beforeAll(async () => {
    const page = await ready();
    await play(page);
    await statusSays(page, 'finished at step 64');
    undisturbed = await picture(page);
  });

  it('in a rollout, compiling, an update, an evaluation and a snapshot changes no row', async () => {
    const page = await ready();
    let crashes = 0;
    const expectCrash = await watchMoments(
      page,
      page.workers()[0]!,
      [32, responseLength],
      async () => {
        await crashGpuProcess(page.context().browser()!);
        crashes++;
        return {};
      },
    );
    await play(page);
    for (const moments of MOMENTS) {
      const before = crashes;
      // A step that is over shows that it is the run that computes, and not what tries a new engine.
      await reaches(page, 2 + Number(await page.textContent('.step b')));
      await expectCrash(...moments);
      await expect.poll(() => crashes, { timeout: 60_000 }).toBe(before + moments.length);
    }
    await statusSays(page, 'finished at step 64');
    expect(crashes).toBe(5);
    await notice(page, /took the GPU's context away after step \d+\. .* as if undisturbed/);
    expect(await picture(page)).toEqual(undisturbed);
  });

  it('under a session in the page, where workers have no WebGL, which then gets no context, has the run go on in WebAssembly', async () => {
    const page = await ready((page) =>
      page.addInitScript(() => {
        // As a browser without OffscreenCanvas: the worker starts, and reports that it can have no context.
        window.Worker = class {
          onmessage: ((event: MessageEvent) => void) | null = null;
          constructor() {
            const data = { kind: 'capabilities', webgl2: false };
            setTimeout(() => this.onmessage?.(new MessageEvent('message', { data })));
          }
          postMessage(): void {
            throw new Error('this worker must not be used');
          }
          terminate(): void {}
        } as unknown as typeof Worker;
        for (const { prototype } of [HTMLCanvasElement, OffscreenCanvas]) {
          const canvas = prototype as { getContext(...parts: unknown[]): unknown };
          const { getContext } = canvas;
          canvas.getContext = function (...parts) {
            return 'isWithout' in globalThis ? null : getContext.apply(this, parts);
          };
        }
      }),
    );
    const expectCrash = await watchMoments(page, page, [32, responseLength], async () => {
      await crashGpuProcess(page.context().browser()!);
      return { isWithout: true };
    });
    await play(page);
    await reaches(page, 6);
    await expectCrash('a rollout');
    await notice(page, /now on WebAssembly.* of the undisturbed run up to rounding/);
    await openMore(page);
    expect(await page.textContent('.badge')).toMatch(/WebAssembly.*WebGL cannot go on here/);
    await statusSays(page, 'finished at step 64');
    const { passAtK, entropies } = await picture(page);
    const numbers = (text: string) => [...text.matchAll(/\d+\.\d+/g)].map(Number);
    for (const [is, was] of [
      [numbers(passAtK), numbers(undisturbed.passAtK)],
      // In pixels.
      [numbers(entropies.join(' ')), numbers(undisturbed.entropies.join(' '))],
    ] as const) {
      expect(is.length).toBe(was.length);
      is.forEach((value, i) => expect(Math.abs(value - was[i]!)).toBeLessThan(0.2));
    }
  });
});
