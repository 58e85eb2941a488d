import { connect, createServer, type Server, type Socket } from 'node:net';
import { assert } from '@smc/domain';
import type { Hold } from './harness.ts';

/** Kafka's numbers of the requests that faults are planned for. */
export const KAFKA_API = { produce: 0, fetch: 1, initProducerId: 22, endTxn: 26 } as const;

export type BrokerAt = { readonly host: string; readonly port: number };

/** What happens to a frame: `undefined` lets it pass. */
type Trap = {
  readonly part: 'request' | 'answer';
  readonly api: number;
  readonly act: (frame: Buffer) => Buffer | 'break' | Promise<void> | undefined;
};

const SIZE_BYTES = 4;
const API_AT = 4;
const CORRELATION_AT = { request: 8, answer: 4 } as const;
/** An answer to a fetch that is larger than this has records in it. */
const EMPTY_FETCH_BYTES_MAX = 140;

/**
 * The network between one client and the brokers, with faults on request.
 *
 * ```
 *   client ──► proxy port 1 ──► broker 1        one proxy port per broker; in every answer the
 *          ──► proxy port 2 ──► broker 2        brokers' ports are replaced by the proxies', so
 *                                               that the client finds nobody past the proxies
 * ```
 *
 * It knows no more of the protocol than frames, the number of a request, and who answers what.
 */
export class FaultyNetwork {
  readonly #servers: Server[] = [];
  readonly #ports = new Map<BrokerAt, number>();
  readonly #sockets = new Set<Socket>();
  readonly #traps: Trap[] = [];
  #down = false;

  private constructor() {}

  static async open(brokers: readonly BrokerAt[]): Promise<FaultyNetwork> {
    const network = new FaultyNetwork();
    for (const broker of brokers) {
      const server = createServer((client) => network.#join(client, broker));
      await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
      network.#servers.push(server);
      network.#ports.set(broker, portOf(server));
    }
    return network;
  }

  get bootstrapServers(): readonly string[] {
    return [...this.#ports.values()].map((port) => `127.0.0.1:${port}`);
  }

  /** The next request of this kind or its answer is lost, together with its connection. */
  lose(part: 'request' | 'answer', api: number): void {
    this.#traps.push({ part, api, act: () => 'break' });
  }

  /** The next request of this kind waits, and all that follows on its connection. */
  hold(api: number): Hold {
    const [reached, gate] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const act = () => {
      reached.resolve();
      return gate.promise;
    };
    this.#traps.push({ part: 'request', api, act });
    return { reached: reached.promise, release: () => gate.resolve() };
  }

  /** Turns over a bit at the end of the next answer to a fetch that has records. */
  corruptFetch(): void {
    const act = (frame: Buffer) => {
      if (frame.length <= EMPTY_FETCH_BYTES_MAX) return undefined;
      const damaged = Buffer.from(frame);
      damaged.writeUInt8(damaged.readUInt8(frame.length - 1) ^ 1, frame.length - 1);
      return damaged;
    };
    this.#traps.push({ part: 'answer', api: KAFKA_API.fetch, act });
  }

  /** Breaks every connection and takes no new one until the answer is called. */
  cut(): () => void {
    this.#down = true;
    for (const socket of this.#sockets) socket.destroy();
    return () => {
      this.#down = false;
    };
  }

  async close(): Promise<void> {
    this.cut();
    const closed = (server: Server) => new Promise<void>((done) => server.close(() => done()));
    await Promise.all(this.#servers.map(closed));
  }

  #join(client: Socket, broker: BrokerAt): void {
    if (this.#down) {
      client.destroy();
      return;
    }
    const upstream = connect(broker);
    const ends = [client, upstream];
    for (const end of ends) {
      this.#sockets.add(end);
      end.setNoDelay(true);
      end.on('error', () => undefined);
      end.on('close', () => {
        this.#sockets.delete(end);
        for (const other of ends) other.destroy();
      });
    }
    const apis = new Map<number, number>();
    const stop = () => client.destroy();
    this.#pump({ from: client, to: upstream, part: 'request', apis, stop });
    this.#pump({ from: upstream, to: client, part: 'answer', apis, stop });
  }

  #pump(pipe: Pipe): void {
    let rest: Buffer = Buffer.alloc(0);
    let last = Promise.resolve();
    pipe.from.on('data', (chunk: Buffer) => {
      const { frames, left } = split(Buffer.concat([rest, chunk]));
      rest = left;
      for (const frame of frames) last = last.then(() => this.#pass(pipe, frame));
    });
  }

  async #pass({ to, part, apis, stop }: Pipe, frame: Buffer): Promise<void> {
    const correlation = frame.readInt32BE(CORRELATION_AT[part]);
    if (part === 'request') apis.set(correlation, frame.readInt16BE(API_AT));
    const api = apis.get(correlation);
    const trap = this.#traps.find((one) => one.part === part && one.api === api);
    const done = trap?.act(frame);
    if (trap !== undefined && done !== undefined) this.#traps.splice(this.#traps.indexOf(trap), 1);
    if (done === 'break') {
      stop();
      return;
    }
    if (done instanceof Promise) await done;
    const changed = Buffer.isBuffer(done) ? done : frame;
    to.write(part === 'answer' ? this.#redirect(changed) : changed);
  }

  /** Wherever an answer names a broker, it is the proxy's port that the client must read. */
  #redirect(frame: Buffer): Buffer {
    for (const [{ host, port }, proxyPort] of this.#ports) {
      const name = Buffer.from(host);
      const needle = Buffer.concat([name, int32(port)]);
      for (
        let found = frame.indexOf(needle);
        found >= 0;
        found = frame.indexOf(needle, found + 1)
      ) {
        frame.writeInt32BE(proxyPort, found + name.length);
      }
    }
    return frame;
  }
}

type Pipe = {
  readonly from: Socket;
  readonly to: Socket;
  readonly part: 'request' | 'answer';
  readonly apis: Map<number, number>;
  readonly stop: () => void;
};

function split(bytes: Buffer): { readonly frames: readonly Buffer[]; readonly left: Buffer } {
  const frames: Buffer[] = [];
  let left = bytes;
  while (left.length >= SIZE_BYTES) {
    const length = SIZE_BYTES + left.readInt32BE(0);
    if (left.length < length) break;
    frames.push(left.subarray(0, length));
    left = left.subarray(length);
  }
  return { frames, left };
}

function int32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return bytes;
}

function portOf(server: Server): number {
  const address = server.address();
  assert(address !== null && typeof address === 'object', 'a listening server has a port');
  return address.port;
}
