/** Bezwaar & Beroep as a process: `node services/bezwaar-en-beroep/src/main.ts --help` lists its settings. */
import { runDivision } from '@smc/divisions';

await runDivision('bezwaar-en-beroep');
