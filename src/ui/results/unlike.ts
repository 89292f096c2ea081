import { FORMATS } from '../../results/formats/formats.ts';
import type { Given } from './given.svelte.ts';

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
      .filter(({ isPlace }) => !isPlace);
    return [...new Set(choices.map(({ key }) => key))].flatMap((key) => {
      const made = choices.filter((choice) => choice.key === key);
      const values = [...new Set(made.map(({ value }) => value))];
      return values.length > 1 ? [{ format: name, choice: made[0]!.label, values }] : [];
    });
  });
}
