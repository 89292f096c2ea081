import type { Page } from 'playwright';
import { beforeAll } from 'vitest';
import { STUDIES } from '../../src/run/studies/catalogue.ts';
import { serialiseStudy, type RecordedStudy } from '../../src/run/studies/recorded.ts';
import type { Study } from '../../src/run/studies/study.ts';
import { sampleOf } from '../run/studies/sample.ts';
import { openRoom } from './reader.ts';
import { useSite, type OpenOptions } from './site.ts';

/** The first study of a figure with lines over k; its runs are made here, so that it is recorded as it stands now. */
export const shown: Study = STUDIES.find(({ figure }) => figure.kind === 'passAtK')!;
export const absent: Study = STUDIES.find((study) => study !== shown)!;
export const cutShort: Study = STUDIES.find((study) => study !== shown && study !== absent)!;
/** For the journeys of a file: a site of which one study is recorded. */
export function useStudies() {
  const openPage = useSite();
  let sample: RecordedStudy;
  beforeAll(async () => {
    sample = await sampleOf(shown, [1, 2]);
  });
  return {
    sample: (): RecordedStudy => sample,
    /** Opens the page with one study recorded, one whose file has been cut short, and no other. */
    async open(
      fragment: string,
      { listed = STUDIES, ...options }: OpenOptions & { listed?: readonly Study[] } = {},
    ) {
      const fetched: string[] = [];
      const opened = await openPage(`#engine=wasm&eval-problems=12${fragment}`, {
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
            if (name === cutShort.name)
              return route.fulfill({ body: body.slice(0, body.length / 2) });
            return route.fulfill({ status: 404 });
          });
        },
      });
      return { ...opened, fetched };
    },
  };
}

export const article = (page: Page) => page.locator('article[data-study]');
export const hash = (page: Page): URLSearchParams =>
  new URLSearchParams(new URL(page.url()).hash.slice(1));
export const goToStudies = async (page: Page): Promise<void> => {
  await openRoom(page, 'studies');
  await article(page).waitFor();
};
