import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { DIVISIONS, must, type Division } from '@smc/domain';
import { startStack, type Stack } from '@smc/infra';
import { environmentOf } from '../addresses.ts';
import { deploy } from '../commands/stack.ts';
import { publishFolder } from '../commands/demarcation.ts';
import { connect } from '../connect.ts';
import { findAddresses } from '../addresses.ts';
import type { Output } from '../output.ts';
import type { Constellation } from './constellation.ts';
import { CHECKOUT, ServiceProcess } from './service-process.ts';

/** How long the killed router stays away: long enough to see the other take over. */
const ROUTER_AWAY_MS = 3_000;
/** So that the other router takes over while one looks; production takes ten seconds. */
const SESSION_MS = '3000';
const KEPT_MS = 24 * 3_600_000;

/** Kafka, registry and Redis of its own, and every service as a process of its own. */
export async function startRealConstellation(
  folder: string,
  output: Output,
): Promise<Constellation> {
  const place = path.join(CHECKOUT, '.cache', 'demo');
  mkdirSync(place, { recursive: true });
  removeOldRuns(place);
  const data = mkdtempSync(path.join(place, 'run-'));
  const stack = await startStack({ report: output.talk });
  const running: ServiceProcess[] = [];
  const stop: Constellation['stop'] = async (options) => {
    await Promise.all(running.map((service) => service.stop()));
    await stack.stop({ fast: true });
    if (options?.keepLogs !== true) rmSync(data, { recursive: true, force: true });
  };
  try {
    return await startServices({ stack, data, running, stop, folder, output });
  } catch (error) {
    await stop({ keepLogs: true });
    throw error;
  }
}

/** What demos that were killed have left behind, a day later. */
function removeOldRuns(place: string): void {
  for (const name of readdirSync(place)) {
    const run = path.join(place, name);
    if (Date.now() - statSync(run).mtimeMs < KEPT_MS) continue;
    rmSync(run, { recursive: true, force: true });
  }
}

type Place = {
  readonly stack: Stack;
  readonly data: string;
  readonly running: ServiceProcess[];
  readonly stop: Constellation['stop'];
  readonly folder: string;
  readonly output: Output;
};

async function startServices(place: Place): Promise<Constellation> {
  const { stack, data, running, stop, folder, output } = place;
  const { bootstrapServers, registryUrl, redisUrl } = stack;
  const environment = {
    ...environmentOf({ bootstrapServers, registryUrl, redisUrl }),
    SMC_CLIENT_KEY_SECRET: randomBytes(32).toString('hex'),
    SMC_CLIENT_KEY_VERSION: '1',
    SMC_ROUTER_SESSION_MS: SESSION_MS,
  };
  await deploy({ bootstrapServers, registryUrl, redisUrl }, output);
  const connections = connect(findAddresses(environment));
  const publication = await publishFolder(connections, folder);
  output.talk(
    `demarcation ${publication.version} published: ${publication.contentHash.slice(0, 12)}`,
  );

  const start = (service: string, name = service, more: Record<string, string> = {}) => {
    const spec = { service, name, environment: { ...environment, ...more }, logFolder: data };
    const process = ServiceProcess.start(spec);
    running.push(process);
    return process;
  };
  output.talk('starting intake, two routers, the projector and five divisions ...');
  const routers = [start('router', 'router-1'), start('router', 'router-2')];
  const intake = start('intake');
  const projector = start('projector');
  const divisions = DIVISIONS.map((division) => {
    const folderOf = path.join(data, division);
    mkdirSync(folderOf, { recursive: true });
    return [division, start(division, division, { SMC_DATA_DIRECTORY: folderOf })] as const;
  });
  await Promise.all(running.map((service) => service.ready()));
  const doors = new Map<Division, string>();
  for (const [division, service] of divisions) {
    doors.set(division, must((await service.ready())['http'], `${division} has a door`));
  }
  const intakeUrl = must((await intake.ready())['http'], 'intake has a door');

  return {
    intakeUrl,
    divisionUrls: doors,
    log: () => connections.log(),
    codec: () => connections.codec(),
    views: () => connections.views(),
    places: [
      ['Kafka', bootstrapServers],
      ['registry', registryUrl],
      ['Redis', redisUrl],
      ['intake', intakeUrl],
      ...[...doors].map(([division, url]) => [division, url] as const),
      ['projector', (await projector.ready())['health'] ?? ''],
      ['logs', data],
    ],
    async killRouter() {
      const victim = must(routers.shift(), 'a router runs');
      victim.kill('SIGKILL');
      await victim.ended;
      setTimeout(() => routers.push(start('router', victim.name)), ROUTER_AWAY_MS).unref();
      return victim.name;
    },
    logFolder: data,
    async stop(options) {
      await connections.close();
      await stop(options);
    },
  };
}
