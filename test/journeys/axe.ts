import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Frame, Page } from 'playwright';

const { resolve } = createRequire(import.meta.url);
const axeSource = readFileSync(resolve('axe-core'), 'utf8');
/** A font that every machine with the tests has; those of a system are wider on one and higher on another. */
const font = readFileSync(
  resolve('mathjax/es5/output/chtml/fonts/woff-v2/MathJax_Main-Regular.woff'),
).toString('base64');

/** Sets all text in one font, so that what is measured is the same on every machine. */
export async function setInOneFont(page: Page | Frame): Promise<void> {
  await page.evaluate(async (base64) => {
    const name = 'of the tests';
    if ([...document.fonts].some(({ family }) => family.includes(name))) return;
    const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
    // From bytes, and by the object model, which the policy of the page does not forbid.
    document.fonts.add(await new FontFace(name, bytes.buffer).load());
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`*, ::before, ::after { font-family: '${name}' !important; }`);
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
    await document.fonts.ready;
  }, font);
}

interface Part {
  /** These rules alone; all of them, where none is named. */
  rules?: readonly string[];
  /** What is looked at; all that is on the page, where nothing is named. */
  within?: string;
}

/** What axe finds, as `rule: element`, on what is on the page at present. */
export async function violations(
  page: Page | Frame,
  { rules = [], within = 'html' }: Part = {},
): Promise<string[]> {
  await setInOneFont(page);
  await page.evaluate(axeSource);
  return page.evaluate(
    async ([only, root]) => {
      const { axe } = window as unknown as { axe: typeof import('axe-core') };
      const found = await axe.run(
        root,
        only.length > 0 ? { runOnly: [...only] } : { rules: { 'target-size': { enabled: true } } },
      );
      return found.violations.flatMap(({ id, nodes }) =>
        nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 160)} ${failureSummary}`),
      );
    },
    [rules, within] as const,
  );
}

/** All that axe finds as the page is, and what of its colours fails in the other scheme. */
export async function violationsOfBothSchemes(page: Page): Promise<string[]> {
  const found = await violations(page);
  const isDark = await page.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches);
  await page.emulateMedia({ colorScheme: isDark ? 'light' : 'dark' });
  return [...found, ...(await violations(page, { rules: ['color-contrast'] }))];
}
