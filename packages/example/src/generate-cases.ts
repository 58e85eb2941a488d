/**
 * Cases of invented clients and what happens to them, as intake takes them, in order of time.
 *
 * Everything is drawn from the seed and a number, not from what came before: client 7 moves after
 * case 7 * 50, and any case can tell which address holds. Only cases that wait for their closure are
 * remembered, at most CLOSURE_LAG_MAX of them, so that millions need no memory.
 */
import codeLists from '@smc/schemas/code-lists.json' with { type: 'json' };
import { must, type AddressKind, type CaseActivity, type Channel } from '@smc/domain';
import {
  addressOf,
  clientOf,
  randomFor,
  type ClientOptions,
  type ExampleClient,
} from './generate-clients.ts';
import type { Random } from './random.ts';

export type CaseOptions = {
  readonly seed: number;
  /** How many clients there are; not all of them get a case. */
  readonly clients: number;
  /** How many cases; closures, moves, changes of status and judgements come on top, 0.7 for each case. */
  readonly cases: number;
  readonly population: ClientOptions['population'];
  /**
   * The moment of the first case and of the last. Each tells when it was received, unless `told`
   * is false: then intake's clock says, and only the days of closures and moves come from here.
   */
  readonly fromMs: number;
  readonly untilMs: number;
  readonly told?: boolean;
};

type Told = { readonly eventId: string; readonly bsn: string; readonly receivedAt?: string };
type Address = { readonly addressKind: AddressKind; readonly postcode?: string };

/** What intake takes: `POST` bodies, and lines of a file, by their type. */
export type ExampleInput =
  | (Told &
      Address & {
        readonly type: 'CaseRegistered';
        readonly caseId: string;
        readonly law: string;
        readonly product: string;
        readonly employment: string;
        readonly participatiewet: boolean;
        readonly groups: readonly string[];
        readonly formerGroups: readonly string[];
        readonly category?: string;
        readonly employerKey?: string;
        readonly dossierRef: string;
        readonly channel: Channel;
      })
  | (Told & { readonly type: 'CaseClosed'; readonly caseId: string; readonly closedOn: string })
  | (Told & {
      readonly type: 'CaseReclassified';
      readonly caseId: string;
      readonly activity: CaseActivity;
    })
  | (Told & Address & { readonly type: 'ClientMoved'; readonly movedOn: string })
  | (Told & {
      readonly type: 'ClientStatusChanged';
      readonly participatiewet: boolean;
      readonly groups: readonly string[];
      readonly formerGroups: readonly string[];
      readonly changedOn: string;
    });

const CLOSED_SHARE = 0.6;
const CLOSURE_LAG_MAX = 4_096;
/** One move per so many cases, one change of status per so many. */
const CASES_PER_MOVE = 50;
const CASES_PER_STATUS = 60;
/** One case in so many is judged idle, some cases after it came in (E04). */
const CASES_PER_JUDGEMENT = 20;
const JUDGED_AFTER = 15;
const LOCAL_SHARE = 0.03;

export function* generateCases(options: CaseOptions): Generator<ExampleInput> {
  const closing: number[][] = Array.from({ length: CLOSURE_LAG_MAX }, () => []);
  for (let number = 0; number < options.cases; number++) {
    yield registered(options, number);
    const lag = closureLag(options, number);
    if (lag !== undefined) closing[(number + lag) % CLOSURE_LAG_MAX]?.push(number);
    const due = must(closing[number % CLOSURE_LAG_MAX], 'every case has a slot');
    for (const ended of due.splice(0)) yield closed(options, ended, number);
    if (number % CASES_PER_JUDGEMENT === CASES_PER_JUDGEMENT - 1) yield judgedIdle(options, number);
    if (number % CASES_PER_MOVE === CASES_PER_MOVE - 1) {
      const mover = (number + 1) / CASES_PER_MOVE - 1;
      if (mover < options.clients) yield moved(options, mover, number);
    }
    if (number % CASES_PER_STATUS === CASES_PER_STATUS - 1) {
      const changing = (number + 1) / CASES_PER_STATUS - 1;
      if (changing < options.clients) yield statusChanged(options, changing, number);
    }
  }
}

function registered(options: CaseOptions, number: number): ExampleInput {
  const random = randomFor(options.seed, 'case', number);
  const { client, index } = clientOfCase(options, random);
  const status = statusAt({ client, index }, number);
  const { law, product } = lawAndProduct(random, status.participatiewet);
  const { addressKind, postcode } = addressAt(options, { client, index }, number);
  const caseId = caseIdOf(options, number);
  return {
    type: 'CaseRegistered',
    ...told(options, client, { id: `${number}`, number }),
    caseId,
    addressKind,
    ...(postcode === undefined ? {} : { postcode }),
    law,
    product,
    employment: random.pick(EMPLOYMENTS),
    ...status,
    ...(client.category === undefined ? {} : { category: client.category }),
    ...(client.employerKey === undefined ? {} : { employerKey: client.employerKey }),
    dossierRef: `dossier-${caseId}`,
    channel: random.chance(LOCAL_SHARE) ? 'local' : 'central',
  };
}

