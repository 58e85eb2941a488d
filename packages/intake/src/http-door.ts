/**
 * The HTTP door by the NLGov REST API Design Rules: versioned path, problem+json with all errors at
 * once, `API-Version` and security headers on every answer, OpenAPI for everyone. Whatever goes wrong,
 * also inside the framework, is answered with fixed words: its own messages quote the request.
 */
import { isUtf8 } from 'node:buffer';
import type { Socket } from 'node:net';
import { fastify, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { accept, refuse, type Result } from '@smc/domain';
import type { Logger, Metrics } from '@smc/runtime';
import { API_ROUTES, API_VERSION, OPENAPI_PATH, type ApiRoute } from './api-routes.ts';
import { isObject, type JsonSchema } from './field-rules.ts';
import { parseIdempotencyKey } from './idempotency-key.ts';
import type { IntakeDesk, Outcome } from './intake-desk.ts';
import { invalidInput, problem, PROBLEMS, type InvalidInput, type ProblemCode } from './problem.ts';

/** Four times the largest event that the rules allow. */
export const BODY_BYTES_MAX = 16 * 1024;
/** For a request of one event to arrive. */
const REQUEST_MS_MAX = 5_000;
/** How often Node looks for requests that take too long; half a minute by default. */
const CHECK_EVERY_MS = 500;
/** With full bodies this is 64 MB; more connections are closed instead of served. */
const CONNECTIONS_MAX = 4_096;

export type HttpDoorOptions = {
  readonly desk: IntakeDesk;
  readonly metrics: Metrics;
  readonly logger: Logger;
  readonly openApi: JsonSchema;
  readonly requestMsMax?: number;
};

/** The door, not yet listening. */
export function createHttpDoor(options: HttpDoorOptions): FastifyInstance {
  const { desk, metrics, logger, openApi, requestMsMax = REQUEST_MS_MAX } = options;
  const app = fastify({
    logger: false,
    bodyLimit: BODY_BYTES_MAX,
    requestTimeout: requestMsMax,
    // Node swaps the two limits where the one for headers, a minute by default, is the longer.
    http: { connectionsCheckingInterval: CHECK_EVERY_MS, headersTimeout: requestMsMax },
    // What arrives on an open connection while intake stops is still served.
    return503OnClosing: false,
    forceCloseConnections: 'idle',
    exposeHeadRoutes: false,
    frameworkErrors: (_error, _request, reply) => void sendProblem(reply, 'NOT_FOUND'),
    clientErrorHandler: answerSocket,
  });
  app.server.maxConnections = CONNECTIONS_MAX;
  acceptJsonOnly(app);
  addHeaders(app);
  measure(app, metrics);
  app.setErrorHandler((err, _request, reply) => {
    const code = codeOfError(err);
    if (code === 'BROKEN') logger.error({ event: 'intake.broken', err }, 'a request failed');
    return sendProblem(reply, code);
  });
  app.setNotFoundHandler((_request, reply) => sendProblem(reply, 'NOT_FOUND'));
  for (const route of API_ROUTES) addRoute(app, route, desk);

  const text = JSON.stringify(openApi);
  app.get(OPENAPI_PATH, (_request, reply) =>
    reply.header('access-control-allow-origin', '*').type('application/json').send(text),
  );
  refuseOtherMethods(app, OPENAPI_PATH, 'GET');
  return app;
}

function addRoute(app: FastifyInstance, route: ApiRoute, desk: IntakeDesk): void {
  const url = route.path.replace(/\{(\w+)\}/, ':$1');
  app.post(url, async (request, reply) => {
    const key = parseIdempotencyKey(request.headers['idempotency-key']);
    if (!key.ok) return sendProblem(reply, 'FIELDS_INVALID', [KEY_INVALID]);
    const body = route.caseIdInPath ? withCaseId(request) : accept(request.body);
    if (!body.ok) return sendProblem(reply, 'FIELDS_INVALID', [body.refusal]);
    const outcome = await desk.submit({
      kind: route.kind,
      body: body.value,
      idempotencyKey: key.value,
      traceparent: request.headers['traceparent'],
    });
    return sendOutcome(reply, outcome, route);
  });
  refuseOtherMethods(app, url, 'POST');
}

const KEY_INVALID: InvalidInput = {
  in: 'header',
  location: { name: 'Idempotency-Key' },
  detail: 'Idempotency-Key: one key of at most 128 visible ASCII characters expected',
};
const OTHER_CASE: InvalidInput = {
  in: 'body',
  location: { name: 'caseId', pointer: '#/caseId' },
  detail: 'caseId: left out, or the same as in the path expected',
};

/** The path names the case; a body that names it too must name the same. */
function withCaseId({ params, body }: FastifyRequest): Result<unknown, InvalidInput> {
  const caseId = isObject(params) ? params['caseId'] : undefined;
  if (!isObject(body)) return accept(body);
  const named = body['caseId'];
  return named === undefined || named === caseId ? accept({ ...body, caseId }) : refuse(OTHER_CASE);
}

function sendOutcome(reply: FastifyReply, outcome: Outcome, route: ApiRoute): FastifyReply {
  switch (outcome.result) {
    case 'accepted': {
      const { position, ...accepted } = outcome.accepted;
      const place = `${position.partition}:${position.offset}`;
      return reply.code(202).send({ ...accepted, position: place });
    }
    case 'refused': {
      const errors = outcome.problems.map((it) =>
        route.caseIdInPath && it.field === 'caseId'
          ? { ...invalidInput(it), in: 'path' as const, location: { name: 'caseId' } }
          : invalidInput(it),
      );
      return sendProblem(reply, 'FIELDS_INVALID', errors);
    }
    case 'failed':
      return sendProblem(reply, outcome.code);
  }
}

function sendProblem(
  reply: FastifyReply,
  code: ProblemCode,
  errors?: readonly InvalidInput[],
): FastifyReply {
  const { status, retryAfterS } = PROBLEMS[code];
  if (retryAfterS !== undefined) reply.header('retry-after', retryAfterS);
  // The framework answers some errors before any hook has run.
  reply.headers(HEADERS);
  return reply.code(status).type('application/problem+json').send(problem(code, errors));
}

/** Answers what never became a request: too slow, too large in its headers, or no HTTP at all. */
function answerSocket(error: Error & { readonly code?: string }, socket: Socket): void {
  if (!socket.writable) return;
  const answer = problem(error.code === 'ERR_HTTP_REQUEST_TIMEOUT' ? 'TOO_SLOW' : 'NOT_HTTP');
  const body = JSON.stringify(answer);
  const headers = Object.entries({
    ...HEADERS,
    'content-type': 'application/problem+json',
    'content-length': String(Buffer.byteLength(body)),
    connection: 'close',
  });
  const head = [`HTTP/1.1 ${answer.status} ${answer.title}`, ...headers.map((it) => it.join(': '))];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}

/** Only the framework's code is read: its message may quote what was sent. */
function codeOfError(error: unknown): ProblemCode {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  switch (code) {
    case 'BODY_NOT_JSON':
    case 'FST_ERR_CTP_EMPTY_JSON_BODY':
    case 'FST_ERR_CTP_INVALID_CONTENT_LENGTH':
      return 'BODY_NOT_JSON';
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return 'BODY_TOO_LARGE';
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
      return 'NOT_JSON_TYPE';
    default:
      return 'BROKEN';
  }
}

function acceptJsonOnly(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  const options = { parseAs: 'buffer' as const };
  app.addContentTypeParser('application/json', options, (_request, bytes, done) => {
    try {
      if (!Buffer.isBuffer(bytes) || !isUtf8(bytes)) throw new SyntaxError('no UTF-8');
      done(null, JSON.parse(bytes.toString('utf8')));
    } catch {
      done(Object.assign(new Error('no JSON'), { code: 'BODY_NOT_JSON' }), undefined);
    }
  });
}

const HEADERS = {
  'api-version': API_VERSION,
  'cache-control': 'no-store',
  'content-security-policy': "frame-ancestors 'none'",
  'strict-transport-security': 'max-age=31536000',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
};

function addHeaders(app: FastifyInstance): void {
  app.addHook('onRequest', async (request, reply) => {
    reply.headers(HEADERS);
    // Without a type the framework would ask no parser and leave the body unread.
    const typed = request.headers['content-type'] !== undefined;
    if (request.method === 'POST' && !typed) return sendProblem(reply, 'NOT_JSON_TYPE');
    return undefined;
  });
}

function refuseOtherMethods(app: FastifyInstance, url: string, allowed: 'GET' | 'POST'): void {
  const method = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'].filter(
    (it) => it !== allowed,
  );
  app.route({
    method,
    url,
    onRequest: async (_request, reply) =>
      sendProblem(reply.header('allow', allowed), 'METHOD_NOT_ALLOWED'),
    handler: (_request, reply) => sendProblem(reply, 'METHOD_NOT_ALLOWED'),
  });
}

function measure(app: FastifyInstance, metrics: Metrics): void {
  const seconds = metrics.histogram({
    name: 'intake_request_seconds',
    help: 'from the first byte of a request to the answer, by route and status',
    labels: ['route', 'status'],
  });
  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'none';
    seconds.observe({ route, status: reply.statusCode }, reply.elapsedTime / 1000);
  });
}
