import { describe, expect, it } from 'vitest';
import { openMore, openRoom, stepOf, summaryOf } from './reader.ts';
import { reaches, statusSays, useSite } from './site.ts';

const open = useSite();

const startAndEnd = (summary: string, name: string): [number, number] => {
  const [, from, to] = new RegExp(`${name} from ([0-9.]+) to ([0-9.]+)`).exec(summary)!;
  return [Number(from), Number(to)];
};

const QUICK = 'v=2&prompts=4&group-size=8&eval-problems=24&eval-samples=0';

describe('a hidden tab', () => {
  it('trains on, and says how far when it is seen again', async () => {
    const { page } = await open(`#engine=wasm&${QUICK}&steps=100000`);
    await statusSays(page, 'ready to train');
    await page.getByRole('button', { name: 'Play' }).click();
    await reaches(page, 2);
    const show = (hidden: boolean) =>
      page.evaluate((value) => {
        Object.defineProperty(document, 'hidden', { value, configurable: true });
        document.dispatchEvent(new Event('visibilitychange'));
      }, hidden);
    await show(true);
    await page.waitForTimeout(1000);
    await show(false);
    await page.getByText(/While this tab was hidden it trained \d+ steps/).waitFor();
  });
});

describe('the transport', () => {
  it('steps, plays, pauses; Reset gives the same run again and a new seed another', async () => {
    const { page } = await open(`#engine=wasm&${QUICK}&steps=40&eval-every=1`);
    await statusSays(page, 'ready to train');
    const step = page.getByRole('button', { name: 'Step', exact: true });
    for (let n = 1; n <= 3; n++) {
      await step.click();
      await reaches(page, n);
    }
    expect(await stepOf(page)).toBe(3);
    const first = await summaryOf(page, 'pass@k over training');
    await page.getByRole('button', { name: 'Reset' }).click();
    await statusSays(page, 'ready to train');
    expect(await stepOf(page)).toBe(0);
    // A reset shows the base, not the recording of another run.
    expect(await page.getByText('Recorded run').count()).toBe(0);
    for (let n = 1; n <= 3; n++) {
      await step.click();
      await reaches(page, n);
    }
    expect(await summaryOf(page, 'pass@k over training')).toBe(first);

    await openMore(page);
    await page.getByLabel('Speed').fill('2'); // 2 steps a second
    await page.getByRole('button', { name: 'Play' }).click();
    await reaches(page, 5);
    await page.getByRole('button', { name: 'Pause' }).click();
    await statusSays(page, 'paused');
    const paused = await stepOf(page);
    await page.waitForTimeout(900);
    expect(await stepOf(page)).toBe(paused);

    await page.getByRole('button', { name: 'New seed' }).click();
    await statusSays(page, 'ready to train');
    expect(new URL(page.url()).hash).toMatch(/seed=\d+/);
    for (let n = 1; n <= 3; n++) {
      await step.click();
      await reaches(page, n);
    }
    expect(await summaryOf(page, 'pass@k over training')).not.toBe(first);
  });

  it('keeps a run when a setting is changed, and applies it on restart', async () => {
    const { page } = await open(`#engine=wasm&${QUICK}&steps=5`);
    await statusSays(page, 'ready to train');
    await page.getByLabel('Learning rate').fill('0');
    await page.getByLabel('Learning rate').press('Enter');
    await statusSays(page, 'ready to train'); // nothing to lose yet: taken at once
    await expect.poll(() => new URL(page.url()).hash).toContain('lr=0');
    await page.getByRole('button', { name: 'Play' }).click();
    await statusSays(page, 'finished at step 5');
    const [from, to] = startAndEnd(await summaryOf(page, 'pass@k over training'), 'pass@1');
    expect(to).toBe(from);
    await page.getByText('pass@1 has not moved, pass@256 has not moved').waitFor();
    await page.getByLabel('Learning rate').fill('0.01');
    await page.getByLabel('Learning rate').press('Enter');
    expect(await stepOf(page)).toBe(5);
    await page.getByRole('button', { name: 'Settings changed: restart' }).click();
    await statusSays(page, 'ready to train');
    expect(await stepOf(page)).toBe(0);
  });

  it('pretrains a base live, with progress', async () => {
    const { page } = await open(
      `#engine=wasm&${QUICK}&base=live&pretrain-steps=40&width=16&steps=2`,
    );
    await statusSays(page, 'pretraining, loss');
    await statusSays(page, 'ready to train');
    expect((await page.textContent('footer'))!).toMatch(/\(7,599 parameters\)/);
  });
});

