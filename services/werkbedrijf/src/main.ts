/** Werkbedrijf as a process: `node services/werkbedrijf/src/main.ts --help` lists its settings. */
import { runDivision } from '@smc/divisions';

await runDivision('werkbedrijf');
