import { describe, expect, it } from 'vitest';
import { openMore, summaryOf } from './reader.ts';
import { reaches, statusSays, useSite } from './site.ts';

const open = useSite({ webgl: true });

const startAndEnd = (summary: string, name: string): [number, number] => {
  const [, from, to] = new RegExp(`${name} from ([0-9.]+) to ([0-9.]+)`).exec(summary)!;
  return [Number(from), Number(to)];
};

const QUICK = 'prompts=4&group-size=8&eval-problems=24&eval-samples=0';

describe('training on WebGL', () => {
  it('Play raises the exact pass@1 and lowers pass@256', async () => {
    const { page, foreignRequests, errors } = await open(
      '#engine=webgl&prompts=16&group-size=8&lr=0.002&steps=30&eval-every=30&eval-problems=40&eval-samples=0',
    );
    await statusSays(page, 'ready to train');
    await openMore(page);
    expect(await page.textContent('.badge')).toMatch(/WebGL on .*SwiftShader/);
    await page.getByRole('button', { name: 'Play' }).click();
    await statusSays(page, 'finished at step 30');
    const summary = await summaryOf(page, 'pass@k over training');
    const [firstPass1, lastPass1] = startAndEnd(summary, 'pass@1');
    const [firstPass256, lastPass256] = startAndEnd(summary, 'pass@256');
    expect(lastPass1).toBeGreaterThan(firstPass1 + 0.03);
    expect(lastPass256).toBeLessThan(firstPass256 - 0.05);
    const [firstEntropy, lastEntropy] = startAndEnd(
      await summaryOf(page, 'Sampling entropy'),
      'entropy',
    );
    expect(lastEntropy).toBeLessThan(firstEntropy);
    expect(foreignRequests).toEqual([]);
    expect(errors).toEqual([]);
  });

  it('says which engine runs, and takes WebAssembly where there is no WebGL', async () => {
    const { page } = await open(`#${QUICK}`, {
      before: (page) =>
        page.addInitScript(() => {
          // A browser without WebGL anywhere: no contexts in the page, no worker that could have one.
          HTMLCanvasElement.prototype.getContext = () => null;
          Reflect.deleteProperty(globalThis, 'Worker');
          Reflect.deleteProperty(globalThis, 'OffscreenCanvas');
        }),
    });
    await statusSays(page, 'ready to train');
    await openMore(page);
    expect(await page.textContent('.badge')).toMatch(
      /WebAssembly.*no WebGL 2 here; the numbers of WebAssembly agree with TypeScript/,
    );
    await page.getByRole('button', { name: 'Step', exact: true }).click();
    await reaches(page, 1);
  });
});

describe('the choice of the engine', () => {
  it('is WebAssembly where there is no GPU, after a try of a real step, and the badge says why', async () => {
    const { page } = await open(`#${QUICK}&steps=2`);
    await statusSays(page, 'ready to train');
    await openMore(page);
    expect(await page.textContent('.badge')).toMatch(
      /WebAssembly.*no GPU here: WebGL is drawn by .*SwiftShader.*the numbers of WebAssembly agree with TypeScript/,
    );
  });
});
