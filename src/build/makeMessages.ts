// Makes the modules of all texts, for tools that read the sources without Vite.
import { writeMessages } from './messages.ts';

writeMessages();
