import type { Socket } from 'node:net';
import { LogFault } from '../log-fault.ts';
import { unavailable } from './error-codes.ts';
import { API, type Request } from './wire.ts';

/** An authenticated connection to one broker: requests go out and are answered in order. */
export type Link = {
  /**
   * The answer without its header. Rejects with UNAVAILABLE when the connection is lost or the
   * answer takes too long; either closes the link, because what comes after can't be trusted.
   */
  request(request: Request, options?: { readonly timeoutMs?: number }): Promise<Buffer>;
  /** The broker has said that it will not read this connection for so long (a quota). */
  muted(ms: number): void;
  readonly isOpen: boolean;
  readonly isIdle: boolean;
  /** The broker closes the connection when its SASL session ends: replace it before, when idle. */
  readonly isWorn: boolean;
  close(): void;
};

export type LinkOptions = {
  /** Names the peer in faults: host and port. */
  readonly address: string;
  readonly clientId: string;
  readonly timeoutMs: number;
  /** 0 where the session has no end. */
  readonly sessionLifetimeMs: number;
  readonly deadlines: Deadlines;
};

/** Larger answers are not Kafka's: a fetch is limited to far less, metadata is small. */
const ANSWER_BYTES_MAX = 128 * 1024 * 1024;
const SIZE_BYTES = 4;
const CORRELATION_BYTES = 4;
/** Part of a SASL session after which an idle link is replaced. */
const SESSION_WEAR = 0.7;

type Waiting = {
  readonly id: number;
  readonly skip: number;
  readonly limitMs: number;
  readonly resolve: (answer: Buffer) => void;
  readonly reject: (fault: LogFault) => void;
};

/**
 * Requests and answers over a socket that is ours alone. Nothing is copied on the way out (the
 * parts of a request go out in one writev), an answer that came in one chunk is a view of it, and
 * time-outs cost one timer for all links together (`Deadlines`).
 */
export class SocketLink implements Link {
  readonly #socket: Socket;
  readonly #options: LinkOptions;
  readonly #clientId: Buffer;
  readonly #wornAt: number;
  readonly #waiting: Waiting[] = [];
  /** Since when the oldest request is the one the broker works on. */
  #oldestSince = 0;
  #mutedUntil = 0;
  #lastId = 0;
  #chunks: Buffer[] = [];
  #received = 0;
  #needed = SIZE_BYTES;
  #fault: LogFault | undefined;

