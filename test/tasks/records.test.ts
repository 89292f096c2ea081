import { describe, expect, it } from 'vitest';
import { SETTINGS } from '../../src/run/settings.ts';
import { TASKS, type TaskRecord } from '../../src/tasks/tasks.ts';

describe('the record of a task', () => {
  const variants = Object.values<TaskRecord>(TASKS).flatMap((record) =>
    Object.entries(record.variants).map(([name, { create }]) => ({ name, record, create })),
  );

  it.each(variants)('says of $name what its code has', async ({ name, record, create }) => {
    const task = await create();
    expect(task.name).toBe(name);
    expect(task.checkSteps !== undefined).toBe(record.writesSteps === true);
    expect(task.domainOf !== undefined).toBe(record.hasDomains === true);
    expect(task.showProblem(task.allProblems()[0]).includes('/')).toBe(record.isGrid === true);
  });

  it('differs in settings that there are', () => {
    const keys: readonly string[] = SETTINGS.map(({ key }) => key);
    for (const { differs } of Object.values<TaskRecord>(TASKS))
      for (const key of Object.keys(differs)) expect(keys).toContain(key);
  });
});
