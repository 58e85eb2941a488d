import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { Deadlines, SocketLink } from './link.ts';
import { API, type Request } from './wire.ts';

const metadata: Request = { api: API.metadata, body: [Buffer.from('ab'), Buffer.from('c')] };
const endTxn: Request = { api: API.endTxn, body: [Buffer.from('x')] };

const undo: (() => void)[] = [];
afterEach(() => undo.splice(0).forEach((step) => step()));

test('a request goes out framed, with the header of its version', async () => {
  const { link, broker } = await connected();
  const answered = link.request(endTxn);

  const frame = await broker.next();
  expect(frame.subarray(4, 8)).toEqual(Buffer.of(0, 26, 0, 5));
  expect(frame.subarray(12)).toEqual(Buffer.concat([Buffer.of(0, 2), Buffer.from('me\0x')]));
  broker.answer(frame, Buffer.from('\0flexible'));

  expect(String(await answered)).toBe('flexible');
});

test('answers are told apart however the network cuts them', async () => {
  for (const size of [1, 2, 3, 5, 7, 1_000]) {
    const { link, broker } = await connected();
    const answered = [1, 2, 3].map(() => link.request(metadata));
    const frames = [await broker.next(), await broker.next(), await broker.next()];
    const bytes = Buffer.concat(frames.map((f, i) => answerTo(f, Buffer.alloc(4 * i, 97 + i))));
    for (let at = 0; at < bytes.length; at += size) {
      broker.socket.write(bytes.subarray(at, at + size));
      await new Promise((turn) => setImmediate(turn));
    }

    expect((await Promise.all(answered)).map(String)).toEqual(['', 'bbbb', 'cccccccc']);
    expect(link.isIdle).toBe(true);
  }
});

test('a request without an answer in time fails and closes the link', async () => {
  const { link, broker } = await connected();
  const answered = link.request(metadata, { timeoutMs: 30 });
  const behind = link.request(metadata);
  await broker.next();

  await expect(answered).rejects.toMatchObject({ code: 'UNAVAILABLE', retriable: true });
  await expect(behind).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  expect(link.isOpen).toBe(false);
});

test('a broker that has muted the connection gets that time on top', async () => {
  const { link, broker } = await connected();
  link.muted(600);
  const answered = link.request(metadata, { timeoutMs: 30 });
  const frame = await broker.next();
  await new Promise((resume) => setTimeout(resume, 300));
  broker.answer(frame, Buffer.from('late'));

  expect(String(await answered)).toBe('late');
});

test('what waits on a lost connection is told, and so is what comes after', async () => {
  const { link, broker } = await connected();
  const answered = link.request(metadata);
  await broker.next();
  broker.socket.destroy();

  await expect(answered).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  await expect(link.request(metadata)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
});

test('an answer to another request, or of an absurd size, closes the link', async () => {
  for (const wrong of [Buffer.of(0, 0, 0, 4, 9, 9, 9, 9), Buffer.alloc(4, 0x7f), Buffer.alloc(8)]) {
    const { link, broker } = await connected();
    const answered = link.request(metadata);
    await broker.next();
    broker.socket.write(wrong);

    await expect(answered).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    expect(link.isOpen).toBe(false);
  }
});

test('a closed link says so to what still waits', async () => {
  const { link } = await connected();
  const answered = link.request(metadata);
  link.close();
  await expect(answered).rejects.toMatchObject({ code: 'CLOSED' });
});

test('a link is worn before its session ends, and never without one', async () => {
  const { link } = await connected({ sessionLifetimeMs: 100 });
  const { link: endless } = await connected();
  expect(link.isWorn).toBe(false);

  await expect.poll(() => link.isWorn, { timeout: 1_000 }).toBe(true);
  expect(endless.isWorn).toBe(false);
});

function answerTo(frame: Buffer, payload: Buffer): Buffer {
  const head = Buffer.alloc(8);
  head.writeInt32BE(4 + payload.length);
  frame.copy(head, 4, 8, 12);
  return Buffer.concat([head, payload]);
}

/** A link to a broker of which the test plays the part. */
async function connected({ sessionLifetimeMs = 0 } = {}) {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const accepted: Promise<Socket[]> = once(server, 'connection');
  const socket = connect(port, '127.0.0.1');
  const [peer] = await accepted;
  if (peer === undefined) throw new Error('no connection');
  peer.on('error', () => undefined);
  const link = new SocketLink(socket, {
    address: 'test',
    clientId: 'me',
    timeoutMs: 5_000,
    sessionLifetimeMs,
    deadlines: new Deadlines(),
  });
  undo.push(() => (link.close(), peer.destroy(), server.close()));

  let received = Buffer.alloc(0);
  peer.on('data', (chunk: Buffer) => (received = Buffer.concat([received, chunk])));
  const whole = () => received.length >= 4 && received.length >= 4 + received.readInt32BE(0);
  const broker = {
    socket: peer,
    async next(): Promise<Buffer> {
      await expect.poll(whole, { timeout: 2_000, interval: 5 }).toBe(true);
      const frame = received.subarray(0, 4 + received.readInt32BE(0));
      received = received.subarray(frame.length);
      return frame;
    },
    answer: (frame: Buffer, payload: Buffer) => peer.write(answerTo(frame, payload)),
  };
  return { link, broker };
}
