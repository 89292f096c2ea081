import type { Batch, Engine, Policy } from '../policy/policy.ts';
import type { PolicyShape } from '../policy/shape.ts';
import type { StepRequest, StepResult } from '../rl/step.ts';
import type { ProblemSplit } from '../tasks/registry.ts';
import type { Task } from '../tasks/task.ts';
import type { TrainSettings } from './trainSettings.ts';

/** What learns in the steps of an experiment: all else of a row is the same for every one. */
export interface Learner {
  /** Its rollouts are not of the policy as the step before leaves it, so nobody can draw them ahead for it. */
  drawsItself?: true;
  /** Rolls a step out, for its metrics at least, and where the request says `train` makes the updates of the step. */
  learn(request: StepRequest): Promise<StepResult>;
  /** What later steps need of the earlier ones beside the policy; plain data, or null for nothing. */
  state(): LearnerState | null;
  dispose(): void;
}

export interface LearnerState {
  /** The answers that a generation is trained on. */
  answers: Batch | null;
  /** Of stale rollouts: the parameters before each of the last steps, the oldest first. */
  past?: readonly Float32Array[];
}

/** A stronger policy of the same task, to be distilled from. */
export interface Teacher {
  shape: PolicyShape;
  parameters: Float32Array;
}

/** What a learner is made from. */
export interface LearnerParts {
  engine: Engine;
  policy: Policy;
  task: Task;
  /** With the training set of the run. */
  split: ProblemSplit;
  settings: TrainSettings;
  teacher: Teacher | null;
  /** That of the checkpoint that the run goes on from. */
  state: LearnerState | null;
}

/** @throws RangeError naming what differs, if the teacher cannot answer the prompts of the policy. */
export function requireTeacher(teacher: Teacher | null, shape: PolicyShape): Teacher {
  if (!teacher) throw new RangeError('this experiment needs a teacher, and the run was given none');
  for (const field of ['vocabulary', 'outputs', 'promptLength', 'responseLength'] as const)
    if (teacher.shape[field] !== shape[field])
      throw new RangeError(
        `the teacher has ${field} ${teacher.shape[field]}, expected the policy's ${shape[field]}`,
      );
  return teacher;
}
