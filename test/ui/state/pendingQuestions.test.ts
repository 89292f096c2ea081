import { describe, expect, it, vi } from 'vitest';
import { createPendingQuestions } from '../../../src/ui/state/pendingQuestions.ts';

const reason = new Error('not wanted any more');

describe('a question', () => {
  it('is answered, or has no answer, once', async () => {
    const questions = createPendingQuestions();
    const asked: number[] = [];
    const first = questions.ask<string>((id) => asked.push(id), vi.fn());
    const second = questions.ask<string>((id) => asked.push(id), vi.fn());
    expect(new Set(asked).size).toBe(2);
    questions.unanswered(asked[1]!, 'there is none');
    questions.answered(asked[0]!, 'yes');
    questions.answered(asked[1]!, 'yes');
    expect(await first).toBe('yes');
    await expect(second).rejects.toThrow('there is none');
  });

  it('that was aborted before is not asked, and ends with the reason', async () => {
    const ask = vi.fn();
    const takeBack = vi.fn();
    const questions = createPendingQuestions();
    await expect(questions.ask(ask, takeBack, AbortSignal.abort(reason))).rejects.toBe(reason);
    expect(ask).not.toHaveBeenCalled();
    expect(takeBack).not.toHaveBeenCalled();
  });

  it('that is aborted is taken back, unless it has been answered', async () => {
    const questions = createPendingQuestions();
    const takeBack = vi.fn();
    const controller = new AbortController();
    let answered = -1;
    const first = questions.ask((id) => (answered = id), takeBack, controller.signal);
    let aborted = -1;
    const second = questions.ask((id) => (aborted = id), takeBack, controller.signal);
    questions.answered(answered, 'yes');
    controller.abort(reason);
    expect(await first).toBe('yes');
    await expect(second).rejects.toBe(reason);
    expect(takeBack.mock.calls).toEqual([[aborted]]);
  });

  it('ends with all others when the session does', async () => {
    const questions = createPendingQuestions();
    const both = [1, 2].map(() => questions.ask(vi.fn(), vi.fn()));
    questions.drop('it has ended');
    for (const each of both) await expect(each).rejects.toThrow('it has ended');
  });
});
