import { connect as connectTcp, isIP, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { Kafka, logLevel, type ISocketFactory, type KafkaConfig, type logCreator } from 'kafkajs';
import { LogFault } from '../log-fault.ts';
import { unavailable } from './error-codes.ts';
import { SocketLink, type Deadlines, type Link } from './link.ts';
import type { BrokerAddress } from './wire-cluster.ts';

/** How to reach and to prove oneself to any broker of the cluster. */
export type Access = {
  readonly clientId: string;
  readonly ssl?: KafkaConfig['ssl'];
  readonly sasl?: KafkaConfig['sasl'];
  readonly requestTimeoutMs: number;
  readonly logCreator: logCreator;
};

export type Dial = (to: BrokerAddress) => Promise<Link>;

const KEEP_ALIVE_MS = 60_000;
/** A broker on a reachable machine answers a TCP handshake far sooner. */
export const CONNECT_TIMEOUT_MS = 3_000;

/**
 * Opens links. kafkajs makes the connection (TCP, TLS, ApiVersions, SASL) through its public face:
 * an admin client for this one broker, whose socket comes out of our own socket factory. When it
 * is connected and authenticated, kafkajs is disconnected while the socket is kept: its `end` is
 * held back for that moment. So kafkajs leaves no listener, no timer and no queue behind, and no
 * internals of it are touched.
 */
export function dialler(access: Access, deadlines: Deadlines): Dial {
  return async (to) => {
    const address = `${to.host}:${to.port}`;
    const { socket, sessionLifetimeMs } = await authenticatedSocket(address, access);
    const { clientId, requestTimeoutMs: timeoutMs } = access;
    return new SocketLink(socket, { address, clientId, timeoutMs, sessionLifetimeMs, deadlines });
  };
}

type AuthenticatedSocket = { readonly socket: Socket; readonly sessionLifetimeMs: number };

async function authenticatedSocket(address: string, access: Access): Promise<AuthenticatedSocket> {
  const opened: Socket[] = [];
  let tail: Buffer = Buffer.alloc(0);
  const kafka = new Kafka({
    ...kafkaConfig(access),
    brokers: [address],
    retry: { retries: 0 },
    socketFactory: (args) => {
      const socket = openSocket(args);
      opened.push(socket);
      socket.on('data', (chunk: Buffer) => (tail = chunk));
      return socket;
    },
  });
  const admin = kafka.admin();
  try {
    await admin.connect();
    const [socket] = opened;
    if (socket === undefined) throw new Error('no connection was made');
    await releasing(socket, () => admin.disconnect());
    if (socket.destroyed || socket.readableEnded) throw new Error('the connection was lost');
    return { socket, sessionLifetimeMs: access.sasl === undefined ? 0 : lastInt64(tail) };
  } catch (thrown) {
    for (const socket of opened) socket.destroy();
    await admin.disconnect().catch(() => undefined);
    throw connectFault(address, thrown);
  }
}

/** Runs `disconnect` so that the socket survives it, and takes every listener off the socket. */
async function releasing(socket: Socket, disconnect: () => Promise<void>): Promise<void> {
  socket.end = () => socket;
  socket.unref = () => socket;
  await disconnect();
  for (const held of ['end', 'unref']) Reflect.deleteProperty(socket, held);
  for (const event of ['data', 'end', 'error', 'timeout']) socket.removeAllListeners(event);
}

/**
 * The SASL session's lifetime in ms, 0 for no end. It is the last field of the last answer before
 * the connection is ready (SaslAuthenticate v1), and kafkajs keeps it to itself.
 */
function lastInt64(bytes: Buffer): number {
  return bytes.length < 8 ? 0 : Number(bytes.readBigInt64BE(bytes.length - 8));
}

/** What every kafkajs client of this driver has in common. */
export function kafkaConfig(access: Access): Omit<KafkaConfig, 'brokers'> {
  return {
    clientId: access.clientId,
    ...(access.ssl === undefined ? {} : { ssl: access.ssl }),
    ...(access.sasl === undefined ? {} : { sasl: access.sasl }),
    connectionTimeout: CONNECT_TIMEOUT_MS,
    requestTimeout: access.requestTimeoutMs,
    socketFactory: openSocket,
    logLevel: logLevel.ERROR,
    logCreator: access.logCreator,
  };
}

/** As kafkajs opens a socket, but without Nagle's delay. */
export const openSocket: ISocketFactory = ({ host, port, ssl, onConnect }) => {
  const name = isIP(host) === 0 ? { servername: host } : {};
  const socket = ssl
    ? connectTls({ host, port, ...name, ...ssl }, onConnect)
    : connectTcp({ host, port }, onConnect);
  socket.setNoDelay(true);
  socket.setKeepAlive(true, KEEP_ALIVE_MS);
  return socket;
};

function connectFault(address: string, thrown: unknown): LogFault {
  const error = thrown instanceof Error ? thrown : new Error(String(thrown));
  if (error.name === 'KafkaJSSASLAuthenticationError') {
    return new LogFault('NOT_AUTHORISED', `broker ${address}: ${error.message}`, error);
  }
  return unavailable(`broker ${address} can't be reached: ${error.message}`, error);
}
