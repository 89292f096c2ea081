/** Why a file cannot be had: the page it belongs to is no more, the browser has made up its mind, or anything else. */
export type Reason = 'replaced' | 'remembered' | 'missing';

/** What has failed, and what is known of the page. */
interface Failure {
  error: Error;
  attempt: number;
  /** The address of the page, and that of its first script as the page writes it. */
  page: string;
  script: string;
  /** The text at an address now; null where there is none. */
  read(address: string): Promise<string | null>;
}

/**
 * Where the page at its own address has another first script, it is a newer one, whose parts have other names. Firefox
 * asks for a module once, and goes on to say that it failed; then only a page that is loaded anew gets it.
 */
export async function reasonOf({ error, attempt, page, script, read }: Failure): Promise<Reason> {
  const now = await read(page);
  if (now !== null && !now.includes(script)) return 'replaced';
  const file = fileOf(error);
  // Of a style sheet no browser keeps that it failed.
  const isKept = attempt > 1 && file !== null && !file.endsWith('.css');
  return isKept && (await read(file)) !== null ? 'remembered' : 'missing';
}

/** The file that a browser, or Vite, names in an error; null where it names none, as Safari. */
export const fileOf = ({ message }: Error): string | null =>
  /\bhttps?:\/\/\S+/.exec(message)?.[0] ?? null;
