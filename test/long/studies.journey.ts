import { describe, expect, it } from 'vitest';
import { openStudies } from '../journeys/reader.ts';
import { statusSays } from '../journeys/site.ts';
import {
  absent,
  article,
  cutShort,
  goToStudies,
  hash,
  shown,
  useStudies,
} from '../journeys/studiesPage.ts';

const { open } = useStudies();

describe('a link to a recorded study', () => {
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
  it('says of a study that it is not recorded yet, and asks for no file of it', async () => {
    const { page, fetched } = await open('', { listed: [shown] });
    await goToStudies(page);
    await page.getByText(`${absent.title} (not recorded yet)`, { exact: true }).waitFor();
    expect(
      await page
        .locator('nav[aria-label="Recorded studies"] [role=tabpanel] button')
        .allTextContents(),
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

it('what all papers report is read when it is looked for, and links to its studies', async () => {
  const { page, fetched } = await open('');
  await goToStudies(page);
  await article(page).locator('svg[role=img], [role=alert]').first().waitFor();
  expect(new Set(fetched).size).toBe(1);
  const papers = page.locator('[data-card=papers]');
  await openStudies(page, 'papers');
  await papers.getByText(/Of \d+ findings \d+ have the same sign here and \d+ differ/).waitFor();
  const problems = await papers.locator('.missing').allTextContents();
  expect(problems).toContain(
    `The recorded study '${cutShort.name}' cannot be read: it is not JSON.`,
  );
  const lines = papers.locator('tbody tr:not(.group)');
  expect(await lines.count()).toBe(shown.papers.length);
  // The verdict alone; a reason may follow it.
  const verdicts = papers.locator('td[data-column=sign] > :first-child');
  const differing = await verdicts.filter({ hasText: /^differs$/ }).count();
  const same = await verdicts.filter({ hasText: /^same sign$/ }).count();
  expect(await papers.locator('p[role=status]').textContent()).toContain(
    `Of ${shown.papers.length} findings ${same} have the same sign here and ${differing} differ`,
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
  await openStudies(page, 'papers');
  await page.locator('[data-card=papers] table').waitFor();
  const { scroll, smallest } = await page.evaluate(() => ({
    scroll: document.documentElement.scrollWidth,
    smallest: Math.min(
      ...[...document.querySelectorAll('#rooms :is(p, td, th, li, a, small, text, button)')].map(
        (each) => Number.parseFloat(getComputedStyle(each).fontSize),
      ),
    ),
  }));
  expect(scroll).toBeLessThanOrEqual(390);
  expect(smallest).toBeGreaterThanOrEqual(12);
});
