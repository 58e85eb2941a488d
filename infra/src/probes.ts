import { connect } from 'node:net';

/** A part that does not answer within this time is not ready; loopback answers in a millisecond. */
const PROBE_MS = 1_000;

/** Whether something listens on the port of 127.0.0.1. */
export const portIsOpen = (port: number): Promise<boolean> => exchange(port, '', () => true);

/** Whether a Redis answers PING there. */
export const redisAnswers = (port: number): Promise<boolean> =>
  exchange(port, 'PING\r\n', (answer) => answer.startsWith('+PONG'));

/**
 * Whether a registry answers there and checks compatibility, which a fresh one is told to do: it
 * begins with NONE, and the client library refuses to register under that.
 */
export async function registryChecksCompatibility(registryUrl: string): Promise<boolean> {
  const ask = async (init: RequestInit): Promise<string> => {
    const signal = AbortSignal.timeout(PROBE_MS);
    const answer = await fetch(`${registryUrl}/config`, { ...init, signal });
    const text = await answer.text();
    return answer.ok ? text : '';
  };
  try {
    const level = await ask({});
    if (level === '' || !level.includes('NONE')) return level !== '';
    const headers = { 'content-type': 'application/vnd.schemaregistry.v1+json' };
    const body = JSON.stringify({ compatibility: 'BACKWARD' });
    return (await ask({ method: 'PUT', headers, body })) !== '';
  } catch {
    return false;
  }
}

/** Connects, sends, and judges the first answer; an empty message asks for no answer. */
function exchange(
  port: number,
  message: string,
  judge: (answer: string) => boolean,
): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port });
    const end = (verdict: boolean): void => {
      socket.destroy();
      resolve(verdict);
    };
    socket.setTimeout(PROBE_MS, () => end(false));
    socket.on('error', () => end(false));
    socket.on('close', () => resolve(false));
    socket.on('connect', () => {
      if (message === '') end(true);
      else socket.write(message);
    });
    socket.on('data', (data) => end(judge(data.toString())));
  });
}
