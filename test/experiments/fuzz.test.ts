import { describeRandomConfigurations } from './fuzz.ts';

describeRandomConfigurations(8);
