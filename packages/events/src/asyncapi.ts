/**
 * The contract as an AsyncAPI 3 document, made from the three sources that the programs use
 * themselves: the schemas, the topics and the headers. `write-asyncapi.ts` writes it; a test compares.
 */
import { TOPICS } from '@smc/domain';
import type { WireType } from './codec.ts';
import { eventTypeName, EVENT_SOURCE } from './event-headers.ts';
import { schemaOf } from './event-schemas.ts';

export type DescribedTopic = {
  readonly name: string;
  readonly holds: string;
  readonly key: string;
  readonly partitions: number;
  readonly settings: Readonly<Record<string, string>>;
};

type Channel = {
  readonly topic: string;
  readonly types: readonly WireType[];
  /** Seen from this system: it receives what others publish and sends what others read. */
  readonly action: 'receive' | 'send' | 'internal';
};

/** Which types stand on which topic. */
export const CHANNELS_BY_NAME: Readonly<Record<keyof typeof TOPICS, Channel>> = {
  intake: {
    topic: TOPICS.intake,
    types: [
      'CaseRegistered',
      'CaseClosed',
      'CaseReclassified',
      'ClientMoved',
      'ClientStatusChanged',
    ],
    action: 'receive',
  },
  assignments: {
    topic: TOPICS.assignments,
    types: ['CaseAssigned', 'ClientHandedOver', 'CaseParked', 'CaseReleased'],
    action: 'send',
  },
  acknowledgements: {
    topic: TOPICS.acknowledgements,
    types: ['Acknowledgement'],
    action: 'receive',
  },
  deadLetters: { topic: TOPICS.deadLetters, types: ['DeadLetter'], action: 'send' },
  demarcations: {
    topic: TOPICS.demarcations,
    types: ['DemarcationPart', 'DemarcationManifest'],
    action: 'send',
  },
  commands: {
    topic: TOPICS.commands,
    types: ['DemarcationActivated', 'TeamChosen'],
    action: 'internal',
  },
  commandAnswers: { topic: TOPICS.commandAnswers, types: ['CommandAnswered'], action: 'send' },
  officeIntake: {
    topic: TOPICS.officeIntake,
    types: ['TeamRequested', 'LoadChanged'],
    action: 'internal',
  },
  routerState: {
    topic: TOPICS.routerState,
    types: ['ClientState', 'OfficeLoad', 'Checkpoint'],
    action: 'internal',
  },
};

const BINDING_VERSION = '0.5.0';
/** The newest version that the AsyncAPI parser looks into; a later one it would skip in silence. */
const AVRO_FORMAT = 'application/vnd.apache.avro;version=1.9.0';
/** Keys that the Kafka binding knows, and the form in which it wants their values. */
const TOPIC_SETTINGS: Readonly<Record<string, (value: string) => unknown>> = {
  'cleanup.policy': (value) => value.split(','),
  'retention.ms': Number,
  'delete.retention.ms': Number,
  'max.message.bytes': Number,
};

export function asyncApiDocument(topics: readonly DescribedTopic[]): object {
  const named = Object.entries(CHANNELS_BY_NAME);
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'SMC case router',
      version: '1.0.0',
      description:
        'Every case reaches exactly one team of a Sociaal-Medisch Centrum, and five divisions learn ' +
        'which. Values are Avro in Confluent framing; the attributes of CloudEvents 1.0 stand in ' +
        'the headers (binary mode, NL GOV profile). The BSN is in none of them.',
      license: { name: 'EUPL-1.2', url: 'https://joinup.ec.europa.eu/licence/eupl-12' },
    },
    defaultContentType: 'application/avro',
    servers: {
      installation: {
        host: '{bootstrapServers}',
        protocol: 'kafka',
        description: 'The Kafka of an installation.',
        variables: { bootstrapServers: { default: '127.0.0.1:9092' } },
        bindings: {
          kafka: {
            schemaRegistryUrl: 'http://127.0.0.1:8081/apis/ccompat/v7',
            schemaRegistryVendor: 'apicurio',
            bindingVersion: BINDING_VERSION,
          },
        },
      },
    },
    channels: Object.fromEntries(named.map(([name, c]) => [name, channel(c, topics)])),
    operations: Object.fromEntries(named.flatMap(([name, { action }]) => operation(name, action))),
    components: {
      messages: Object.fromEntries(
        named.flatMap(([, { types }]) => types.map((type) => [type, message(type)])),
      ),
      schemas: { clientKey: CLIENT_KEY, eventHeaders: EVENT_HEADERS },
    },
  };
}

