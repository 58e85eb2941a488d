/**
 * The codec at work. Opening it asks the registry once for the id of each own schema; from then on
 * encoding and reading what the same version wrote ask nothing. A schema id that is met for the
 * first time is learned once, also when the registry says that it does not exist.
 *
 *                                        our own schema
 *   bytes ── frame ── writer of the id ─────────────────────► checked fields ──► event
 *     │        │             │        └── scan ── repack ──┘        │
 *     └ VALUE_MISSING,       │            another version           │ what is refused is scanned
 *       NOT_FRAMED,          │                                      │
 *       VALUE_TOO_LARGE      └ unlearned, UNKNOWN_SCHEMA,           └ NOT_AVRO, ARRAY_TOO_LONG,
 *                              UNEXPECTED_SCHEMA                      FIELD_INVALID
 *
 * An id is refused only while the registry still knows our own schemas: one that came back empty, or
 * something else that answers in its place, is an outage and makes no dead letter of a good record.
 */
import { accept, BugError, refuse } from '@smc/domain';
import type { Codec, Decoded, Flaw, WireEvent, WireEventOf, WireType } from './codec.ts';
import { schemaOf } from './event-schemas.ts';
import { InvalidField } from './reading.ts';
import {
  RegistryFault,
  SchemaNotRegisteredError,
  type SchemaRegistryPort,
  type UnregisteredSchema,
} from './registry.ts';
import type { Cursor } from './scan.ts';
import { createEncoder } from './encoder.ts';
import { FRAME_BYTES, ownType, ownWriter, writerOf, type OwnType, type Writer } from './writers.ts';

/** Kafka's own default for a record; nothing larger can stand on our topics. */
export const VALUE_BYTES_MAX = 1_048_576;
/** A dead letter holds such a record and says more about it. */
const DEAD_LETTER_BYTES_MAX = 2 * VALUE_BYTES_MAX;
/** Ids that someone invents must not fill the memory; forgetting costs one question each. */
const LEARNED_MAX = 4_096;

export type OpenCodec = {
  readonly registry: SchemaRegistryPort;
  /** What this service writes and reads: only these are asked for and only these are decoded. */
  readonly types: readonly WireType[];
};

/**
 * Resolves the schemas of the types. Throws SchemaNotRegisteredError when one is not registered, and
 * a retriable RegistryFault when the registry can't be asked: services start in any order.
 */
export async function openCodec(options: OpenCodec): Promise<Codec> {
  return createCodec(options.registry, await resolveTypes(options));
}

async function resolveTypes({ registry, types }: OpenCodec): Promise<readonly OwnType[]> {
  const own: OwnType[] = [];
  const unregistered: UnregisteredSchema[] = [];
  for (const type of types) {
    const { subject, text } = schemaOf(type);
    const id = await registry.idOf(subject, text);
    if (id !== undefined) {
      own.push(ownType(type, id));
      continue;
    }
    const latest = await registry.latestId(subject);
    unregistered.push({ subject, state: latest === undefined ? 'missing' : 'other' });
  }
  if (unregistered.length > 0) throw new SchemaNotRegisteredError(unregistered);
  return own;
}

function createCodec(registry: SchemaRegistryPort, own: readonly OwnType[]): Codec {
  const writers = new Map<number, Writer>();
  const learnOwn = () => {
    for (const type of own) writers.set(type.id, ownWriter(type));
  };
  learnOwn();

  return {
    ...createEncoder(own),
    decode: createDecoder(writers),
    async learn(schemaId) {
      const known = writers.get(schemaId);
      const writer = known ?? (await ask(registry, schemaId, own));
      if (writers.size >= LEARNED_MAX) {
        writers.clear();
        learnOwn();
      }
      writers.set(schemaId, writer);
      return writer.kind === 'refused' && writer.flaw.code === 'UNKNOWN_SCHEMA'
        ? 'unknown'
        : 'learned';
    },
    schemaUrl(type) {
      const found = own.find(({ name }) => name === type);
      if (found === undefined) throw new BugError(`this codec was not opened with ${type}`);
      return registry.schemaUrl(found.id);
    },
  };
}

async function ask(
  registry: SchemaRegistryPort,
  schemaId: number,
  own: readonly OwnType[],
): Promise<Writer> {
  try {
    const writer = writerOf(schemaId, await registry.schemaById(schemaId), own);
    if (writer.kind === 'refused') await assertStillOurs(registry, own);
    return writer;
  } catch (error) {
    // The address was right when we started: something stands in between, and may go away again.
    const outage = error instanceof RegistryFault && error.code === 'WRONG_ADDRESS';
    throw outage ? new RegistryFault('UNREACHABLE', error.message, error) : error;
  }
}

