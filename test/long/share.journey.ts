import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { kept, openFile, savedSvg, savedPng, soon, remark } from '../journeys/keeping.ts';
import { QUICK, button, openRoom, openStudies, play } from '../journeys/reader.ts';
import { reaches, statusSays, useSite } from '../journeys/site.ts';
import { seePicture } from '../journeys/taskPage.ts';

const open = useSite();

describe('a run file', () => {
  it('of a run that is not over is gone on with, and the run on screen before is remembered', async () => {
    const first = await open(`#${QUICK}&steps=300`);
    await statusSays(first.page, 'ready to train');
    await button(first.page, 'Play').click();
    await reaches(first.page, 9);
    // While it trains, and from the dialog.
    await button(first.page, 'Share').click();
    const file = await kept(first.page, () =>
      first.page.getByRole('dialog').getByRole('button', { name: 'Save run' }).click(),
    );
    const step = Number(/step(\d+)/.exec(file.name)![1]);
    expect(step).toBeGreaterThanOrEqual(9);
    await first.page.close();

    const { page } = await open(`#${QUICK}&steps=5`);
    await play(page, 5);
    const bytes = file.bytes.toString('base64');
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
    await openRoom(page, 'runs');
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
    await openRoom(page, 'runs');
    const good = (
      await kept(page, () =>
        page.locator('[data-card=runs]').getByRole('button', { name: 'Save run' }).click(),
      )
    ).bytes;
    const flipped = Buffer.from(good);
    flipped[good.length >> 1]! ^= 1;
    const evil = '<img src=x onerror="window.harmed=1"></script><script>window.harmed=1</script>';
    for (const [name, bytes, message] of [
      ['half.rlvrrun', good.subarray(0, good.length >> 1), 'a part of it is missing'],
      ['flipped.rlvrrun', flipped, 'some of them were changed'],
      ['later.rlvrrun', Buffer.from('rlvr-run 2 1 1\n'), 'of version 2, expected version 1'],
      [`${evil}.png`, Buffer.from(evil), 'it begins with ‘<img'],
      ['empty', Buffer.alloc(0), 'it is empty'],
    ] as const) {
      await openFile(page, { name, bytes });
      await soon(() => remark(page).textContent()).toContain(message);
      expect(await remark(page).textContent()).toContain('The run on screen stays.');
      expect(await page.textContent('.step b')).toBe('1');
    }
    // From disk, since a browser takes long to be handed as much.
    const folder = await mkdtemp(join(tmpdir(), 'rlvr-large-'));
    await writeFile(join(folder, 'large'), Buffer.alloc(51_000_000));
    await page.locator('[data-card=runs] input[type=file]').setInputFiles(join(folder, 'large'));
    await soon(() => remark(page).textContent()).toContain('expected at most 50.0 MB');
    await rm(folder, { recursive: true });
    await button(page, 'Play').click();
    await reaches(page, 4);
    expect(await page.evaluate(() => (window as { harmed?: number }).harmed)).toBeUndefined();
    expect(errors).toEqual([]);
  });
});

describe('a link with a step', () => {
  it('trains nothing by itself with reduced motion, and says what would', async () => {
    const { page } = await open(`#${QUICK}&steps=40&step=11`, {
      before: (each) => each.emulateMedia({ reducedMotion: 'reduce' }),
    });
    await statusSays(page, 'ready to train');
    expect(await remark(page).textContent()).toContain('This link stands at step 11.');
    expect(await page.textContent('.step b')).toBe('0');
  });
});

describe('a figure', () => {
  it('of the map and of a tree longer than its pane is there as a whole, with its data', async () => {
    const { page, errors } = await open(`#${QUICK}&steps=8`);
    await play(page, 8);
    const card = page.locator('[data-card=problems]');
    await openRoom(page, 'problems');
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
    const lines = csv.bytes.toString().trimEnd().split('\n');
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
    await openStudies(page, 'methods');
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
    ] as const) {
      const { svg, said } = await savedSvg(page, title);
      for (const part of [title, ...says, /mean over 16 seeds/, /npm run -s rlvr -- study NAME/])
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
    await seePicture(page);
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
    expect(said).toMatch(
      /A recorded study: .+ Seeds 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16\./,
    );
    expect(said).toContain('In all its runs: prior all but one skill');
    expect(said).toContain('Made by: npm run -s rlvr -- study beyond');
    expect(said).toContain(`${new URL(page.url()).origin}`);
    expect(said).toContain('#study=beyond');
    expect(said).not.toMatch(/learning rate|step \d+ of|recorded run/);
  });

  it('of w(p) says the settings in the controls, of which its curve is', async () => {
    const { page } = await open(`#${QUICK}&steps=8`);
    await play(page, 8);
    await openRoom(page, 'algorithm');
    await page.getByLabel('Group size', { exact: true }).fill('6');
    await page.getByLabel('Group size', { exact: true }).press('Enter');
    await page.getByText('for groups of 6').waitFor();
    const { said } = await savedSvg(page, /^w.p., the weight of a problem: GRPO/);
    expect(said).toMatch(/^.*Of the settings in the controls: [^:]*, group size 6, /);
    expect(said).toMatch(/Its problems are those of this run\. Settings: [^:]*, group size 8, /);
    // An address longer than the figure is wide is broken.
    expect(said.replaceAll(' ', '')).toMatch(/http:[^:]*:\d+[^:]*#[^:]*&group-size=6&/);
  });

  it('of the story says the run of its chapter, or the study that it shows', async () => {
    const over = 'v=2&engine=wasm&prompts=2&group-size=4&eval-problems=8&eval-samples=4&steps=4';
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
    expect(run.said).toMatch(/Settings: steps 4, prompts per step 2, group size 4, /);
    expect(run.said).toContain('Seed 1, step 4 of 4, computed by wasm');
    expect(run.said).toContain('#v=2&steps=4&prompts=2');

    await page.goto(page.url().replace(/#.*/, `#view=story&chapter=luck&${over}`));
    await page.locator('[data-chapter=luck] h1').waitFor();
    await answer();
    const study = await savedSvg(page, /.+/);
    expect(study.name).toMatch(/^study-luck-/);
    expect(study.said).toContain('Seeds 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16.');
    expect(study.said).toContain('npm run -s rlvr -- study luck');
    expect(study.said).not.toMatch(/step \d+ of/);
  });

  it('of an embed says its run, with the address of the playground and not the frame’s', async () => {
    const { page } = await open(`v1/embed.html?${QUICK}&steps=4&seed=3&figures=entropy&autorun`);
    await statusSays(page, 'finished at step 4');
    const { name, said } = await savedSvg(page, 'Sampling entropy');
    expect(name).toMatch(/^countdown-3-grpo-seed3-/);
    expect(said).toMatch(/Settings: seed 3, /);
    expect(said).toContain('Seed 3, step 4 of 4, computed by wasm');
    const { origin, pathname } = new URL(page.url());
    expect(said).toContain(`${origin}${pathname.replace('v1/embed.html', '')}#v=2&seed=3&`);
    expect(said).not.toContain('embed.html');
  });
});
