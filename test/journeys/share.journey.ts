import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { reaches, scrollThrough, statusSays, useSite } from './site.ts';

const open = useSite();

const QUICK =
  'engine=reference&prompts=4&group-size=8&eval-problems=24&eval-samples=0&eval-every=4&lr=0.003';
const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name });
const timeline = (page: Page) => page.getByRole('slider', { name: /^Timeline/ });
/** A busy machine takes its time. */
const soon = <T>(look: () => T) => expect.poll(look, { timeout: 30_000 });
const remark = (page: Page) => page.locator('.remark');

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rlvr-share-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function play(page: Page, steps: number): Promise<void> {
  await statusSays(page, 'ready to train');
  await button(page, 'Play').click();
  await statusSays(page, `finished at step ${steps}`);
}

/** What a press of a button gives the reader to keep. */
async function kept(page: Page, press: () => Promise<unknown>): Promise<string> {
  const [given] = await Promise.all([page.waitForEvent('download'), press()]);
  const path = join(folder, given.suggestedFilename());
  await given.saveAs(path);
  return path;
}

/** Every number on screen that is of the run: figures as drawn, their data, metrics, runs without their names. */
async function picture(page: Page): Promise<string[]> {
  await scrollThrough(page);
  await page.mouse.move(2, 2);
  const lines = await page.$$eval('#run svg path, #update svg path', (paths) =>
    paths.map((path) => path.getAttribute('d') ?? ''),
  );
  const texts = await page.$$eval(
    '#run figure, [data-card=metrics], [data-card=problems] svg, [data-card=measures], :is(#run, #problem, #update, #measures) .legend',
    (parts) => parts.map((part) => part.textContent!.replace(/\s+/g, ' ')),
  );
  return [...lines, ...texts];
}

const openFile = async (page: Page, path: string | { name: string; buffer: Buffer }) => {
  const file =
    typeof path === 'string'
      ? path
      : { ...path, mimeType: 'application/octet-stream', buffer: path.buffer };
  await page.locator('[data-card=runs] input[type=file]').setInputFiles(file);
};