function channel({ topic, types }: Channel, topics: readonly DescribedTopic[]): object {
  const described = topics.find(({ name }) => name === topic);
  if (described === undefined) throw new Error(`${topic} is not among the described topics`);
  const known = Object.entries(described.settings).flatMap(([name, value]) => {
    const convert = TOPIC_SETTINGS[name];
    return convert === undefined ? [] : [[name, convert(value)] as const];
  });
  return {
    address: topic,
    description: `${described.holds} Key: ${described.key}.`,
    messages: Object.fromEntries(types.map((type) => [type, ref('components/messages', type)])),
    bindings: {
      kafka: {
        topic,
        partitions: described.partitions,
        topicConfiguration: Object.fromEntries(known),
        bindingVersion: BINDING_VERSION,
      },
    },
  };
}

function operation(name: string, action: Channel['action']): [string, object][] {
  if (action === 'internal') return [];
  const operationName = `${action}${name.charAt(0).toUpperCase()}${name.slice(1)}`;
  return [[operationName, { action, channel: ref('channels', name) }]];
}

function message(type: WireType): object {
  const schema = JSON.parse(schemaOf(type).text);
  const isEvent = type !== 'ClientState' && type !== 'Checkpoint';
  const isOfClient = schema.fields.some((field: { name: string }) => field.name === 'clientKey');
  return {
    name: isEvent ? eventTypeName(type) : type,
    title: type,
    summary: schema.doc,
    contentType: 'application/avro',
    ...(isEvent ? { headers: ref('components/schemas', 'eventHeaders') } : {}),
    payload: { schemaFormat: AVRO_FORMAT, schema },
    bindings: {
      kafka: {
        ...(isOfClient ? { key: ref('components/schemas', 'clientKey') } : {}),
        schemaIdLocation: 'payload',
        schemaIdPayloadEncoding: 'confluent',
        schemaLookupStrategy: 'RecordNameStrategy',
        bindingVersion: BINDING_VERSION,
      },
    },
  };
}

const ref = (where: string, name: string) => ({ $ref: `#/${where}/${name}` });

const CLIENT_KEY = {
  type: 'string',
  pattern: '^[a-z2-7]{26}$',
  description: 'The pseudonym of the client; its recipe stands in schemas/README.md.',
};

const text = (description: string, rest: object = {}) => ({ type: 'string', description, ...rest });
const TRACEPARENT = { pattern: '^00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$' };

const EVENT_HEADERS = {
  type: 'object',
  required: ['content-type', 'ce_specversion', 'ce_type', 'ce_source', 'ce_id', 'ce_time'],
  properties: {
    'content-type': text('The value is Avro.', { const: 'application/avro' }),
    ce_specversion: text('The version of CloudEvents.', { const: '1.0' }),
    ce_type: text('What happened; the prefix is chosen per installation.', {
      pattern: '^nl(\\.[a-z0-9]+(-[a-z0-9]+)*){2,}$',
    }),
    ce_source: text('The system that says so.', { examples: [EVENT_SOURCE] }),
    ce_id: text('Unique per source, and the same on every replay.', { minLength: 1 }),
    ce_time: text('When the event was recorded, not when it happened; UTC.', {
      format: 'date-time',
    }),
    ce_subject: text('The case, or the client by its pseudonym.'),
    ce_dataschema: text('The schema in the registry with exactly the id of the value.', {
      format: 'uri',
    }),
    traceparent: text('The W3C trace context of this hop.', TRACEPARENT),
    ce_traceparent: text('Where the trace began; never changed on the way.', TRACEPARENT),
  },
};
