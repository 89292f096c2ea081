import { createReferenceEngine } from '../../src/policy/reference/engine.ts';
import { describeNumbers } from './numbers.ts';

describeNumbers(() => createReferenceEngine());
