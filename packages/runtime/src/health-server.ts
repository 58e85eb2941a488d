import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { maskBsns } from './mask-bsn.ts';
import type { Metrics } from './metrics.ts';

export type HealthServerOptions = {
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  /** Why the process is not ready; empty when it is. */
  readonly ready: () => readonly string[];
  /** Whether restarting the process would help; always alive where it is left out. */
  readonly live?: () => boolean;
  readonly metrics: Metrics;
};

export type HealthServer = { readonly url: string; close(): Promise<void> };

type Answer = { readonly status: number; readonly type: string; readonly body: string };

/** Nobody needs longer for a GET of a few lines. */
const REQUEST_TIMEOUT_MS = 5_000;

/** `GET /health/live`, `/health/ready` and `/metrics`; nothing else. */
export async function startHealthServer(options: HealthServerOptions): Promise<HealthServer> {
  const server = createServer((request, response) => {
    answer(request, options).then(
      (it) => send(response, it),
      () => send(response, json(500, { status: 'metrics failed' })),
    );
  });
  server.requestTimeout = REQUEST_TIMEOUT_MS;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, options.host, resolve);
  });
  return {
    url: addressUrl(server.address(), options.host),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** The address of a listening server as others can reach it. */
export function addressUrl(address: AddressInfo | string | null, host: string): string {
  const port = address !== null && typeof address === 'object' ? address.port : 0;
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

async function answer(request: IncomingMessage, options: HealthServerOptions): Promise<Answer> {
  if (request.method !== 'GET') return json(405, { status: 'only GET' });
  switch (request.url ?? '/') {
    case '/health/live': {
      const live = options.live?.() ?? true;
      return json(live ? 200 : 503, { status: live ? 'live' : 'not live' });
    }
    case '/health/ready': {
      const reasons = options.ready().map(maskBsns);
      const ready = reasons.length === 0;
      return json(ready ? 200 : 503, { status: ready ? 'ready' : 'not ready', reasons });
    }
    case '/metrics': {
      const body = await options.metrics.text();
      return { status: 200, type: options.metrics.contentType, body };
    }
    default:
      return json(404, { status: 'not found' });
  }
}

const json = (status: number, body: object): Answer => ({
  status,
  type: 'application/json',
  body: `${JSON.stringify(body)}\n`,
});

function send(response: ServerResponse, { status, type, body }: Answer): void {
  response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' });
  response.end(body);
}
