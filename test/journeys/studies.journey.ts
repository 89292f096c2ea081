import type { Page } from 'playwright';
import { beforeAll, describe, expect, it } from 'vitest';
import { STUDIES } from '../../src/run/studies/catalogue.ts';
import { serialiseStudy, type RecordedStudy } from '../../src/run/studies/recorded.ts';
import type { Study } from '../../src/run/studies/study.ts';
import { sampleOf } from '../run/studies/sample.ts';
import { statusSays, useSite, type OpenOptions } from './site.ts';

const openPage = useSite();

/** The first study of a figure with lines over k; its runs are made here, so that it is recorded as it stands now. */
const shown: Study = STUDIES.find(({ figure }) => figure.kind === 'passAtK')!;
const absent: Study = STUDIES.find((study) => study !== shown)!;
const cutShort: Study = STUDIES.find((study) => study !== shown && study !== absent)!;
let sample: RecordedStudy;
beforeAll(async () => {
  sample = await sampleOf(shown, [1, 2]);
}, 180_000);

/** With one study recorded, one whose file has been cut short, and no other. */
async function open(
  fragment: string,
  { listed = STUDIES, ...options }: OpenOptions & { listed?: readonly Study[] } = {},
) {
  const fetched: string[] = [];
  const opened = await openPage(`#engine=reference&eval-problems=12${fragment}`, {
    ...options,
    before: async (page) => {
      const names = listed.map(({ name }) => name);
      await page.route('**/runs/studies.json', (route) =>
        route.fulfill({ json: { format: 'rlvr-studies', version: 1, names } }),
      );
      await page.route('**/runs/studies/*.json', (route) => {
        const name = /([^/]+)\.json$/.exec(route.request().url())![1]!;
        fetched.push(name);
        const body = serialiseStudy(sample);
        if (name === shown.name) return route.fulfill({ body });
        if (name === cutShort.name) return route.fulfill({ body: body.slice(0, body.length / 2) });
        return route.fulfill({ status: 404 });
      });
    },
  });
  return { ...opened, fetched };
}
const article = (page: Page) => page.locator('article[data-study]');
const hash = (page: Page): URLSearchParams =>
  new URLSearchParams(new URL(page.url()).hash.slice(1));
const goToStudies = async (page: Page): Promise<void> => {
  await page.locator('[data-card=studies]').scrollIntoViewIfNeeded();
  await article(page).waitFor();
};

describe('a link to a recorded study', () => {
  it('goes there, and shows figure, sentences, numbers and what papers report', async () => {
    const { page, errors, fetched } = await open(`&study=${shown.name}`);
    await article(page).locator('svg[role=img]').waitFor();
    // Nothing above it is made on the way, so that nothing moves it away again.
    await page.waitForFunction(() => {
      const { top } = document.querySelector('#studies-title')!.getBoundingClientRect();
      return top >= 0 && top < innerHeight / 3;
    });
    expect(fetched).toEqual([shown.name]);
    const summary = await article(page).locator('svg[role=img]').getAttribute('aria-label');
    for (const { label } of shown.arms) expect(summary).toContain(`${label}: 0.`);
    expect(summary).toMatch(/ ± 0\.\d+ at k = 1, .* ± 0\.\d+ at k = 1,024/);
    expect(await article(page).locator('.outcome li').allTextContents()).toEqual(
      sample.claims.map(({ sentence }) => sentence),
    );
    const rows = await article(page).locator('table').first().locator('tbody tr').count();
    expect(rows).toBe(shown.arms.length + 2); // with chance and the base
    expect(await article(page).textContent()).toContain(shown.papers[0]!.says);
    expect(hash(page).get('study')).toBe(shown.name);
    expect(errors).toEqual([]);
  });

  it('to a million samples, where that is asked for', async () => {
    const { page } = await open(`&study=${shown.name}`);
    await article(page).getByLabel('k to a million').check();
    expect(await article(page).locator('svg[role=img]').getAttribute('aria-label')).toContain(
      'at k = 1,000,000',
    );
  });

  it('that there is not, is named in a notice, and the page stays where it is', async () => {
    const { page } = await open('&study=perpetual-motion');
    await page
      .getByText("The link has an unknown study 'perpetual-motion'; it is ignored.")
      .waitFor();
    expect(await page.evaluate(() => scrollY)).toBe(0);
    await page.waitForFunction(() => !location.hash.includes('study'));
  });
});

