import { afterAll, vi } from 'vitest';

/*
 * Files of one worker share its modules. What a page still loads when a file's last test is over is given up at an
 * arbitrary module, and whatever loads that later in this worker is refused: no file ends before its imports have.
 */
afterAll(() => vi.dynamicImportSettled());
