import { setTimeout as delay } from 'node:timers/promises';
import { CommandEnd, EXIT } from '../exit.ts';

/** An object as intake takes it: its type says to which door it goes, its BSN whose it is. */
export type IntakeObject = { readonly type: string; readonly bsn: string };

/** How many requests are on their way at once: more than intake needs to batch well. */
const AT_ONCE = 64;
/** A request that intake has no room for is sent again after what it says, at most so often. */
const TRIES_MAX = 100;

/**
 * Sends everything through intake's HTTP door and waits for each answer. What concerns one client
 * is sent in order, one after the other, as the sender of a closure knows that the case arrived.
 */
export async function sendCases(
  intakeUrl: string,
  objects: Iterator<IntakeObject>,
  sent: (type: string) => void,
): Promise<void> {
  const underWay = new Map<string, Promise<void>>();
  const sender = async () => {
    for (let next = objects.next(); next.done !== true; next = objects.next()) {
      const object = next.value;
      const before = underWay.get(object.bsn) ?? Promise.resolve();
      const sending = before.then(() => send(intakeUrl, object));
      underWay.set(object.bsn, sending);
      await sending;
      if (underWay.get(object.bsn) === sending) underWay.delete(object.bsn);
      sent(object.type);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, sender));
}

async function send(intakeUrl: string, { type, ...body }: IntakeObject): Promise<void> {
  const { path, content } = requestOf(type, body);
  for (let tries = 1; ; tries++) {
    const response = await fetch(intakeUrl + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(content),
    });
    const answer = await response.text();
    if (response.status === 202) return;
    if (response.status !== 503 || tries === TRIES_MAX) {
      throw new CommandEnd(EXIT.no, `Intake answered ${response.status} to a ${type}: ${answer}`);
    }
    await delay(Number(response.headers.get('retry-after') ?? 1) * 1000);
  }
}

function requestOf(type: string, body: Readonly<Record<string, unknown>>) {
  switch (type) {
    case 'CaseClosed': {
      const { caseId, ...content } = body;
      return { path: `/v1/cases/${String(caseId)}/closure`, content };
    }
    case 'CaseReclassified': {
      const { caseId, ...content } = body;
      return { path: `/v1/cases/${String(caseId)}/classification`, content };
    }
    case 'ClientMoved':
      return { path: '/v1/clients/moves', content: body };
    case 'ClientStatusChanged':
      return { path: '/v1/clients/status', content: body };
    default:
      return { path: '/v1/cases', content: body };
  }
}