describe('a run file', () => {
  it('gives the same picture in another page, and goes on from its end and its checkpoints', async () => {
    const first = await open(`#${QUICK}&steps=12`);
    await play(first.page, 12);
    const before = await picture(first.page);
    const path = await kept(first.page, () =>
      first.page.locator('[data-card=runs]').getByRole('button', { name: 'Save run' }).click(),
    );
    expect(path).toMatch(/countdown-3-grpo-seed1-step12\.rlvrrun$/);
    await soon(() => remark(first.page).textContent()).toMatch(/Saved .* 13 rows, \d+ check/);
    expect((await readFile(path)).subarray(0, 11).toString()).toBe('rlvr-run 1 ');

    const { page, errors } = await open(`#${QUICK}&steps=40&seed=9`);
    await scrollThrough(page);
    await openFile(page, path);
    await soon(() => remark(page).textContent()).toMatch(/Opened a run made .* 13 rows/);
    await statusSays(page, 'finished at step 12');
    expect(await page.textContent('.strip')).toMatch(
      /Run from a file.*steps beyond 12 are computed/s,
    );
    expect(await picture(page)).toEqual(before);
    // The problem that had opened by itself is in the file, and so in the address.
    const hash = new URL(page.url()).hash;
    expect(hash).toMatch(/&problem=\d+$/);
    expect(hash.replace(/&problem=\d+$/, '')).toBe(new URL(first.page.url()).hash);

    // Scrubbing, and a branch that is the one of the page that made the run.
    const branched = async (on: Page): Promise<string | null> => {
      await timeline(on).fill('4');
      await on.getByLabel('Learning rate', { exact: true }).fill('0.01');
      await on.getByLabel('Learning rate', { exact: true }).press('Enter');
      await button(on, 'Branch at 4').click();
      await statusSays(on, 'branched off at step 4');
      await button(on, 'Play').click();
      await statusSays(on, 'finished at step 12');
      return on.locator('svg[aria-label^="Sampling entropy."]').getAttribute('aria-label');
    };
    expect(await branched(page)).toBe(await branched(first.page));
    expect(errors).toEqual([]);
  });

  it('of a run that is not over is gone on with, and the run on screen before is remembered', async () => {
    const first = await open(`#${QUICK}&steps=300`);
    await statusSays(first.page, 'ready to train');
    await button(first.page, 'Play').click();
    await reaches(first.page, 9);
    // While it trains, and from the dialog.
    await button(first.page, 'Share').click();
    const path = await kept(first.page, () =>
      first.page.getByRole('dialog').getByRole('button', { name: 'Save run' }).click(),
    );
    const step = Number(/step(\d+)/.exec(path)![1]);
    expect(step).toBeGreaterThanOrEqual(9);

    const { page } = await open(`#${QUICK}&steps=5`);
    await play(page, 5);
    const bytes = (await readFile(path)).toString('base64');
    // Dropped on the page.
    const files = await page.evaluateHandle((content) => {
      const transfer = new DataTransfer();
      transfer.items.add(
        new File([Uint8Array.from(atob(content), (c) => c.charCodeAt(0))], 'dropped.rlvrrun'),
      );
      return transfer;
    }, bytes);
    await page.dispatchEvent('body', 'drop', { dataTransfer: files });
    await soon(() => page.textContent('.step b')).toBe(String(step));
    await statusSays(page, 'paused');
    await page.locator('[data-card=runs]').scrollIntoViewIfNeeded();
    await soon(() =>
      page.locator('[data-card=runs] [data-column=steps]').allTextContents(),
    ).toEqual(['5', String(step)]);
    await button(page, 'Play').click();
    await reaches(page, step + 2);
  });

  it('that is none is refused with a reason, and the run on screen stays and trains', async () => {
    const { page, errors } = await open(`#${QUICK}&steps=30`);
    await statusSays(page, 'ready to train');
    await page.getByRole('button', { name: 'Step', exact: true }).click();
    await reaches(page, 1);
    await scrollThrough(page);
    const good = await readFile(
      await kept(page, () =>
        page.locator('[data-card=runs]').getByRole('button', { name: 'Save run' }).click(),
      ),
    );
    const flipped = Buffer.from(good);
    flipped[good.length >> 1]! ^= 1;
    const evil = '<img src=x onerror="window.harmed=1"></script><script>window.harmed=1</script>';
    for (const [name, buffer, message] of [
      ['half.rlvrrun', good.subarray(0, good.length >> 1), 'a part of it is missing'],
      ['flipped.rlvrrun', flipped, 'some of them were changed'],
      ['later.rlvrrun', Buffer.from('rlvr-run 2 1 1\n'), 'of version 2, expected version 1'],
      [`${evil}.png`, Buffer.from(evil), 'it begins with ‘<img'],
      ['empty', Buffer.alloc(0), 'it is empty'],
    ] as const) {
      await openFile(page, { name, buffer });
      await soon(() => remark(page).textContent()).toContain(message);
      expect(await remark(page).textContent()).toContain('The run on screen stays.');
      expect(await page.textContent('.step b')).toBe('1');
    }
    const large = join(folder, 'large');
    await writeFile(large, Buffer.alloc(51_000_000));
    await openFile(page, large);
    await soon(() => remark(page).textContent()).toContain('expected at most 50.0 MB');
    await button(page, 'Play').click();
    await reaches(page, 4);
    expect(await page.evaluate(() => (window as { harmed?: number }).harmed)).toBeUndefined();
    expect(errors).toEqual([]);
  });
});