/** After how many cases this one is closed; undefined: it stays open. At least one case later. */
function closureLag({ seed }: CaseOptions, number: number): number | undefined {
  const random = randomFor(seed, 'case', -1 - number);
  return random.chance(CLOSED_SHARE) ? 1 + random.below(CLOSURE_LAG_MAX - 1) : undefined;
}

function closed(options: CaseOptions, ended: number, number: number): ExampleInput {
  const { client } = clientOfCase(options, randomFor(options.seed, 'case', ended));
  return {
    type: 'CaseClosed',
    ...told(options, client, { id: `${ended}-closed`, number }),
    caseId: caseIdOf(options, ended),
    closedOn: dayOf(options, number),
  };
}

function judgedIdle(options: CaseOptions, number: number): ExampleInput {
  const judged = number - JUDGED_AFTER;
  const { client } = clientOfCase(options, randomFor(options.seed, 'case', judged));
  return {
    type: 'CaseReclassified',
    ...told(options, client, { id: `${judged}-judged`, number }),
    caseId: caseIdOf(options, judged),
    activity: 'idle',
  };
}

function moved(options: CaseOptions, index: number, number: number): ExampleInput {
  const client = clientAt(options, index);
  const { addressKind, postcode } = newAddress(options, index);
  return {
    type: 'ClientMoved',
    ...told(options, client, { id: `${number}-moved`, number }),
    addressKind,
    ...(postcode === undefined ? {} : { postcode }),
    movedOn: dayOf(options, number),
  };
}

function statusChanged(options: CaseOptions, index: number, number: number): ExampleInput {
  const client = clientAt(options, index);
  return {
    type: 'ClientStatusChanged',
    ...told(options, client, { id: `${number}-status`, number }),
    ...statusAt({ client, index }, number + 1),
    changedOn: dayOf(options, number),
  };
}

type Numbered = { readonly client: ExampleClient; readonly index: number };

function clientOfCase(options: CaseOptions, random: Random): Numbered {
  const index = random.below(options.clients);
  return { index, client: clientAt(options, index) };
}

function clientAt({ seed, clients, population }: CaseOptions, index: number): ExampleClient {
  return clientOf({ seed, count: clients, population }, index);
}

function addressAt(options: CaseOptions, { client, index }: Numbered, number: number) {
  const hasMoved = number >= (index + 1) * CASES_PER_MOVE;
  return hasMoved ? newAddress(options, index) : client.address;
}

function newAddress({ seed, population }: CaseOptions, index: number) {
  return addressOf(randomFor(seed, 'move', index), population);
}

/** A change of status turns the Participatiewet on or off. */
function statusAt({ client, index }: Numbered, number: number) {
  const hasChanged = number >= (index + 1) * CASES_PER_STATUS;
  const { participatiewet, groups, formerGroups } = client;
  return { participatiewet: participatiewet !== hasChanged, groups, formerGroups };
}

const EMPLOYMENTS = atLeastOne(codeLists.employments.map(({ code }) => code));
const PAIRS = codeLists.products.flatMap(({ code, laws }) =>
  laws.map((law) => ({ law, product: code })),
);
const PW_PAIRS = atLeastOne(PAIRS.filter(({ law }) => law === 'PW'));
const OTHER_PAIRS = atLeastOne(PAIRS.filter(({ law }) => law !== 'PW'));

/** Half of the cases of a client on Participatiewet are about something else (samenloop). */
function lawAndProduct(random: Random, participatiewet: boolean) {
  const ownLaw = participatiewet && random.chance(0.5);
  return random.pick(ownLaw ? PW_PAIRS : OTHER_PAIRS);
}

function atLeastOne<T>([first, ...rest]: readonly T[]): readonly [T, ...T[]] {
  return [must(first, 'a code list has codes'), ...rest];
}

function told(
  options: CaseOptions,
  client: ExampleClient,
  { id, number }: { readonly id: string; readonly number: number },
): Told {
  const eventId = `voorbeeld-${options.seed}-${id}`;
  if (options.told === false) return { eventId, bsn: client.bsn };
  const receivedAt = new Date(momentOf(options, number)).toISOString();
  return { eventId, bsn: client.bsn, receivedAt };
}

const caseIdOf = ({ seed }: CaseOptions, number: number) => `zaak-${seed}-${number}`;

function momentOf({ fromMs, untilMs, cases }: CaseOptions, number: number): number {
  return Math.floor(fromMs + ((untilMs - fromMs) * number) / cases);
}

/** The day in the Netherlands. */
function dayOf(options: CaseOptions, number: number): string {
  return DAY.format(momentOf(options, number));
}

/** Sweden writes days as 2026-11-24. */
const DAY = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Amsterdam' });
