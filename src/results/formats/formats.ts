import { counts } from './counts.ts';
import { evalPlus } from './evalPlus.ts';
import { flags } from './flags.ts';
import type { Format } from './format.ts';
import { histogram } from './histogram.ts';
import { humanEval } from './humanEval.ts';
import { inspect } from './inspect.ts';
import { lighteval } from './lighteval.ts';
import { liveCodeBench } from './liveCodeBench.ts';
import { lmEval } from './lmEval.ts';
import { mathEval } from './mathEval.ts';
import { nemoSkills } from './nemoSkills.ts';
import { samples } from './samples.ts';
import { trl } from './trl.ts';
import { verifiers } from './verifiers.ts';
import { verl } from './verl.ts';

/** In the order in which a file is recognised: what says more of itself comes first. */
export const FORMATS: readonly Format[] = [
  ...[lighteval, trl],
  ...[evalPlus, inspect, liveCodeBench, lmEval, mathEval, nemoSkills, humanEval, verifiers, verl],
  flags,
  ...[counts, histogram, samples],
];