describe('a link that says how the page is shown', () => {
  it('leaves controls out, takes a theme, and stays in the address; what it cannot is named', async () => {
    const { page } = await open('#hide=speed,lr,theme,volume&theme=dark');
    await page.getByText("hide has 'volume', which is no control").waitFor();
    expect(await page.evaluate(() => document.documentElement.dataset['theme'])).toBe('dark');
    await page.locator('[data-control=run-to]').waitFor();
    await page.locator('[data-control="group-size"]').first().waitFor();
    for (const name of ['speed', 'lr', 'theme'])
      expect(await page.locator(`[data-control="${name}"]`).first().isVisible()).toBe(false);
    // It asks for no run: the recorded one is there, and nothing computes.
    await page.getByText('crossing at k ≈ 11').waitFor();
    await page.getByLabel('Seed', { exact: true }).fill('7');
    await page.getByLabel('Seed', { exact: true }).press('Enter');
    await soon(() => new URL(page.url()).hash).toBe(
      '#seed=7&hide=speed%2Clr%2Ctheme%2Cvolume&theme=dark',
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
    await soon(() => timeline(page).getAttribute('aria-valuetext')).toBe(
      'step 120 of 300 (looking back)',
    );
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

  it('trains nothing by itself with reduced motion, and says what would', async () => {
    const { page } = await open(`#${QUICK}&steps=40&step=11`, {
      before: (each) => each.emulateMedia({ reducedMotion: 'reduce' }),
    });
    await statusSays(page, 'ready to train');
    expect(await remark(page).textContent()).toContain('This link stands at step 11.');
    expect(await page.textContent('.step b')).toBe('0');
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
    const [head, ...lines] = (await readFile(csv)).toString().trimEnd().split('\n');
    expect(head!.split(',')[0]).toBe('step');
    // Of the recorded run, which is on screen until another is begun.
    expect(csv).toMatch(/countdown-3-recorded-seed1-rows\.csv$/);
    expect(lines.length).toBe(301);
    await page.keyboard.press('Escape');
    await soon(() => dialog.count()).toBe(0);
  });
});

describe('a figure', () => {
  it('is taken along as SVG with all that it says, and the same each time', async () => {
    const { page } = await open(`#${QUICK}&steps=8`);
    await play(page, 8);
    const save = async (title: string, kind: string): Promise<string> => {
      await button(page, `${title}: save`).click();
      const group = page.getByRole('group', { name: `${title}: save as` });
      return kept(page, () => group.getByRole('button', { name: kind }).click());
    };
    const path = await save('Held-out pass@k', 'SVG');
    expect(path).toMatch(/countdown-3-grpo-seed1-held-out-pass@k\.svg$/);
    const svg = (await readFile(path)).toString();
    for (const part of [
      'Held-out pass@k',
      'At step 8',
      'k, samples per problem (log scale)',
      '>pass@k<',
      '>base<',
      'lr=0.003',
      'Seed 1, step 8 of 8, computed by reference',
      new URL(page.url()).origin,
    ])
      expect(svg).toContain(part.replaceAll('&', '&amp;'));
    expect(svg).not.toMatch(/var\(|class=|style=|color\(srgb|NaN|system-ui/);
    expect((await readFile(await save('Held-out pass@k', 'SVG'))).toString()).toBe(svg);

    const [, width, height] = /^<svg [^>]*width="(\d+)" height="(\d+)"/.exec(svg)!.map(Number);
    const png = await readFile(await save('Held-out pass@k', 'PNG'));
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

    const csv = (await readFile(await save('Held-out pass@k', 'CSV'))).toString().split('\n');
    expect(csv[0]).toMatch(/^"k, samples per problem \(log scale\)",chance,base,now/);
    await button(page, 'Held-out pass@k: data').click();
    // The table comes with its file, a moment after the press.
    await soon(() =>
      page
        .getByRole('region', { name: 'Held-out pass@k: data' })
        .locator('tbody tr')
        .first()
        .locator('th, td')
        .allTextContents(),
    ).toEqual(csv[1]!.split(','));
  });

  /** Presses Save and SVG of the figure of that title; gives back the name of the file and its texts. */
  async function savedSvg(page: Page, title: string | RegExp) {
    const source = typeof title === 'string' ? title : title.source;
    await button(page, new RegExp(`${source}: save$`)).click();
    const group = page.getByRole('group', { name: new RegExp(`${source}: save as$`) });
    const path = await kept(page, () => group.getByRole('button', { name: 'SVG' }).click());
    const svg = (await readFile(path)).toString();
    const texts = [...svg.matchAll(/<text[^>]*>([^<]*)</g)].map(([, text]) => text);
    return {
      svg,
      name: path.slice(folder.length + 1),
      said: texts.join(' ').replaceAll('&amp;', '&'),
    };
  }

  /** Presses Save and PNG: the picture is twice as large as the SVG, and has something in it. */
  async function savedPng(page: Page, title: string, svg: string): Promise<void> {
    const [, ...size] = /^<svg [^>]*width="(\d+)" height="(\d+)"/.exec(svg)!.map(Number);
    await button(page, `${title}: save`).click();
    const group = page.getByRole('group', { name: `${title}: save as` });
    const png = await readFile(
      await kept(page, () => group.getByRole('button', { name: 'PNG' }).click()),
    );
    // Width and height stand in the first block of a PNG.
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual(size.map((each) => 2 * each));
    expect(png.length).toBeGreaterThan(5000);
  }

  it('of the map and of a tree longer than its pane is there as a whole, with its data', async () => {
    const { page, errors } = await open(`#${QUICK}&steps=8`);
    await play(page, 8);
    const card = page.locator('[data-card=problems]');
    await card.scrollIntoViewIfNeeded();
    const cell = card.getByRole('gridcell').nth(20);
    await cell.click({ timeout: 60_000 });
    const map = await savedSvg(page, 'Held-out problems');
    expect(map.said).toContain('at least half of the time.');
    expect(map.said).not.toContain('Point at a cell');
    // Two halves of each of 24 cells, beside ramp and background.
    expect(map.svg.match(/<rect /g)!.length).toBeGreaterThanOrEqual(48 + 32 + 1);
    expect(map.svg).not.toMatch(/var\(|class=|style=|color-mix|currentcolor/i);

    const tree = card.locator('.pane svg[role=img]');
    await tree.waitFor({ timeout: 60_000 });
    await card.locator('.pane').evaluate((pane) => (pane.scrollTop = 9999));
    const height = await tree.evaluate((svg) => svg.getBoundingClientRect().height);
    const rows = await tree.locator('.row .answer').allTextContents();
    const saved = await savedSvg(page, 'The answers that it can take');
    for (const row of rows) expect(saved.said).toContain(row);
    expect(saved.said).toMatch(
      /The held-out problem \S.*, at the checkpoint of step 8; bands linear/,
    );
    expect(saved.svg).not.toMatch(/var\(|class=|style=|NaN/);
    const [, whole] = /^<svg [^>]*height="(\d+)"/.exec(saved.svg)!.map(Number);
    expect(whole).toBeGreaterThan(height);
    // Nothing of it lies over its caption: the first row is below the last line of that.
    const [, top] = /<svg [^>]*y="([\d.-]+)"/.exec(saved.svg.slice(5))!.map(Number);
    const captions = [...saved.svg.matchAll(/^<text x="16" y="([\d.]+)"/gm)].map(([, y]) =>
      Number(y),
    );
    expect(top).toBeGreaterThan(Math.min(...captions) + 10);

    await button(page, 'The answers that it can take: save').click();
    const group = page.getByRole('group', { name: 'The answers that it can take: save as' });
    const csv = await kept(page, () => group.getByRole('button', { name: 'CSV' }).click());
    const lines = (await readFile(csv)).toString().trimEnd().split('\n');
    expect(lines[0]).toBe('Answer,Kind,π base,π now,Factor');
    expect(lines.at(-1)).toMatch(/^all right ones: p,right,/);
    expect(lines.length).toBeGreaterThanOrEqual(rows.length);

    // Where the browser makes no PNG, the reader is told, and can take another kind.
    await page.evaluate(() => {
      HTMLCanvasElement.prototype.toBlob = (done) => done(null);
    });
    await button(page, 'Held-out problems: save').click();
    const kinds = page.getByRole('group', { name: 'Held-out problems: save as' });
    await kinds.getByRole('button', { name: 'PNG' }).click();
    await soon(() => kinds.getByRole('alert').textContent()).toBe(
      'Not saved as PNG: the browser made no PNG. Another kind of file may work.',
    );
    await kept(page, () => kinds.getByRole('button', { name: 'SVG' }).click());
    expect(errors).toEqual([]);
  });

  it('of the comparison has its title, axes and legend, and its notes', async () => {
    const { page, errors } = await open(`#${QUICK}&steps=8`);
    const card = page.locator('[data-card=compare]');
    await card.scrollIntoViewIfNeeded();
    await card.locator('[data-mark]').nth(20).waitFor({ timeout: 60_000 });
    for (const [title, says] of [
      [
        'pass@256 against pass@1',
        [
          /pass@1 \(share of problems\)/,
          /pass@256 \(share of problems\)/,
          /The dashed lines are the base/,
        ],
      ],
      [
        'pass@k, method by method',
        [/Across: k, samples per problem \(log scale\); up: pass@k/, /dashed: the base/, /1024/],
      ],
    ] as const) {
      const { svg, said } = await savedSvg(page, title);
      for (const part of [title, ...says, /mean over 8 seeds/, /npm run -s rlvr -- study NAME/])
        expect(said).toMatch(part);
      expect(svg).not.toMatch(/var\(|class=|style=|color-mix|NaN/);
      if (title.startsWith('pass@256'))
        for (const name of await card.locator('fieldset label').allTextContents())
          if (!name.includes('(0)')) expect(said).toContain(name.replace(/\(\d+\)/, '').trim());
      await savedPng(page, title, svg);
    }
    expect(errors).toEqual([]);
  });

  it('of a maze says what its cells are, and breaks its address only between settings', async () => {
    const { page, errors } = await open(
      `#${QUICK.replace('lr=0.003', 'lr=0.0031')}&task=maze&steps=4`,
    );
    await statusSays(page, 'ready to train');
    const answers = page.locator('section[aria-labelledby=completions-title]');
    await answers.scrollIntoViewIfNeeded();
    const title = 'Cells visited: Base';
    await button(page, `${title}: save`).waitFor({ timeout: 60_000 });
    const { svg, said } = await savedSvg(page, title);
    for (const part of [title, '8 walks', 'Dashed: start. Outlined: goal.', 'task=maze', 'Seed 1'])
      expect(said).toContain(part);
    const lines = [...svg.matchAll(/<text[^>]*>([^<]*)</g)].map(([, line]) =>
      line!.replaceAll('&amp;', '&'),
    );
    // In pieces below the figure, each setting whole; in one piece in its description.
    const address = /https?:\S+/.exec(/<desc>([^<]*)</.exec(svg)![1]!)![0].replaceAll('&amp;', '&');
    for (const setting of address.split(/[#&]/).slice(1))
      expect(lines.some((line) => line.split(/[#&]/).includes(setting))).toBe(true);
    expect(lines.join('')).toContain(address);
    await savedPng(page, title, svg);
    expect(errors).toEqual([]);
  });

  it('of a recorded study says its seeds and its command, and nothing of the run on screen', async () => {
    const { page } = await open(`#${QUICK}&steps=8&study=beyond`);
    const study = page.locator('article[data-study=beyond]');
    await study.locator('svg[role=img]').first().waitFor({ timeout: 60_000 });
    const title = await study.locator('figure h3').first().textContent();
    const { name, said } = await savedSvg(page, title!.replace(/[^\w ]/g, '.'));
    expect(name).toMatch(/^study-beyond-.*\.svg$/);
    expect(said).toMatch(/A recorded study: .+ Seeds 1, 2, 3, 4, 5, 6, 7, 8\./);
    expect(said).toContain('Settings: prior=narrow');
    expect(said).toContain('Made by: npm run -s rlvr -- study beyond');
    expect(said).toContain(`${new URL(page.url()).origin}`);
    expect(said).toContain('#study=beyond');
    expect(said).not.toMatch(/lr=|step \d+ of|recorded run/);
  });

  it('of w(p) says the settings in the controls, of which its curve is', async () => {
    const { page } = await open(`#${QUICK}&steps=8`);
    await play(page, 8);
    await scrollThrough(page);
    await page.getByLabel('Group size', { exact: true }).fill('6');
    await page.getByLabel('Group size', { exact: true }).press('Enter');
    await page.getByText('for groups of 6').waitFor();
    const { said } = await savedSvg(page, /^w.p., the weight of a problem: GRPO/);
    expect(said).toMatch(/^.*Of the settings in the controls: [^:]*, group-size=6, /);
    expect(said).toMatch(/Its problems are those of this run\. Settings: [^:]*, group-size=8, /);
    // An address longer than the figure is wide is broken.
    expect(said.replaceAll(' ', '')).toMatch(/http:[^:]*:\d+[^:]*#[^:]*&group-size=6&/);
  });

  it('of the story says the run of its chapter, or the study that it shows', async () => {
    const over = 'engine=reference&prompts=2&group-size=4&eval-problems=8&eval-samples=4&steps=4';
    const { page } = await open(`#view=story&chapter=crossing&${over}`);
    const answer = async (): Promise<void> => {
      const handle = page.locator('.drawing input[type=range]:not(:disabled)').last();
      await handle.focus();
      await handle.press('ArrowUp');
      await page.locator('.answer .primary').click();
      await page.locator('.sentence').waitFor({ timeout: 60_000 });
    };
    await answer();
    const run = await savedSvg(page, /.+/);
    expect(run.name).toMatch(/^countdown-3-grpo-seed1-/);
    expect(run.said).toMatch(/Settings: steps=4, prompts=2, group-size=4, /);
    expect(run.said).toContain('Seed 1, step 4 of 4, computed by reference');
    expect(run.said).toContain('#steps=4&prompts=2');

    await page.goto(page.url().replace(/#.*/, `#view=story&chapter=luck&${over}`));
    await page.locator('[data-chapter=luck] h1').waitFor();
    await answer();
    const study = await savedSvg(page, /.+/);
    expect(study.name).toMatch(/^study-luck-/);
    expect(study.said).toContain('Seeds 1, 2, 3, 4, 5, 6, 7, 8.');
    expect(study.said).toContain('npm run -s rlvr -- study luck');
    expect(study.said).not.toMatch(/step \d+ of/);
  });

  it('of an embed says its run, with the address of the playground and not the frame’s', async () => {
    const { page } = await open(`v1/embed.html?${QUICK}&steps=4&seed=3&figures=entropy&autorun`);
    await statusSays(page, 'finished at step 4');
    const { name, said } = await savedSvg(page, 'Sampling entropy');
    expect(name).toMatch(/^countdown-3-grpo-seed3-/);
    expect(said).toMatch(/Settings: seed=3, /);
    expect(said).toContain('Seed 3, step 4 of 4, computed by reference');
    const { origin, pathname } = new URL(page.url());
    expect(said).toContain(`${origin}${pathname.replace('v1/embed.html', '')}#seed=3&`);
    expect(said).not.toContain('embed.html');
  });
});
