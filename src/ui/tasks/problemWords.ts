import type { RunSettings } from '../../run/table.ts';
import { recordOf } from '../../tasks/tasks.ts';
import * as MAP from '../../messages/problemMap.ts';

/** A problem in a line of text: its name, or its number where its name is a grid, which nobody reads in a line. */
export const problemWords = (task: RunSettings['task'], name: string, number: number): string =>
  recordOf(task).isGrid ? MAP.problem({ number }) : name;
