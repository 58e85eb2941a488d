/** Handhaving as a process: `node services/handhaving/src/main.ts --help` lists its settings. */
import { runDivision } from '@smc/divisions';

await runDivision('handhaving');
