import type { SchemaRegistryPort } from '@smc/events';
import type { TxnLog } from '@smc/log';
import {
  addressUrl,
  doorSetting,
  optional,
  textSetting,
  untilReachable,
  urlSetting,
  type ConfigOf,
  type RunningService,
  type ServiceContext,
} from '@smc/runtime';
import { readCodeLists, type CodeLists } from './code-lists.ts';
import { clientKeySetting, createClientKeyDeriver } from './client-key.ts';
import { createHttpDoor } from './http-door.ts';
import { IntakeDesk } from './intake-desk.ts';
import { createIntakeParser } from './intake-parser.ts';
import { openIntakeWriter } from './intake-writer.ts';
import { openApiDocument } from './openapi.ts';

export const intakeSettings = {
  clientKey: clientKeySetting,
  door: doorSetting('SMC_INTAKE', 'intake'),
  codeListsFile: optional(
    textSetting('SMC_INTAKE_CODE_LISTS', {
      help: 'a file of laws, products, employment kinds and groups, instead of the one brought along',
    }),
  ),
  publicUrl: urlSetting('SMC_INTAKE_PUBLIC_URL', {
    help: 'where senders find intake; shown in the OpenAPI document',
    protocols: ['https', 'http'],
    fallback: 'https://localhost',
  }),
  contactName: textSetting('SMC_INTAKE_CONTACT_NAME', {
    help: 'whom senders can ask; shown in the OpenAPI document',
    fallback: 'Central intake',
  }),
  contactEmail: textSetting('SMC_INTAKE_CONTACT_EMAIL', {
    help: 'their address',
    fallback: 'intake@example.org',
  }),
  contactUrl: textSetting('SMC_INTAKE_CONTACT_URL', {
    help: 'their page',
    fallback: 'https://example.org/intake',
  }),
};
export type IntakeConfig = ConfigOf<typeof intakeSettings>;

export type StartIntake = Omit<ServiceContext<IntakeConfig>, 'signal'> & {
  /** Reaches the log; called until it works. Intake closes it when it stops. */
  readonly connectLog: () => Promise<TxnLog>;
  readonly registry: SchemaRegistryPort;
  /** Those of the configuration where they are left out. */
  readonly codeLists?: CodeLists;
};

export type RunningIntake = RunningService & { readonly doors: { readonly http: string } };

/**
 * Opens the HTTP door at once and stores events as soon as log and registry can be reached; until then
 * senders get 503 with Retry-After. Calls `fail` where waiting can't help: a schema of intake is not
 * registered, the topic does not exist.
 */
export async function startIntake(context: StartIntake): Promise<RunningIntake> {
  const { config, clock, random, metrics, logger, fail } = context;
  const { secret, version } = config.clientKey;
  const clientKeys = createClientKeyDeriver(secret, version);
  const codeLists = context.codeLists ?? (await readCodeLists(config.codeListsFile));
  const parser = createIntakeParser({ clientKeys, codeLists });
  const desk = new IntakeDesk({ parser, clock, random, metrics, logger });
  const { contactName: name, contactEmail: email, contactUrl: url } = config;
  const contact = { name, email, url };
  const openApi = openApiDocument(parser.shapes, { serverUrl: config.publicUrl, contact });
  const app = createHttpDoor({ desk, metrics, logger, openApi });
  await app.listen({ host: config.door.host, port: config.door.port });
  const http = addressUrl(app.server.address(), config.door.host);
  logger.info({ event: 'intake.listening', http, clientKeyVersion: version }, 'intake listens');

  const stopping = new AbortController();
  const opening = openWhenReachable(context, desk, stopping.signal).catch((error: unknown) => {
    if (!stopping.signal.aborted) fail(error);
    return undefined;
  });
  return {
    doors: { http },
    async stop() {
      stopping.abort();
      await app.close();
      await desk.drained();
      const log = await opening;
      await log?.close();
    },
  };
}

async function openWhenReachable(
  { connectLog, registry, random, readiness, logger }: StartIntake,
  desk: IntakeDesk,
  signal: AbortSignal,
): Promise<TxnLog> {
  const waiting = { random, signal, readiness, logger };
  readiness.set('intake', 'intake: not yet connected');
  const log = await untilReachable(connectLog, { ...waiting, name: 'log' });
  try {
    const open = () => openIntakeWriter({ log, registry });
    desk.open(await untilReachable(open, { ...waiting, name: 'log or registry' }));
  } catch (error) {
    await log.close();
    throw error;
  }
  readiness.clear('intake');
  return log;
}
