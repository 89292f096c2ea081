import { tableOf, type Table } from './table.ts';
import { jsonStart, type JsonStart } from './json.ts';
import { columnsOf, type ParquetColumns } from './parquet.ts';
import { HEAD, headOf, type Source } from './source.ts';

/** What the beginning of a file tells of it. */
export interface Head {
  text: string;
  /** The first bytes, as characters of one byte each. */
  magic: string;
  json: JsonStart | null;
  table: Table | null;
  parquet: ParquetColumns | null;
}

/** A record of many long answers may have its verdicts behind them: so much of it is looked at. */
const LONG_HEAD = 2 * 1024 * 1024;

export async function lookAt(source: Source): Promise<Head> {
  const magic = String.fromCharCode(...new Uint8Array(await source.blob.slice(0, 8).arrayBuffer()));
  if (magic.startsWith('PAR1'))
    return { magic, text: '', json: null, table: null, parquet: await columnsOf(source) };
  const text = await headOf(source);
  let json = jsonStart(text);
  if (json && !json.isWhole && text.length === HEAD)
    json = jsonStart(await headOf(source, LONG_HEAD));
  return { magic, text, json, table: /^\s*[[{]/.test(text) ? null : tableOf(text), parquet: null };
}
