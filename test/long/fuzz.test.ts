import { describeRandomConfigurations } from '../experiments/fuzz.ts';

describeRandomConfigurations(500);
