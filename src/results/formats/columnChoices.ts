import type { Choice } from '../results.ts';
import type { Task } from './format.ts';

/** Of a choice of columns: one for each model. */
export const EACH = '*';
export const NONE = 'none';

/** Makes choices among the columns of a table. @param models those that stand side by side, which {@link EACH} is */
export const columnChoices =
  (choose: Task['choose'], header: readonly string[], models: readonly { model: string }[]) =>
  (key: string, label: string, value: string, more: readonly string[] = []): Choice => {
    const columns = new Set(header.filter((cell) => cell.trim() !== ''));
    return choose(
      { key, label, value, isPlace: true, values: [...more, ...columns] },
      { [EACH]: `one for each model: ${models.map(({ model }) => model).join(', ')}` },
    );
  };
