import { fastify, type FastifyInstance } from 'fastify';
import { isClientKey, isLocalDate } from '@smc/domain';
import type { LocalStore } from '@smc/subscriber';
import type { Answer } from './division-rules.ts';

export type ClientDoor = { readonly url: string; close(): Promise<void> };

export type ClientDoorOptions = {
  readonly host: string;
  /** 0 takes a free port. */
  readonly port: number;
  readonly store: Pick<LocalStore, 'client'>;
  readonly answer: Answer;
};

/** A question is a key and a day. */
const URL_CHARACTERS_MAX = 256;

/**
 * `GET /clients/{clientKey}[?on=YYYY-MM-DD]`: the last event taken in (`clientSequence`), the
 * team, and what the division knows besides. 404: no event of this client has been taken in. 400:
 * the question is malformed; the answer names what, and never repeats it.
 */
export async function openClientDoor(options: ClientDoorOptions): Promise<ClientDoor> {
  const door = fastify({ logger: false, routerOptions: { maxParamLength: URL_CHARACTERS_MAX } });
  door.setNotFoundHandler((_request, reply) => {
    return reply
      .code(404)
      .type(PROBLEM_JSON)
      .send(problem(404, 'There is nothing at this address'));
  });
  door.setErrorHandler((_error, _request, reply) => {
    return reply
      .code(500)
      .type(PROBLEM_JSON)
      .send(problem(500, 'The question could not be answered'));
  });
  serveClients(door, options);
  const url = await door.listen({ host: options.host, port: options.port });
  return { url, close: () => door.close() };
}

function serveClients(door: FastifyInstance, { store, answer }: ClientDoorOptions): void {
  type Question = { Params: { clientKey: string }; Querystring: { on?: string | string[] } };
  door.get<Question>('/clients/:clientKey', (request, reply) => {
    const { clientKey } = request.params;
    const { on } = request.query;
    const refuse = (status: number, title: string, field?: string) =>
      reply
        .code(status)
        .type(PROBLEM_JSON)
        .send(problem(status, title, field));

    if (!isClientKey(clientKey)) {
      return refuse(400, 'A client key has 26 characters a-z and 2-7', 'clientKey');
    }
    if (on !== undefined && !isLocalDate(on)) {
      return refuse(400, 'A day is written as 2026-11-24', 'on');
    }
    const progress = store.client(clientKey);
    if (progress === undefined) return refuse(404, 'No event of this client has been taken in');
    const { clientSequence, team } = progress;
    const body = { clientKey, clientSequence, team: team ?? null, ...answer(clientKey, on) };
    return reply.header('cache-control', 'no-store').send(body);
  });
}

const PROBLEM_JSON = 'application/problem+json';

/** RFC 9457; `field` names the part of the question that is wrong. */
function problem(status: number, title: string, field?: string): object {
  return { type: 'about:blank', status, title, ...(field === undefined ? {} : { field }) };
}