async function assertStillOurs(
  registry: SchemaRegistryPort,
  own: readonly OwnType[],
): Promise<void> {
  const [first] = own;
  if (first === undefined) return;
  const id = await registry.idOf(first.subject, schemaOf(first.name).text);
  if (id === first.id) return;
  throw new RegistryFault('UNREACHABLE', 'the registry no longer has the schemas we started with');
}

function createDecoder(writers: ReadonlyMap<number, Writer>): Codec['decode'] {
  const cursor: Cursor = {
    bytes: Buffer.alloc(0),
    at: 0,
    code: 'NOT_AVRO',
    path: '',
    expected: '',
  };

  return <T extends WireType>(bytes: Buffer | undefined, expected: readonly T[]): Decoded<T> => {
    if (bytes === undefined) return flaw('VALUE_MISSING', 'a value expected');
    if (bytes.length < FRAME_BYTES || bytes[0] !== 0) {
      return flaw('NOT_FRAMED', 'a zero byte and the four bytes of a schema id expected');
    }
    const schemaId = bytes.readInt32BE(1);
    const writer = writers.get(schemaId);
    if (writer === undefined) {
      // Registries count from 1: some do not even answer a question about less.
      return schemaId > 0
        ? { ok: 'unlearned', schemaId }
        : flaw('UNKNOWN_SCHEMA', 'the id of a schema expected, 1 or more');
    }
    if (writer.kind === 'refused') return refuse(writer.flaw);
    const type = expected.find((name) => name === writer.type);
    if (type === undefined) {
      return flaw('UNEXPECTED_SCHEMA', `${expected.join(' or ')} expected, not ${writer.type}`);
    }
    const bytesMax = type === 'DeadLetter' ? DEAD_LETTER_BYTES_MAX : VALUE_BYTES_MAX;
    if (bytes.length > bytesMax) {
      return flaw('VALUE_TOO_LARGE', `at most ${bytesMax} bytes expected`);
    }
    return writer.repack === undefined
      ? read(cursor, { type, bytes, writer })
      : readForeign(cursor, { type, bytes, writer, repack: writer.repack });
  };
}

type Readable<T extends WireType> = {
  readonly type: T;
  readonly bytes: Buffer;
  readonly writer: Extract<Writer, { readonly kind: 'readable' }>;
};

/** What another version wrote is looked over first: Avro's own resolution trusts the bytes. */
function readForeign<T extends WireType>(
  cursor: Cursor,
  of: Readable<T> & { readonly repack: (bytes: Buffer) => Buffer },
): Decoded<T> {
  const damage = scanned(cursor, of);
  if (damage !== undefined) return refuse(damage);
  try {
    return read(cursor, { ...of, bytes: of.repack(of.bytes) });
  } catch {
    return MISMATCHED;
  }
}

/** In one pass; only what is refused is looked at again, for what exactly is wrong. */
function read<T extends WireType>(cursor: Cursor, of: Readable<T>): Decoded<T> {
  const { type, bytes, writer } = of;
  cursor.bytes = bytes;
  cursor.at = FRAME_BYTES;
  let reason: string | undefined;
  try {
    const event = writer.read(cursor);
    if (cursor.at === bytes.length && isOf(type, event)) return accept(event);
  } catch (error) {
    if (error instanceof BugError) throw error;
    if (error instanceof InvalidField) reason = error.message;
  }
  const damage = writer.repack === undefined ? scanned(cursor, of) : undefined;
  if (damage !== undefined) return refuse(damage);
  return reason === undefined ? MISMATCHED : flaw('FIELD_INVALID', reason);
}

function isOf<T extends WireType>(type: T, event: WireEvent): event is WireEventOf<T> {
  return event.type === type;
}

function scanned(cursor: Cursor, { bytes, writer }: Readable<WireType>): Flaw | undefined {
  cursor.bytes = bytes;
  cursor.at = FRAME_BYTES;
  cursor.code = 'NOT_AVRO';
  cursor.path = '';
  if (!writer.scan(cursor)) {
    return { code: cursor.code, reason: `${cursor.path}: ${cursor.expected} expected` };
  }
  if (cursor.at === bytes.length) return undefined;
  return { code: 'NOT_AVRO', reason: 'bytes left over behind the last field' };
}

const flaw = (code: Flaw['code'], reason: string) => refuse({ code, reason });

/** What was looked over holds no surprise; should it, the bytes are at fault, not we. */
const MISMATCHED = flaw('NOT_AVRO', 'bytes that match the schema expected');