describe('the list of studies', () => {
  it('is worked with the keyboard; a missing or broken file is named and the rest goes on', async () => {
    const { page } = await open('');
    await goToStudies(page);
    const entries = await page.evaluate(() => history.length);
    for (const [study, message] of [
      [absent, `The recorded study '${absent.name}' could not be fetched: HTTP 404.`],
      [cutShort, `The recorded study '${cutShort.name}' cannot be read: it is not JSON.`],
    ] as const) {
      const button = page.getByRole('button', { name: study.title, exact: true });
      await button.focus();
      await page.keyboard.press('Enter');
      await article(page).locator('[role=alert]', { hasText: message }).waitFor();
      expect(await button.getAttribute('aria-current')).toBe('true');
      await expect.poll(() => hash(page).get('study')).toBe(study.name);
    }
    await page.getByRole('button', { name: shown.title, exact: true }).click();
    await article(page).locator('svg[role=img]').waitFor();
    expect(await page.locator('nav [aria-current]').allTextContents()).toEqual([shown.title]);
    expect(await page.evaluate(() => history.length)).toBe(entries);
  });

  it('says of a study that it is not recorded yet, and asks for no file of it', async () => {
    const { page, fetched } = await open('', { listed: [shown] });
    await goToStudies(page);
    await page.getByText(`${absent.title} (not recorded yet)`, { exact: true }).waitFor();
    expect(
      await page.locator('nav[aria-label="Recorded studies"] button').allTextContents(),
    ).toEqual([shown.title]);
    expect(fetched).toEqual([shown.name]);
  });

  it('leaves the run on screen as it is', async () => {
    const { page } = await open('');
    await statusSays(page, 'ready to train');
    await page.getByRole('button', { name: 'Step', exact: true }).click();
    await page.waitForFunction(() => document.querySelector('.step b')?.textContent === '1');
    await goToStudies(page);
    await page.getByRole('button', { name: shown.title, exact: true }).click();
    await article(page).locator('svg[role=img]').waitFor();
    expect(await page.textContent('.step b')).toBe('1');
  });
});

it('an arm runs live: its settings are loaded, and the page is at its top', async () => {
  const { page } = await open(`&study=${shown.name}`);
  const [, arm] = sample.arms;
  await article(page)
    .getByRole('link', { name: `Run live: ${arm!.label}`, exact: true })
    .click();
  await page.waitForFunction(() => scrollY === 0);
  // The settings of a sample are its own, and those of the run on screen are the arm's, without the study.
  await page.waitForFunction((wanted) => location.hash === wanted, arm!.permalink);
  await statusSays(page, 'ready to train');
  const steps = new URLSearchParams(arm!.permalink.slice(1)).get('steps');
  expect(await page.textContent('.status')).toContain(`ready to train ${steps} steps`);
});

it('what all papers report is read when it is looked for, and links to its studies', async () => {
  const { page, fetched } = await open('');
  await goToStudies(page);
  await article(page).locator('svg[role=img], [role=alert]').first().waitFor();
  expect(new Set(fetched).size).toBe(1);
  const papers = page.locator('[data-card=papers]');
  await papers.scrollIntoViewIfNeeded();
  await papers.getByText(/of \d+ findings ha(s|ve) another sign here/).waitFor();
  const problems = await papers.locator('.missing').allTextContents();
  expect(problems).toContain(
    `The recorded study '${cutShort.name}' cannot be read: it is not JSON.`,
  );
  const lines = papers.locator('tbody tr:not(.study)');
  expect(await lines.count()).toBe(shown.papers.length);
  const differing = await papers.locator('td', { hasText: /^differs$/ }).count();
  expect(await papers.locator('p[role=status]').textContent()).toContain(
    differing === 0 ? 'None of' : `${differing} of ${shown.papers.length} findings`,
  );
  await papers.getByRole('link', { name: shown.title, exact: true }).click();
  await article(page).locator('svg[role=img]').waitFor();
  expect(hash(page).get('study')).toBe(shown.name);
  await page.waitForFunction(() => {
    const { top } = document.querySelector('#studies-title')!.getBoundingClientRect();
    return top >= 0 && top < innerHeight / 3;
  });
});

it('on a phone fits without scrolling sideways, and no text is too small', async () => {
  const { page } = await open(`&study=${shown.name}`, { width: 390, height: 844 });
  await article(page).locator('svg[role=img]').waitFor();
  await page.locator('[data-card=papers]').scrollIntoViewIfNeeded();
  await page.locator('[data-card=papers] table').waitFor();
  const { scroll, smallest } = await page.evaluate(() => ({
    scroll: document.documentElement.scrollWidth,
    smallest: Math.min(
      ...[...document.querySelectorAll('.below :is(p, td, th, li, a, small, text, button)')].map(
        (each) => Number.parseFloat(getComputedStyle(each).fontSize),
      ),
    ),
  }));
  expect(scroll).toBeLessThanOrEqual(390);
  expect(smallest).toBeGreaterThanOrEqual(12);
});
