/** Klant & Service as a process: `node services/klant-en-service/src/main.ts --help` lists its settings. */
import { runDivision } from '@smc/divisions';

await runDivision('klant-en-service');
