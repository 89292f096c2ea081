import { describe, it } from 'vitest';
import { expectRowsKept, KINDS_OF_RUN } from '../run/keptRows.ts';

describe('the rows of a run can be kept', () => {
  it.each(KINDS_OF_RUN)('with %j', expectRowsKept, 60_000);
});
