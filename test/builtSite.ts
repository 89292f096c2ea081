import { rm } from 'node:fs/promises';
import type { TestProject } from 'vitest/node';
import { builtFolder } from './buildSite.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The folder of the built site, which all journeys share: to be read only. */
    site: string;
  }
}

/** Where the site is built to be; journeys serve it elsewhere, as anybody's copy may be. */
export const SITE_URL = 'https://example.org/some/where/';

/** Builds the site once for all journeys, and removes it after the last. */
export default async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  const folder = await builtFolder({ SITE_URL: SITE_URL.slice(0, -1) });
  provide('site', folder);
  return () => rm(folder, { recursive: true });
}
