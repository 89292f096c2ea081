import { describe, it } from 'vitest';
import { expectRowsKept, KINDS_OF_RUN } from './keptRows.ts';

describe('the rows of a run can be kept', () => {
  // The others are a long test.
  it.each(KINDS_OF_RUN.slice(0, 3))('with %j', expectRowsKept);
});
