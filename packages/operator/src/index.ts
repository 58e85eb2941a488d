export { runCli } from './run-cli.ts';
export { verify, type Verdict, type VerifyOptions } from './verify/verify.ts';
export { ServiceEnded, ServiceProcess, type ServiceSpec } from './demo/service-process.ts';
