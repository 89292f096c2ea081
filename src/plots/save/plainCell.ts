/** A cell of a file as text where a spreadsheet would take it for a formula; a number with a sign stays one. */
export const plainCell = (text: string): string =>
  /^[=@\t\r]|^[+-](?!(\d+|\d*\.\d+)(e[+-]?\d+)?$)/.test(text) ? `'${text}` : text;
