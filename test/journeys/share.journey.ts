import type { Page } from 'playwright';
import { describe, expect, it } from 'vitest';
import { kept, openFile, soon, remark } from './keeping.ts';
import { QUICK, button, openMore, openRoom, play, seeRooms, timeline } from './reader.ts';
import { reaches, statusSays, useSite } from './site.ts';

const open = useSite();

/** Every number on screen that is of the run: figures as drawn, their data, metrics, answers, runs without their names. */
async function picture(page: Page): Promise<string[]> {
  const textsOf = (selector: string) =>
    page.$$eval(selector, (parts) => parts.map((part) => part.textContent!.replace(/\s+/g, ' ')));
  const linesOf = (selector: string) =>
    page.$$eval(selector, (paths) => paths.map((path) => path.getAttribute('d') ?? ''));
  await page.locator('[data-card=in-hand]').getByText('After 8 training steps').waitFor();
  const all = [
    ...(await linesOf('#stage svg path')),
    ...(await textsOf('#stage figure, #stage .legend, [data-card=in-hand]')),
  ];
  await seeRooms(page, async (room) => {
    await page.mouse.move(2, 2);
    if (room === 'problems') await page.waitForSelector('svg[data-step="8"] g.row');
    if (room === 'update') all.push(...(await linesOf('[data-card=completions] svg path')));
    if (room === 'measures') all.push(...(await linesOf('[data-card=reward] svg path')));
    all.push(
      ...(await textsOf(
        '[data-card=metrics], [data-card=problems] svg, [data-card=measures], #rooms .legend',
      )),
    );
  });
  return all;
}

describe('a run file', () => {
  it('gives the same picture in another page, and branches from its checkpoints', async () => {
    const first = await open(`#${QUICK}&steps=8`);
    await play(first.page, 8);
    const before = await picture(first.page);
    await openRoom(first.page, 'runs');
    const file = await kept(first.page, () =>
      first.page.locator('[data-card=runs]').getByRole('button', { name: 'Save run' }).click(),
    );
    expect(file.name).toMatch(/^countdown-3-grpo-seed1-step8\.rlvrrun$/);
    await soon(() => remark(first.page).textContent()).toMatch(/Saved .* 9 rows, \d+ check/);
    expect(file.bytes.subarray(0, 11).toString()).toBe('rlvr-run 1 ');

    const { page, errors } = await open(`#${QUICK}&steps=40&seed=9`);
    await openRoom(page, 'runs');
    await openFile(page, file);
    await soon(() => remark(page).textContent()).toMatch(/Opened a run made .* 9 rows/);
    await statusSays(page, 'finished at step 8');
    expect(await page.textContent('.strip')).toMatch(
      /Run from a file.*steps beyond 8 are computed/s,
    );
    expect(await picture(page)).toEqual(before);
    // The problem in hand, which nobody had chosen, is in the file, and so in the address.
    await openRoom(page, 'runs');
    const hash = new URL(page.url()).hash;
    expect(hash).toMatch(/&problem=\d+/);
    expect(hash.replace(/&problem=\d+/, '')).toBe(new URL(first.page.url()).hash);

    await timeline(page).fill('4');
    await page.getByLabel('Learning rate', { exact: true }).fill('0.01');
    await page.getByLabel('Learning rate', { exact: true }).press('Enter');
    await openMore(page);
    await button(page, 'Branch at 4').click();
    await statusSays(page, 'branched off at step 4');
    await button(page, 'Play').click();
    await statusSays(page, 'finished at step 8');
    expect(errors).toEqual([]);
  });
});

describe('a link that says how the page is shown', () => {
  it('leaves controls out, takes a theme, and stays in the address; what it cannot is named', async () => {
    const { page } = await open('#hide=speed,lr,theme,volume&theme=dark');
    await page.getByText("hide has 'volume', which is no control").waitFor();
    expect(await page.evaluate(() => document.documentElement.dataset['theme'])).toBe('dark');
    await openMore(page);
    await page.locator('[data-control=run-to]').waitFor();
    await page.locator('[data-control="group-size"]').first().waitFor();
    for (const name of ['speed', 'lr', 'theme'])
      expect(await page.locator(`[data-control="${name}"]`).first().isVisible()).toBe(false);
    // It asks for no run: the recorded one is there, and nothing computes.
    await page.getByText('crossing at k ≈ 8').waitFor();
    await page.getByLabel('Seed', { exact: true }).fill('7');
    await page.getByLabel('Seed', { exact: true }).press('Enter');
    await soon(() => new URL(page.url()).hash).toBe(
      '#v=2&seed=7&hide=speed%2Clr%2Ctheme%2Cvolume&theme=dark',
    );
  });
});

