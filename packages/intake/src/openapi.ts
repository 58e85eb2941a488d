import { API_ROUTES, API_VERSION, type ApiRoute } from './api-routes.ts';
import { schemaOfShape, type JsonSchema } from './field-rules.ts';
import { IDEMPOTENCY_KEY_CHARACTERS_MAX } from './idempotency-key.ts';
import type { IntakeShapes } from './intake-shapes.ts';
import { PROBLEMS } from './problem.ts';

/** Whom a sender can ask, and where the door is found: an installation fills these in. */
export type ApiContact = { readonly name: string; readonly email: string; readonly url: string };

/** The OpenAPI 3.1 document of the door, made of the rules that the door checks by. */
export function openApiDocument(
  shapes: IntakeShapes,
  options: { readonly serverUrl: string; readonly contact: ApiContact },
): JsonSchema {
  return {
    openapi: '3.1.0',
    info: {
      title: 'SMC intake',
      version: API_VERSION,
      description:
        'Tells the case router of cases and of what happens to clients. 202 means that the event is ' +
        'stored for good. An event is repeated safely with its eventId or its Idempotency-Key.',
      contact: options.contact,
      license: { name: 'EUPL-1.2', identifier: 'EUPL-1.2' },
    },
    servers: [{ url: `${options.serverUrl}/v1` }],
    paths: Object.fromEntries(
      API_ROUTES.map((route) => [route.path.slice('/v1'.length), { post: operation(route) }]),
    ),
    components: {
      schemas: {
        ...Object.fromEntries(
          API_ROUTES.map(({ kind, caseIdInPath }) => {
            const schema = schemaOfShape(shapes[kind]);
            return [kind, caseIdInPath ? withoutRequired(schema, 'caseId') : schema];
          }),
        ),
        Accepted: ACCEPTED,
        Problem: PROBLEM,
      },
    },
  };
}

function operation({ kind, caseIdInPath, summary }: ApiRoute): JsonSchema {
  return {
    operationId: `tell${kind}`,
    summary,
    parameters: caseIdInPath ? [CASE_ID, ...COMMON_HEADERS] : COMMON_HEADERS,
    requestBody: {
      required: true,
      content: { 'application/json': { schema: { $ref: `#/components/schemas/${kind}` } } },
    },
    responses: {
      202: {
        description: 'Stored by all replicas in sync.',
        headers: { 'API-Version': VERSION_HEADER },
        content: { 'application/json': { schema: { $ref: '#/components/schemas/Accepted' } } },
      },
      ...problemResponses(),
    },
  };
}

function problemResponses(): JsonSchema {
  const content = {
    'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } },
  };
  const byStatus = Map.groupBy(Object.entries(PROBLEMS), ([, { status }]) => status);
  return Object.fromEntries(
    [...byStatus].map(([status, problems]) => {
      const description = problems.map(([code, { detail }]) => `${code}: ${detail}`).join(' ');
      const waits = problems.some(([, { retryAfterS }]) => retryAfterS !== undefined);
      const retry = waits ? { 'Retry-After': RETRY_HEADER } : {};
      const headers = { 'API-Version': VERSION_HEADER, ...retry };
      return [status, { description, headers, content }];
    }),
  );
}

/** The path names the case; a body that names it too must name the same. */
function withoutRequired(schema: JsonSchema, field: string): JsonSchema {
  const required = Array.isArray(schema['required']) ? schema['required'] : [];
  return { ...schema, required: required.filter((name) => name !== field) };
}

const VERSION_HEADER = {
  description: 'The full version of this API.',
  schema: { type: 'string', examples: [API_VERSION] },
};
const RETRY_HEADER = { description: 'Seconds to wait.', schema: { type: 'integer', minimum: 1 } };

const CASE_ID = {
  name: 'caseId',
  in: 'path',
  required: true,
  description: 'The case, as it was registered.',
  schema: { type: 'string', minLength: 1, maxLength: 64 },
};

const COMMON_HEADERS = [
  {
    name: 'Idempotency-Key',
    in: 'header',
    required: false,
    description: 'Makes a repeat harmless where the event has no eventId of its own.',
    schema: { type: 'string', minLength: 1, maxLength: IDEMPOTENCY_KEY_CHARACTERS_MAX },
  },
  {
    name: 'traceparent',
    in: 'header',
    required: false,
    description: 'W3C Trace Context: the event and what follows from it belong to this trace.',
    schema: { type: 'string' },
  },
];

const ACCEPTED = {
  type: 'object',
  required: ['eventId', 'clientKey', 'position'],
  properties: {
    eventId: { type: 'string', description: 'The id of the event, given or derived.' },
    caseId: { type: 'string', description: 'The case, where the event is about one.' },
    clientKey: {
      type: 'string',
      pattern: '^[a-z2-7]{26}$',
      description: 'The pseudonym under which divisions know the client.',
    },
    position: { type: 'string', description: 'Where the event is stored; later ones follow it.' },
  },
};

const PROBLEM = {
  type: 'object',
  description: 'RFC 9457. It never repeats what was sent.',
  required: ['type', 'title', 'status', 'detail', 'code'],
  properties: {
    type: { type: 'string', format: 'uri-reference' },
    title: { type: 'string' },
    status: { type: 'integer', minimum: 400, maximum: 599 },
    detail: { type: 'string' },
    code: { type: 'string', enum: Object.keys(PROBLEMS) },
    errors: {
      type: 'array',
      description: 'Everything that is wrong with the input, all at once.',
      items: {
        type: 'object',
        required: ['in', 'location', 'detail'],
        properties: {
          in: { type: 'string', enum: ['body', 'header', 'path'] },
          location: {
            type: 'object',
            required: ['name'],
            properties: { name: { type: 'string' }, pointer: { type: 'string' } },
          },
          detail: { type: 'string' },
        },
      },
    },
  },
};
