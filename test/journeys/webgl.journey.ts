import { describe, expect, it } from 'vitest';
import { summaryOf } from './reader.ts';
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

  it('says which engine runs, and takes the reference engine where there is no WebGL', async () => {
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
    expect(await page.textContent('.badge')).toMatch(/plain TypeScript.*WebGL cannot run here/);
    await page.getByRole('button', { name: 'Step', exact: true }).click();
    await reaches(page, 1);
  });
});

describe('the choice of the engine', () => {
  it('is made by trying both on a real step, with progress, and the badge says why', async () => {
    const { page } = await open(`#${QUICK}&steps=2`, {
      before: (page) =>
        page.addInitScript(() => {
          const said: string[] = [];
          Object.assign(window, { said });
          new MutationObserver(() => {
            const status = document.querySelector('.status span:last-child')?.textContent;
            if (status && status !== said.at(-1)) said.push(status);
          }).observe(document, { subtree: true, childList: true, characterData: true });
        }),
    });
    await statusSays(page, 'ready to train');
    const said = await page.evaluate(() => (window as unknown as { said: string[] }).said);
    // A word on compiling stands no longer than that takes, which here is too short to be seen.
    expect(said).toContain('trying a step on the GPU');
    expect(said).toContain('checking it against TypeScript');
    expect(await page.textContent('.badge')).toMatch(
      /WebGL on .* a step, TypeScript \d.*their numbers agree|faster here: .* a step, WebGL on/,
    );
  });
});
