/** The first of files, where not all of them have to be named. */
export const firstOf = (files: readonly string[]): string =>
  files.slice(0, 3).join(', ') + (files.length > 3 ? ', …' : '');
