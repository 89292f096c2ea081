import { readResults } from './read.ts';
import { ResultsError, type Measured } from './results.ts';
import { countsCsv, wideCsv } from './write.ts';

/** Longer ones are cut off by some programs through which people pass them. */
export const LONGEST_LINK = 8000;
/** No link of ours holds more text: what goes on behind it was made to fill a memory. */
const MOST_TEXT = 2_000_000;

/** The counts of models for an address: their CSV, deflated, in base64url (RFC 4648); null where that is too long. */
export async function linkOf(models: readonly Measured[]): Promise<string | null> {
  const csv = wideCsv(models) ?? countsCsv(models);
  if (models.length === 0 || csv.length > MOST_TEXT / 4) return null;
  const deflated = new Blob([csv]).stream().pipeThrough(new CompressionStream('deflate-raw'));
  const bytes = new Uint8Array(await new Response(deflated).arrayBuffer());
  const text = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '');
  return text.length > LONGEST_LINK ? null : text;
}

/** @throws ResultsError for what {@link linkOf} has not written */
export async function modelsOfLink(text: string): Promise<Measured[]> {
  const csv = await inflated(text);
  const source = { name: 'The results in the link', blob: new Blob([csv]) };
  const { models } = await readResults(source, { format: 'counts' });
  return [...models];
}

async function inflated(text: string): Promise<Blob> {
  const mangled = new ResultsError(
    'The results in the link cannot be read: a part of the link is missing or changed.',
  );
  if (text.length > LONGEST_LINK || !/^[\w-]+$/.test(text)) throw mangled;
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  try {
    const bytes = Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (each) =>
      each.charCodeAt(0),
    );
    const reader = new Blob([bytes])
      .stream()
      .pipeThrough(new DecompressionStream('deflate-raw'))
      .getReader();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return new Blob(pieces);
      pieces.push(value as Uint8Array<ArrayBuffer>);
      size += value.byteLength;
      if (size > MOST_TEXT) {
        await reader.cancel();
        break;
      }
    }
  } catch {
    throw mangled;
  }
  throw new ResultsError('The results in the link are of more text than a link of this page has.');
}
