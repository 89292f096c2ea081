import { describe, expect, it } from 'vitest';
import { createTask, TASK_NAMES } from '../../src/tasks/registry.ts';
import { problemOfPrompt } from '../../src/tasks/task.ts';

// Not of both sizes of Countdown, whose prompts are alike.
const NAMES = TASK_NAMES.filter((name) => name !== 'countdown-4');
describe.each(NAMES)('the prompt of a problem of %s', (name) => {
  it('is told from other tokens', async () => {
    const task = await createTask(name);
    const problem = task.allProblems()[7];
    const prompt = task.encode(problem);
    expect(problemOfPrompt(task, prompt)).toEqual(problem);
    for (const other of [[], prompt.slice(1), [...prompt, prompt[0]!]])
      expect(problemOfPrompt(task, other), other.join()).toBeNull();
  });
});

it('the prompt of a maze has one start and one goal', async () => {
  const task = await createTask('maze');
  const [free, start, goal] = [5, 7, 8];
  const prompt = task.encode(task.allProblems()[7]);
  for (const [from, to] of [
    [start, free],
    [goal, free],
    [free, start],
    [free, goal],
  ])
    expect(
      problemOfPrompt(
        task,
        prompt.map((token) => (token === from ? to! : token)),
      ),
    ).toBeNull();
});
