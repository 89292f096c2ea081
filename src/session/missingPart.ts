/** Whether a script could not be had, as Chromium, Firefox and Safari say it. */
export const isMissingPart = (error: unknown): boolean =>
  error instanceof TypeError &&
  /dynamically imported module|importing a module script/i.test(error.message);
