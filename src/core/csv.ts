/** Lines of cells as CSV (RFC 4180, with `\n`): quoted where a cell holds a comma, a quote or the end of a line. */
export const csvText = (lines: readonly (readonly string[])[]): string =>
  lines.map((cells) => `${cells.map(quoted).join(',')}\n`).join('');

const quoted = (text: string): string =>
  /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
