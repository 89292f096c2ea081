import { describeNumbers } from './numbers.ts';
import { sharedWebgl } from './sharedWebgl.ts';

describeNumbers(sharedWebgl());
