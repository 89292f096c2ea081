import { DOMAINS } from '../experiments/domains.ts';
import { EXPERIMENTS } from '../experiments/experiments.ts';
import { FINALES } from '../experiments/finales.ts';
import { TEACHER_KEEPS } from '../experiments/teacherKeeps.ts';
import { ADVANTAGES, NORMALISATIONS } from '../rl/advantages.ts';
import { AGGREGATIONS } from '../rl/aggregations.ts';
import { ALGORITHMS } from '../rl/algorithms.ts';
import { FILTERS, KL_PLACEMENTS } from '../rl/choices.ts';
import { COVARIANCES } from '../rl/covariance.ts';
import { KL_ESTIMATORS } from '../rl/kl.ts';
import { REWARDS } from '../rl/rewards.ts';
import { SHAPINGS } from '../rl/shapings.ts';
import { RATIOS, SURROGATES } from '../rl/surrogates.ts';
import { TOKENS } from '../rl/tokens.ts';
import { VERIFIERS } from '../rl/verifiers.ts';
import { worded } from '../text/worded.ts';
import { TASK_TEXTS } from './tasks/texts.ts';
import { BEGINS, MATTERS, STEPS, TRAINS } from '../run/matters.ts';
import { OWN_CHOICES } from '../run/runSettings.ts';
import { SETTINGS } from '../run/table.ts';

// What tasks and settings are called and what their choices mean, for translation. Imported for what it does by what loads
// a translation; the tables themselves are plain data, which an English page, the worker and the command line read as they
// are, and pay nothing for this.
const described = ['label', 'help', 'source', 'notes'];

worded(
  'settings',
  Object.fromEntries(SETTINGS.map((setting) => [setting.key, setting])),
  described,
);
worded('choices of task', OWN_CHOICES.task, described);
worded('choices of size', OWN_CHOICES.size, described);
worded('choices of prior', OWN_CHOICES.prior, described);
worded('choices of base', OWN_CHOICES.base, described);
worded('choices of engine', OWN_CHOICES.engine, described);
worded('experiments', EXPERIMENTS, described);
worded('domains', DOMAINS, described);
worded('finales', FINALES, described);
worded('teacher keeps', TEACHER_KEEPS, described);
worded('verifiers', VERIFIERS, described);
worded('algorithms', ALGORITHMS, described);
worded('advantages', ADVANTAGES, described);
worded('normalisations', NORMALISATIONS, described);
worded('aggregations', AGGREGATIONS, described);
worded('filters', FILTERS, described);
worded('kl placements', KL_PLACEMENTS, described);
worded('covariances', COVARIANCES, described);
worded('kl estimators', KL_ESTIMATORS, described);
worded('rewards', REWARDS, described);
worded('ratios', RATIOS, described);
worded('surrogates', SURROGATES, described);
worded('shapings', SHAPINGS, described);
worded('token choices', TOKENS, described);
worded('tasks', TASK_TEXTS, ['name', 'asks', 'answers']);
worded('idle', { ...MATTERS, trains: TRAINS, steps: STEPS, begins: BEGINS }, ['otherwise']);
