import { recordOf } from '../../tasks/tasks.ts';
import type { RunSettings } from '../../run/table.ts';
import * as TEXT from '../../messages/microscope.ts';

/** A problem in a line of text: its name, or its number where its name is a grid, which nobody reads in a line. */
export const problemWords = (task: RunSettings['task'], name: string, number: number): string =>
  recordOf(task).isGrid ? TEXT.problem({ number }) : name;
