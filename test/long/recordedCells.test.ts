import { existsSync } from 'node:fs';
import { describe, it } from 'vitest';
import { recordedPath } from '../../src/cli/study.ts';
import { STUDIES } from '../../src/run/studies/catalogue.ts';
import { cellArms, expectCellAgain } from '../run/studies/cell.ts';

const root = new URL('../../', import.meta.url).pathname;
const recorded = STUDIES.filter(({ name }) => existsSync(recordedPath(root, name)));

describe.each(recorded)('the recorded study $name', (study) => {
  it.each(cellArms(study))(
    'has of %s a first cell that comes out again',
    (id) => expectCellAgain(study.name, id),
    240_000,
  );
});
