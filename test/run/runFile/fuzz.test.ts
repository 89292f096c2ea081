import { disturbedFiles } from './disturbed.ts';

disturbedFiles(60, [1, 45], 20);
