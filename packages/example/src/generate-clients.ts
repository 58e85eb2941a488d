import { assert, type AddressKind, type Postcode } from '@smc/domain';
import { inventedBsn, INVENTED_BSNS_MAX } from './invented-bsn.ts';
import { homeOf, type Population } from './population.ts';
import { randomOf, type Random } from './random.ts';

/** An address as a case tells it. */
export type ExampleAddress = {
  readonly addressKind: AddressKind;
  readonly postcode: Postcode | undefined;
};

export type ExampleClient = {
  readonly bsn: string;
  readonly address: ExampleAddress;
  readonly participatiewet: boolean;
  readonly groups: readonly string[];
  readonly formerGroups: readonly string[];
  /** The client group by distance to work; undefined where nobody has judged it. */
  readonly category: string | undefined;
  readonly employerKey: string | undefined;
};

export type ClientOptions = {
  readonly seed: number;
  readonly count: number;
  readonly population: Population;
};

/** Kinds of address among a thousand clients; the rest has a Dutch home. */
const OF_THOUSAND: readonly (readonly [kind: AddressKind, count: number])[] = [
  ['foreign', 15],
  ['secret', 10],
  ['none', 5],
  ['postbus', 10],
];
const PARTICIPATIEWET_SHARE = 0.06;
const GROUP_SHARE = 0.01;
const GROUPS = ['military', 'klm', 'police'] as const;
const JUDGED_SHARE = 0.4;
const CATEGORIES = ['werk', 'ontwikkel', 'zorg'] as const;
const EMPLOYERS = 4_000;

/** So many clients, one after the other: memory does not grow with their number. */
export function* generateClients(options: ClientOptions): Generator<ExampleClient> {
  for (let number = 0; number < options.count; number++) yield clientOf(options, number);
}

/** The client with this number, the same whenever it is asked for. */
export function clientOf(
  { seed, count, population }: ClientOptions,
  number: number,
): ExampleClient {
  assert(number < count && count <= INVENTED_BSNS_MAX, 'no such client');
  const random = randomFor(seed, 'client', number);
  return {
    bsn: inventedBsn(number),
    address: addressOf(random, population),
    participatiewet: random.chance(PARTICIPATIEWET_SHARE),
    groups: random.chance(GROUP_SHARE) ? [random.pick([...GROUPS, 'statushouder'] as const)] : [],
    formerGroups: random.chance(GROUP_SHARE) ? [random.pick(GROUPS)] : [],
    category: random.chance(JUDGED_SHARE) ? random.pick(CATEGORIES) : undefined,
    // Squared, so that some employers have many of the clients.
    employerKey: random.chance(0.7)
      ? `werkgever-${Math.floor(random.next() ** 2 * EMPLOYERS)}`
      : undefined,
  };
}

export function addressOf(random: Random, population: Population): ExampleAddress {
  let draw = random.below(1000);
  for (const [addressKind, count] of OF_THOUSAND) {
    draw -= count;
    if (draw >= 0) continue;
    const postcode = addressKind === 'postbus' ? homeOf(population, random) : undefined;
    return { addressKind, postcode };
  }
  return { addressKind: 'dutch', postcode: homeOf(population, random) };
}

const PURPOSES = { client: 1, case: 2, move: 3, status: 4 } as const;

/** Chance of its own for each thing that is drawn, so that one does not shift the others. */
export function randomFor(seed: number, purpose: keyof typeof PURPOSES, number: number): Random {
  const mixed = Math.imul(seed ^ Math.imul(PURPOSES[purpose], 0x85ebca6b), 0xc2b2ae35) ^ number;
  return randomOf(Math.imul(mixed ^ (mixed >>> 15), 0x2c1b3c6d));
}