describe('the cards of the room that is open', () => {
  it('are all made for a printer', async () => {
    const { page } = await open(`#engine=wasm&${QUICK}&steps=2`);
    await statusSays(page, 'ready to train');
    const card = page.locator('[data-card=problem]');
    await card.waitFor({ state: 'attached' });
    expect(await card.evaluate((each) => each.childElementCount)).toBe(0);
    await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
    // Their files may still be on their way.
    for (const name of ['problems', 'problem'])
      await expect
        .poll(() => page.locator(`[data-card=${name}] > *`).count(), {
          timeout: 60_000,
          message: name,
        })
        .toBeGreaterThan(0);
  });

  it('are fetched for a printer where nobody has come near', async () => {
    const { page } = await open(`#engine=wasm&${QUICK}&steps=2`, { width: 390, height: 844 });
    await statusSays(page, 'ready to train');
    await page.locator('[data-room=problems]').waitFor({ state: 'attached' });
    expect(await page.locator('[data-room=problems] > *').count()).toBe(0);
    await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
    await page.locator('[data-card=problems] > *').first().waitFor({ state: 'attached' });
  });
});

describe('the figures', () => {
  it('show a recorded run before anything is computed, and the live one once it trains', async () => {
    const { page } = await open('', {
      before: (page) =>
        page.addInitScript(() => {
          // A worker that never answers: only what needs no session can appear.
          window.Worker = class extends EventTarget {
            postMessage(): void {}
            terminate(): void {}
          } as unknown as typeof Worker;
        }),
    });
    await page.waitForSelector('svg[aria-label^="Held-out pass@k."][aria-label*="base: 0.111"]');
    await openRoom(page, 'problems');
    await page.getByText('Recorded run').waitFor();
    const [from, to] = startAndEnd(await summaryOf(page, 'pass@k over training'), 'pass@256');
    expect([from, to]).toEqual([0.824, 0.627]);
    expect(
      await page.getAttribute('[role=grid][aria-label*="held-out problems"]', 'aria-label'),
    ).toMatch(/^200 held-out problems; 33 lost, 0 gained/);
  });
});

describe('bad input', () => {
  it('in a link is named, and the default taken', async () => {
    const { page } = await open(`#engine=wasm&${QUICK}&lr=fast&colour=red`);
    await statusSays(page, 'ready to train');
    const text = await page.textContent('main');
    expect(text).toContain(
      "lr is 'fast', expected a number from 0 to 10; it is set to the default",
    );
    expect(text).toContain("unknown setting 'colour'");
    expect(await page.getByLabel('Learning rate').inputValue()).toBe('0.001');
  });

  it('in a control is named, and the setting stays', async () => {
    const { page } = await open(`#engine=wasm&${QUICK}`);
    const field = page.getByLabel('Group size');
    await field.fill('many');
    await field.press('Enter');
    expect(await page.textContent('[role=alert]')).toBe(
      'Expected a whole number from 1 to 256; it stays 8.',
    );
    expect(await field.inputValue()).toBe('8');
  });

  it('in the weights is refused with the checksum', async () => {
    const { page } = await open(`#engine=wasm&${QUICK}`, {
      before: (page) =>
        page.route('**/*.f32*', async (route) => {
          const body = await (await route.fetch()).body();
          body[5000]! ^= 255;
          await route.fulfill({ body });
        }),
    });
    await statusSays(page, 'stopped');
    expect(await page.textContent('[role=alert]')).toMatch(
      /countdown-3-rarity0\.01\.f32 has the wrong checksum: sha256 \w{12}…, expected \w{12}…/,
    );
    // The figure that needs no session stays.
    expect(await summaryOf(page, 'Held-out pass@k')).toContain('base: 0.111');
  });
});
