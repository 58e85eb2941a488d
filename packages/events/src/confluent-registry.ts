/**
 * A schema registry with Confluent's interface, over @kafkajs/confluent-schema-registry.
 *
 * Its answers are classified by what they say, never by the HTTP status alone: the client reports a
 * refused connection and a timeout as 400, and a proxy that knows no such path answers 404 just as a
 * registry does that knows no such schema. The client drops the registry's `error_code` and keeps
 * its sentence, so the sentences are what tells them apart.
 */
import { COMPATIBILITY, SchemaRegistry, SchemaType } from '@kafkajs/confluent-schema-registry';
import { RegistryFault, type SchemaRegistryPort } from './registry.ts';

/** A call that has not been answered after this long is not waited for. */
const DEADLINE_MS = 5_000;

export type RegistryConnection = {
  /** `http://127.0.0.1:8081/apis/ccompat/v7`; a user and password in it are sent as basic auth. */
  readonly url: string;
  readonly deadlineMs?: number;
};

/** Connects to nothing yet: the first call does. */
export function connectRegistry(connection: RegistryConnection): SchemaRegistryPort {
  const { deadlineMs = DEADLINE_MS } = connection;
  const { host, auth } = addressOf(connection.url);
  const client = new SchemaRegistry({
    host,
    ...(auth === undefined ? {} : { auth }),
    // Who calls decides whether and when to try again.
    retry: { retries: 0 },
    middlewares: [deadline(deadlineMs)],
  });

  return {
    schemaUrl: (id) => `${host}/schemas/ids/${id}`,
    schemaById: (id) => orUndefined(host, () => schemaText(client, id)),
    idOf: (subject, text) =>
      orUndefined(host, async () =>
        asId(await client.getRegistryIdBySchema(subject, { type: SchemaType.AVRO, schema: text })),
      ),
    latestId: (subject) =>
      orUndefined(host, async () => asId(await client.getLatestSchemaId(subject))),
    async register(subject, text, level) {
      const registered = await classified(host, () =>
        client.register(
          { type: SchemaType.AVRO, schema: text },
          { subject, compatibility: COMPATIBILITY[level] },
        ),
      );
      return asId(registered.id);
    },
  };
}

function addressOf(text: string): {
  readonly host: string;
  readonly auth: { readonly username: string; readonly password: string } | undefined;
} {
  const url = new URL(text);
  const { username, password } = url;
  const host = `${url.origin}${url.pathname}`.replace(/\/+$/, '');
  if (username === '') return { host, auth: undefined };
  return {
    host,
    auth: { username: decodeURIComponent(username), password: decodeURIComponent(password) },
  };
}

/**
 * As avsc prints it: names and types, which is all that a writer's schema is needed for. A schema
 * that is there but is no Avro that avsc can read gives a text that nothing can be read with.
 */
async function schemaText(client: SchemaRegistry, id: number): Promise<string> {
  try {
    return JSON.stringify(await client.getSchema(id));
  } catch (error) {
    if (statusOf(error) !== undefined) throw error;
    return '{}';
  }
}

/** Something that answers 200 and no id is no registry: `faultOf` says so. */
function asId(id: unknown): number {
  if (typeof id === 'number' && Number.isInteger(id)) return id;
  throw new NoRegistryError('an answer without an id');
}

class NoRegistryError extends Error {
  override readonly name = 'NoRegistryError';
}

type Middleware = NonNullable<
  ConstructorParameters<typeof SchemaRegistry>[0]['middlewares']
>[number];

const deadline =
  (deadlineMs: number): Middleware =>
  () => ({
    prepareRequest: async (next) => (await next()).enhance({ timeout: deadlineMs }),
  });

/** The sentences of error codes 40401 to 40403, of Confluent's registry and of Apicurio's. */
const NOT_FOUND =
  / - (?:(?:Subject|Version|Schema)(?: \S+)? not found|The given schema does not match any schema)/;

async function orUndefined<T>(host: string, call: () => Promise<T>): Promise<T | undefined> {
  try {
    return await call();
  } catch (error) {
    if (error instanceof Error && NOT_FOUND.test(error.message)) return undefined;
    throw faultOf(host, error);
  }
}

async function classified<T>(host: string, call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    throw faultOf(host, error);
  }
}

function faultOf(host: string, error: unknown): RegistryFault {
  const { name, message } = error instanceof Error ? error : { name: '', message: String(error) };
  const status = statusOf(error);
  if (status === 409 || name === 'ConfluentSchemaRegistryCompatibilityError') {
    return new RegistryFault('INCOMPATIBLE', message, error);
  }
  if (status === 404 || /status 404/.test(message) || error instanceof NoRegistryError) {
    return new RegistryFault('WRONG_ADDRESS', `no schema registry answers at ${host}`, error);
  }
  return new RegistryFault('UNREACHABLE', `the schema registry at ${host}: ${message}`, error);
}

function statusOf(error: unknown): number | undefined {
  const hasStatus = typeof error === 'object' && error !== null && 'status' in error;
  return hasStatus && typeof error.status === 'number' ? error.status : undefined;
}
