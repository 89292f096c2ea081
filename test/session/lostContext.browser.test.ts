import { describeLosses } from './lostContext.ts';

// In the middle of the other verbs: test/long/lostContext.browser.test.ts.
describeLosses([['an update', 'update', 6]]);
