import { refusal } from './refusal.ts';
import { ResultsError } from './results.ts';
import type { Source, Told } from './source.ts';

/** The columns of a Parquet file, each with whether it is of numbers or truth values. */
export type ParquetColumns = readonly {
  name: string;
  isNumeric: boolean;
}[];

const NUMERIC = ['BOOLEAN', 'INT32', 'INT64', 'FLOAT', 'DOUBLE'];

/** Loaded for such files alone. */
async function opened({ name, blob }: Source) {
  const [{ parquetMetadataAsync, parquetReadObjects, parquetSchema }, { compressors }] =
    await Promise.all([import('hyparquet'), import('hyparquet-compressors')]);
  const file = {
    byteLength: blob.size,
    slice: (start: number, end?: number) => blob.slice(start, end).arrayBuffer(),
  };
  const metadata = await sound(name, parquetMetadataAsync(file));
  return { file, metadata, parquetReadObjects, schema: parquetSchema(metadata), compressors };
}

async function sound<T>(name: string, reading: Promise<T>): Promise<T> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof ResultsError) throw error;
    const why = error instanceof Error ? error.message : String(error);
    throw refusal(name, null, `as Parquet it cannot be read (${why})`, 'all of a Parquet file');
  }
}

/** @throws ResultsError for what begins as Parquet and does not go on so */
export async function columnsOf(source: Source): Promise<ParquetColumns> {
  const { schema } = await opened(source);
  return schema.children.map(({ element }) => ({
    name: element.name,
    isNumeric: element.type !== undefined && NUMERIC.includes(element.type),
  }));
}

/**
 * Visits each row, numbered from 1, with the columns named; whole numbers of 64 bits are of type bigint. Holds one group of
 * rows at a time: a smaller part of one would have all of it decoded each time.
 */
export async function eachParquetRow(
  source: Source,
  columns: string[],
  visit: (row: Record<string, unknown>, number: number) => void,
  told?: Told,
): Promise<void> {
  const { file, metadata, parquetReadObjects, compressors } = await opened(source);
  const rows = Number(metadata.num_rows);
  let rowStart = 0;
  for (const group of metadata.row_groups) {
    const rowEnd = rowStart + Number(group.num_rows);
    const read = parquetReadObjects({ file, metadata, columns, rowStart, rowEnd, compressors });
    let number = rowStart;
    for (const row of await sound(source.name, read)) visit(row, ++number);
    rowStart = rowEnd;
    told?.(Math.round((source.blob.size * rowEnd) / rows));
  }
}
