import { DEFAULT_PRETRAIN, type PretrainSettings } from '../experiments/baseSettings.ts';
import type { TrainSettings } from '../experiments/trainSettings.ts';
import { DEFAULT_ADAM } from '../policy/policy.ts';
import { GRPO, type AlgorithmChoices } from '../rl/choices.ts';
import { rarityOf } from '../tasks/prior.ts';
import { LARGEST_SIZE } from '../tasks/task.ts';
import type { RunSettings } from './table.ts';

/** Layers and heads of every network; the width is a setting. */
export const NETWORK_SIZE = { layers: 2, heads: 4 } as const;

export function taskName({ task, size }: RunSettings): string {
  return task === 'countdown' ? `countdown-${size}` : task;
}

export function trainSettings(settings: RunSettings): TrainSettings {
  const choices = Object.fromEntries(
    Object.keys(GRPO).map((key) => [key, settings[key as keyof AlgorithmChoices]]),
  ) as unknown as AlgorithmChoices;
  return {
    ...choices,
    experiment: settings.experiment,
    warmSteps: settings.warmSteps,
    sftWeight: settings.sftWeight,
    teacherAnswers: settings.teacherAnswers,
    teacherKeep: settings.teacherKeep,
    generationSteps: settings.generationSteps,
    generationAnswers: settings.generationAnswers,
    staleness: settings.staleness,
    hintShare: settings.hintShare,
    population: settings.population,
    sigma: settings.sigma,
    verifier: settings.verifier,
    judgeAnswers: settings.judgeAnswers,
    domains: settings.domains,
    trainSizeMin: settings.trainSizeMin,
    trainSizeMax: settings.trainSizeMax,
    trainPMin: settings.trainPMin,
    trainPMax: settings.trainPMax,
    trainProblems: settings.trainProblems,
    seed: settings.seed,
    steps: settings.steps,
    promptsPerStep: settings.prompts,
    beyondShare: settings.beyondShare,
    groupSize: settings.groupSize,
    temperature: settings.temperature,
    optimizer: { ...DEFAULT_ADAM, learningRate: settings.lr, maxGradNorm: settings.maxGradNorm },
    evalEvery: settings.evalEvery,
    evalProblems: settings.evalProblems,
    evalSamples: settings.evalSamples,
    evalTemperature: settings.evalTemperature,
    evalTopP: settings.evalTopP,
    klSamples: settings.klSamples,
    answerProblems: settings.answerProblems,
    finale: settings.finale,
    alpha: settings.alpha,
    blocks: settings.blocks,
    chains: settings.chains,
  };
}

export function pretrainSettings(settings: RunSettings): PretrainSettings {
  const { demonstratedSize } = settings;
  return {
    ...DEFAULT_PRETRAIN,
    seed: settings.baseSeed,
    steps: settings.pretrainSteps,
    learningRate: settings.pretrainLr,
    correctFraction: settings.correctFraction,
    rarity: rarityOf(settings),
    ...(demonstratedSize < LARGEST_SIZE ? { demonstratedSize } : {}),
  };
}
