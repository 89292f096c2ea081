import { FORMATS } from '../../results/formats/formats.ts';
import type { Given } from './given.svelte.ts';

/** What is the same measure whatever it says: where things stand in a file, and whose they are. */
const PLACES = ['problem', 'n', 'correct', 'model', 'step'];

/** A choice by which files of one format were read in different ways, so that their models may not be compared. */
interface Unlike {
  format: string;
  choice: string;
  values: readonly string[];
}

/** Such choices among what was given: as one filter of lm-evaluation-harness here, and another there. */
export function unlikeMeasures(list: readonly Given[]): Unlike[] {
  return FORMATS.flatMap(({ id, name }) => {
    const choices = list
      .flatMap(({ reading }) => (reading?.format === id ? reading.choices : []))
      .filter(({ key }) => !PLACES.includes(key));
    return [...new Set(choices.map(({ key }) => key))].flatMap((key) => {
      const made = choices.filter((choice) => choice.key === key);
      const values = [...new Set(made.map(({ value }) => value))];
      return values.length > 1 ? [{ format: name, choice: made[0]!.label, values }] : [];
    });
  });
}
