import type { CDPSession } from 'playwright';
import { builtFolder } from '../buildSite.ts';
import { startSite } from '../journeys/site.ts';
import { marksOf, type Soak } from './soak.ts';

interface Reading {
  step: number;
  engine: string;
  workerHeapMiB: number;
  pageHeapMiB: number;
}

/** Live heap of the page in MiB, after a garbage collection. */
async function pageHeap(session: CDPSession): Promise<number> {
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  return usedSize / 2 ** 20;
}

/** The same of the page's worker, which the protocol reaches through messages to its target. */
async function connectWorker(session: CDPSession): Promise<() => Promise<number>> {
  const attached = new Promise<string>((resolve) =>
    session.on('Target.attachedToTarget', ({ sessionId, targetInfo }) => {
      if (targetInfo.type === 'worker') resolve(sessionId);
    }),
  );
  await session.send('Target.setAutoAttach', {
    autoAttach: true,
    waitForDebuggerOnStart: false,
    flatten: false,
  });
  const sessionId = await attached;
  let id = 0;
  const ask = (method: string): Promise<{ usedSize: number }> =>
    new Promise((resolve) => {
      const own = ++id;
      session.on('Target.receivedMessageFromTarget', ({ message }) => {
        const answer = JSON.parse(message) as { id: number; result: { usedSize: number } };
        if (answer.id === own) resolve(answer.result);
      });
      void session.send('Target.sendMessageToTarget', {
        sessionId,
        message: JSON.stringify({ id: own, method }),
      });
    });
  return async () => {
    await ask('HeapProfiler.collectGarbage');
    return (await ask('Runtime.getHeapUsage')).usedSize / 2 ** 20;
  };
}

/** Trains on WebGL in the built page. Heaps: the page's grows by the rows that its figures show, the worker's must not. */
export async function soakWebgl(steps: number): Promise<Soak> {
  const site = await startSite({ folder: await builtFolder(), webgl: true });
  // A small window: on software GL painting the figures would take longer than training.
  const { page, errors } = await site.open(
    `#engine=webgl&prompts=2&group-size=4&steps=${steps}&eval-every=250&eval-problems=24&eval-samples=0`,
    { width: 400, height: 200 },
  );
  const session = await page.context().newCDPSession(page);
  await page.getByText('ready to train').first().waitFor({ timeout: 60_000 });
  // With what computes, and how much it holds.
  await page.locator('[data-control=more]').click();
  const workerHeap = await connectWorker(session);
  const began = Date.now();
  await page.getByRole('button', { name: 'Play' }).click();
  const readings: Reading[] = [];
  for (const mark of marksOf(steps)) {
    await page.waitForFunction(
      (wanted) => Number(document.querySelector('.step b')?.textContent) >= wanted,
      mark,
      { timeout: 1_800_000, polling: 200 },
    );
    const badge = (await page.textContent('.badge'))!;
    const reading: Reading = {
      step: Number(await page.textContent('.step b')),
      engine: /[\d.]+ MiB in \d+ tensors/.exec(badge)?.[0] ?? badge,
      workerHeapMiB: await workerHeap(),
      pageHeapMiB: await pageHeap(session),
    };
    readings.push(reading);
    console.error(JSON.stringify(reading));
  }
  const seconds = (Date.now() - began) / 1000;
  const renderer = (await page.textContent('.badge summary'))!;
  await site.browser.close();
  await site.close();
  return {
    device: renderer,
    seconds,
    what: `2 prompts × 4 samples, an evaluation every 250 steps; errors of the page: ${errors.length}`,
    head: ['step', 'engine', "worker's heap, MiB", "page's heap, MiB"],
    rows: readings.map(({ step, engine, workerHeapMiB, pageHeapMiB }) => [
      String(step),
      engine,
      workerHeapMiB.toFixed(1),
      pageHeapMiB.toFixed(1),
    ]),
  };
}
