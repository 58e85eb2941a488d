/** Uitkeren as a process: `node services/uitkeren/src/main.ts --help` lists its settings. */
import { runDivision } from '@smc/divisions';

await runDivision('uitkeren');
