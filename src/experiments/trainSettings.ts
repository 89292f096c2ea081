import type { StepSettings } from '../rl/stepSettings.ts';
import type { VerifierName } from '../rl/verifiers.ts';
import type { DomainChoice } from './domains.ts';
import type { ExperimentName } from './experiments.ts';
import type { FinaleName } from './finales.ts';
import type { TeacherKeep } from './teacherKeeps.ts';

/** Everything that decides a run of RLVR, given its base policy and problems. */
export interface TrainSettings extends StepSettings {
  experiment: ExperimentName;
  /** So many first steps learn from a teacher's answers, as distillation does, before the experiment begins. */
  warmSteps: number;
  /** λ, the weight of a teacher's answers in every update of RLVR; 0 for none. */
  sftWeight: number;
  /** Answers of a teacher that are learned from, and which of them. */
  teacherAnswers: number;
  teacherKeep: TeacherKeep;
  /** Of experiments in generations: the steps of one, and the answers at its beginning. */
  generationSteps: number;
  generationAnswers: number;
  /** L, how many steps older than the policy the one is that draws the rollouts. */
  staleness: number;
  /** Of evolution strategies: the perturbed policies of a step, and the deviation of their noise. */
  population: number;
  sigma: number;
  /** Who pays for answers; a judge among them learns from so many answers of the base. */
  verifier: VerifierName;
  judgeAnswers: number;
  /** Of a task made of several: which of them training problems are from; evaluations are of all. */
  domains: DomainChoice;
  /** Of tasks whose problems have sizes: those of training problems, from the least to the most. */
  trainSizeMin: number;
  trainSizeMax: number;
  /** How often the base solves training problems in one try, from the least to the most. */
  trainPMin: number;
  trainPMax: number;
  /** Size of the training set; 0 for all problems that are not held out. */
  trainProblems: number;
  seed: number;
  /** The run ends after this step. */
  steps: number;
  /** P, the training problems of a step, drawn without replacement. */
  promptsPerStep: number;
  /** Share of them from beyond the prior, where the split has such problems. */
  beyondShare: number;
  /** An evaluation after every so many steps, and after the last. */
  evalEvery: number;
  /** Problems evaluated, of the held-out and of the training set each. */
  evalProblems: number;
  /** Samples a problem for the sampled estimate of pass@k; 0 leaves it out. */
  evalSamples: number;
  evalTemperature: number;
  /** The nucleus that evaluations sample from, exactly and in fact; 1 for the whole distribution. */
  evalTopP: number;
  /** Answers of the policy to each held-out problem that its KL distance from the base is estimated from. */
  klSamples: number;
  /** The first so many held-out problems whose answers evaluations enumerate; 0 for none. */
  answerProblems: number;
  finale: FinaleName;
  /** Of power sampling: the exponent, the blocks that a response is built in, and the chains of each problem. */
  alpha: number;
  blocks: number;
  chains: number;
}
