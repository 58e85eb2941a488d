import { connect } from 'node:net';

/** A part that does not answer within this time is not ready; loopback answers in a millisecond. */
const PROBE_MS = 1_000;

/** Whether something listens on the port of 127.0.0.1. */
export const portIsOpen = (port: number): Promise<boolean> => exchange(port, '', () => true);

/** Whether a Redis answers PING there. */
export const redisAnswers = (port: number): Promise<boolean> =>
  exchange(port, 'PING\r\n', (answer) => answer.startsWith('+PONG'));

/** Whether a registry answers there. */
export async function registryAnswers(registryUrl: string): Promise<boolean> {
  try {
    const answer = await fetch(`${registryUrl}/subjects`, {
      signal: AbortSignal.timeout(PROBE_MS),
    });
    await answer.arrayBuffer();
    return answer.ok;
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