  constructor(socket: Socket, options: LinkOptions) {
    this.#socket = socket;
    this.#options = options;
    this.#clientId = Buffer.from(options.clientId, 'utf8');
    const lifetimeMs = options.sessionLifetimeMs;
    this.#wornAt = lifetimeMs > 0 ? performance.now() + SESSION_WEAR * lifetimeMs : Infinity;
    socket.on('data', (chunk: Buffer) => this.#receive(chunk));
    socket.on('error', (error) => this.#fail(`connection failed: ${error.message}`, error));
    socket.on('end', () => this.#fail('the broker closed the connection'));
    socket.on('close', () => this.#fail('connection lost'));
    options.deadlines.watch(this);
  }

  get isOpen(): boolean {
    return this.#fault === undefined;
  }

  get isIdle(): boolean {
    return this.#waiting.length === 0;
  }

  get isWorn(): boolean {
    return performance.now() > this.#wornAt;
  }

  request(request: Request, options: { readonly timeoutMs?: number } = {}): Promise<Buffer> {
    return new Promise((resolve, reject) => {
      if (this.#fault !== undefined) {
        reject(this.#fault);
        return;
      }
      const id = (this.#lastId = (this.#lastId + 1) & 0x7fff_ffff);
      const { key, flexible } = request.api;
      const skip = flexible && key !== API.apiVersions.key ? 1 : 0;
      const limitMs = options.timeoutMs ?? this.#options.timeoutMs;
      if (this.#waiting.length === 0) this.#oldestSince = performance.now();
      this.#waiting.push({ id, skip, limitMs, resolve, reject });
      this.#send(request, id);
    });
  }

  muted(ms: number): void {
    if (ms > 0) this.#mutedUntil = Math.max(this.#mutedUntil, performance.now() + ms);
  }

  close(): void {
    this.#end(new LogFault('CLOSED', `the link to ${this.#options.address} was closed`));
  }

  /** Fails the link when the broker has had the oldest request for longer than its limit. */
  checkDeadline(now: number): void {
    const [oldest] = this.#waiting;
    if (oldest === undefined) return;
    const since = Math.max(this.#oldestSince, this.#mutedUntil);
    if (now - since > oldest.limitMs) this.#fail(`no answer within ${oldest.limitMs} ms`);
  }

  #send({ api, body }: Request, id: number): void {
    const clientId = this.#clientId;
    const header = Buffer.allocUnsafe(14 + clientId.length + (api.flexible ? 1 : 0));
    let size = header.length - SIZE_BYTES;
    for (const part of body) size += part.length;
    header.writeInt32BE(size, 0);
    header.writeInt16BE(api.key, 4);
    header.writeInt16BE(api.version, 6);
    header.writeInt32BE(id, 8);
    header.writeInt16BE(clientId.length, 12);
    header.set(clientId, 14);
    if (api.flexible) header[header.length - 1] = 0;
    this.#socket.cork();
    this.#socket.write(header);
    for (const part of body) this.#socket.write(part);
    this.#socket.uncork();
  }

  #receive(chunk: Buffer): void {
    this.#chunks.push(chunk);
    this.#received += chunk.length;
    while (this.#received >= this.#needed) {
      const [first] = this.#chunks;
      const bytes = this.#chunks.length === 1 && first ? first : Buffer.concat(this.#chunks);
      const end = SIZE_BYTES + bytes.readInt32BE(0);
      if (end < SIZE_BYTES + CORRELATION_BYTES || end > ANSWER_BYTES_MAX) {
        this.#fail(`an answer of ${end} bytes`);
        return;
      }
      if (bytes.length < end) {
        this.#chunks = [bytes];
        this.#needed = end;
        return;
      }
      this.#received = bytes.length - end;
      this.#chunks = this.#received > 0 ? [bytes.subarray(end)] : [];
      this.#needed = SIZE_BYTES;
      this.#answer(bytes.subarray(SIZE_BYTES, end));
    }
  }

  #answer(bytes: Buffer): void {
    const waiting = this.#waiting.shift();
    this.#oldestSince = performance.now();
    if (waiting === undefined || bytes.readInt32BE(0) !== waiting.id) {
      waiting?.reject(this.#faultOf('the answer to another request'));
      this.#fail('the answer to another request');
      return;
    }
    waiting.resolve(bytes.subarray(CORRELATION_BYTES + waiting.skip));
  }

  #fail(why: string, cause?: unknown): void {
    this.#end(this.#faultOf(why, cause));
  }

  #faultOf(why: string, cause?: unknown): LogFault {
    return unavailable(`broker ${this.#options.address}: ${why}`, cause);
  }

  #end(fault: LogFault): void {
    if (this.#fault !== undefined) return;
    this.#fault = fault;
    this.#options.deadlines.forget(this);
    this.#socket.destroy();
    for (const { reject } of this.#waiting.splice(0)) reject(fault);
  }
}

const TICK_MS = 100;
/** A tick that comes this much late says that we stood still, not that a broker did. */
const STANDSTILL_MS = 1_000;

/**
 * One timer for the time-outs of all links. It holds no process open, and it does not run while
 * there is no link. After a standstill of our own (a stopped process, a blocked event loop) timers
 * run before sockets are read, so that one tick is passed over: the answers may be there already.
 */
export class Deadlines {
  readonly #links = new Set<SocketLink>();
  #timer: NodeJS.Timeout | undefined;
  #lastTick = 0;

  watch(link: SocketLink): void {
    this.#links.add(link);
    if (this.#timer !== undefined) return;
    this.#lastTick = performance.now();
    this.#timer = setInterval(() => this.#tick(), TICK_MS);
    this.#timer.unref();
  }

  forget(link: SocketLink): void {
    this.#links.delete(link);
    if (this.#links.size > 0) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  #tick(): void {
    const now = performance.now();
    const stoodStill = now - this.#lastTick > STANDSTILL_MS;
    this.#lastTick = now;
    if (stoodStill) return;
    for (const link of this.#links) link.checkDeadline(now);
  }
}
