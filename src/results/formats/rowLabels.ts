import { columnsOf } from '../columns.ts';
import { idOfText, type Tally } from '../tally.ts';
import type { Found } from './format.ts';

/** A value of a row by the name of its column, or of its key. */
export type Row = (name: string) => unknown;

const BETWEEN = '\0';
const MOST_NAMED = 6;

/** What of a row says which problem and which model it is of, beside its id and its model. */
export interface Labels {
  /** The id, and of which benchmark it is. */
  idOf(id: string, row: Row): string;
  /** The model, and of which step it is. @param said what the row says, null for nothing */
  modelOf(said: string | null, row: Row): string | null;
  /** Names ids by their benchmark where there are several, and says so, and what else differs. */
  finish(found: Found, tally: Tally): Found;
}

/**
 * @param names the columns, or the keys of the first record
 * @param used which of them is the id, and which the model
 * @param alone the name of the model of a file that has only one step
 */
export function rowLabels(
  names: readonly string[],
  used: { problem: string; model: string },
  alone: string,
): Labels {
  const others = names.filter((name) => name !== used.problem && name !== used.model);
  const scopes = columnsOf(others, 'scope');
  const [step] = columnsOf(names, 'step').filter((name) => name !== used.problem);
  const isModel = step === used.model;
  const found = new Set<string>();
  const steps = new Set<string>();
  const settings = new Map(columnsOf(others, 'setting').map((name) => [name, new Set<string>()]));
  const textOf = (value: unknown): string =>
    typeof value === 'string' ? idOfText(value.trim()) : String(value ?? '');
  return {
    idOf(id, row) {
      for (const [name, values] of settings)
        if (values.size <= MOST_NAMED) values.add(textOf(row(name)));
      if (scopes.length === 0) return id;
      const scope = scopes.map((name) => textOf(row(name))).join('/');
      found.add(scope);
      return scope + BETWEEN + id;
    },
    modelOf(said, row) {
      if (said === null || step === undefined) return said;
      const number = textOf(row(step)).replace(/\.0+$/, '');
      steps.add(number);
      return isModel ? `step ${number}` : `${said} step ${number}`;
    },
    finish(reading, tally) {
      const named = (key: string): string => {
        const at = key.indexOf(BETWEEN);
        return at < 0
          ? key
          : found.size > 1
            ? `${key.slice(0, at)}/${key.slice(at + 1)}`
            : key.slice(at + 1);
      };
      const models = reading.models.map((model) => ({
        ...model,
        name:
          isModel && steps.size === 1 && model.name === `step ${[...steps][0]}`
            ? alone
            : model.name,
        problems:
          scopes.length === 0
            ? model.problems
            : new Map([...model.problems].map(([key, count]) => [named(key), count])),
      }));
      const notes = [...reading.notes];
      if (found.size > 1)
        notes.push(
          `${scopes.join(' and ')} ${scopes.length > 1 ? 'have' : 'has'} ${found.size} values: an id is one with it before it, such as ${[...found][0]}/1.`,
        );
      for (const [name, values] of settings)
        if (values.size > 1 && tally.again.size > 0)
          notes.push(
            `${name} has several values (${[...values].slice(0, MOST_NAMED).join(', ')}${values.size > MOST_NAMED ? ', …' : ''}): what is of one problem and model counts together.`,
          );
      return { ...reading, models, notes };
    },
  };
}