describe('a link with a step', () => {
  it('is written while the timeline is held, without filling the history, and opens a recording there', async () => {
    const { page } = await open();
    await page.waitForSelector('input[aria-label^="Timeline"]');
    await soon(() => timeline(page).getAttribute('max')).toBe('300');
    const entries = await page.evaluate(() => history.length);
    await page.evaluate(() => {
      const write = history.replaceState.bind(history);
      const counted = window as unknown as { writes: number };
      counted.writes = 0;
      history.replaceState = (...parts) => {
        counted.writes++;
        write(...parts);
      };
    });
    const began = Date.now();
    for (let step = 250; step >= 120; step -= 2) await timeline(page).fill(String(step));
    const allowed = (Date.now() - began) / 300 + 2;
    await soon(() => new URL(page.url()).hash).toBe('#step=120');
    expect(
      await page.evaluate(() => (window as unknown as { writes: number }).writes),
    ).toBeLessThanOrEqual(allowed);
    expect(await page.evaluate(() => history.length)).toBe(entries);

    await page.reload();
    await soon(() => timeline(page).getAttribute('aria-valuetext')).toBe('step 120 of 300');
    expect(await page.textContent('.status')).toContain('ready to train 300 steps');
    // The latest step needs no word.
    await timeline(page).press('End');
    await soon(() => new URL(page.url()).hash).toBe('');
  });

  it('trains a live run as far and stands there', async () => {
    const { page } = await open(`#${QUICK}&steps=80&step=40`);
    await statusSays(page, 'training to step 40');
    await statusSays(page, 'paused');
    expect(await page.textContent('.step b')).toBe('40');
    expect(new URL(page.url()).hash).toContain('step=40');
    await button(page, 'Play').click();
    await reaches(page, 42);
    await soon(() => new URL(page.url()).hash).not.toContain('step=40');
  });

  it('is copied from the dialog, which says what it promises', async () => {
    const { page } = await open(`#${QUICK}&steps=8`);
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await statusSays(page, 'ready to train');
    await page.keyboard.press('s');
    const dialog = page.getByRole('dialog');
    expect(await dialog.textContent()).toMatch(/A link promises the same set-up.*same picture/s);
    await dialog.getByRole('button', { name: 'Copy link' }).click();
    await soon(() => dialog.getByRole('status').textContent()).toContain('The link is copied');
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(page.url());
    const csv = await kept(page, () => dialog.getByRole('button', { name: 'Rows as CSV' }).click());
    const [head, ...lines] = csv.bytes.toString().trimEnd().split('\n');
    expect(head!.split(',')[0]).toBe('step');
    // Of the recorded run, which is on screen until another is begun.
    expect(csv.name).toMatch(/^countdown-3-recorded-seed1-rows\.csv$/);
    expect(lines.length).toBe(301);
    await page.keyboard.press('Escape');
    await soon(() => dialog.count()).toBe(0);
  });
});

describe('a figure', () => {
  it('is taken along as SVG with all that it says, and the same each time', async () => {
    const { page } = await open(`#${QUICK}&steps=8`);
    await play(page, 8);
    const save = async (title: string, kind: string) => {
      await button(page, `${title}: save`).click();
      const group = page.getByRole('group', { name: `${title}: save as` });
      return kept(page, () => group.getByRole('button', { name: kind }).click());
    };
    const saved = await save('Held-out pass@k', 'SVG');
    expect(saved.name).toMatch(/^countdown-3-grpo-seed1-held-out-pass@k\.svg$/);
    const svg = saved.bytes.toString();
    for (const part of [
      'Held-out pass@k',
      'At step 8',
      'k, samples per problem (log scale)',
      '>pass@k<',
      '>base<',
      'learning rate 0.003',
      'Seed 1, step 8 of 8, computed by wasm',
      new URL(page.url()).origin,
    ])
      expect(svg).toContain(part.replaceAll('&', '&amp;'));
    expect(svg).not.toMatch(/var\(|class=|style=|color\(srgb|NaN|system-ui/);
    expect((await save('Held-out pass@k', 'SVG')).bytes.toString()).toBe(svg);

    const [, width, height] = /^<svg [^>]*width="(\d+)" height="(\d+)"/.exec(svg)!.map(Number);
    const png = (await save('Held-out pass@k', 'PNG')).bytes;
    const drawn = await page.evaluate(
      async (source) => {
        const image = new Image();
        image.src = source;
        await image.decode();
        const canvas = document.createElement('canvas');
        [canvas.width, canvas.height] = [image.width, image.height];
        const context = canvas.getContext('2d')!;
        context.drawImage(image, 0, 0);
        const colors = new Set(
          new Uint32Array(context.getImageData(0, 0, image.width, image.height).data.buffer),
        );
        return { width: image.width, height: image.height, colors: colors.size };
      },
      `data:image/png;base64,${png.toString('base64')}`,
    );
    expect(drawn).toMatchObject({ width: 2 * width!, height: 2 * height! });
    expect(drawn.colors).toBeGreaterThan(50);

    const csv = (await save('Held-out pass@k', 'CSV')).bytes.toString().split('\n');
    expect(csv[0]).toMatch(/^"k, samples per problem \(log scale\)",chance,base,now/);
    await button(page, 'Held-out pass@k: data').click();
    // The table comes with its file, a moment after the press.
    await soon(() =>
      page
        .getByRole('group', { name: 'Held-out pass@k: data' })
        .locator('tbody tr')
        .first()
        .locator('th, td')
        .allTextContents(),
    ).toEqual(csv[1]!.split(','));
  });
});
