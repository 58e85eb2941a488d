/** The operator's command: `npm run smc -- --help` lists what it can do. */
import { runCli } from '@smc/operator';

process.exitCode = await runCli(process.argv.slice(2));
