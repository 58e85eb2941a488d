import { MINUTES_PER_HOUR } from './hours.ts';
import { compareRatios, divide, ratio, type Ratio } from './ratio.ts';

/** The sum of open cases by weight, in thousandths of a standard client (D11, D14, E04, E39). */
export const weightedLoad = (
  parts: readonly { readonly clients: number; readonly weightThousandths: number }[],
): number => parts.reduce((sum, part) => sum + part.clients * part.weightThousandths, 0);

/** Contacts a year (C18, T11): 469 clients at 4 a year are 1,876. */
export const contactsPerYear = (clients: number, contactsPerClient: number): number =>
  clients * contactsPerClient;

/** The clients whom there is work for at a time (E04, E05, T12): 15 % of 350 are 52.5. */
export const activeClients = (clients: number, percent: number): Ratio =>
  ratio(clients * percent, 100);

/** Above this many clients a person knows them markedly less (E03); a setting with this default. */
export const KNOWN_CLIENTS_MAX = 100;

/** E03, T13: a warning about a person's caseload, not about a team's. */
export const knowsLess = (clients: number, clientsMax = KNOWN_CLIENTS_MAX): boolean =>
  clients > clientsMax;

/** Standard clients per hour (thousandths of a client, minutes a week); nothing without hours. */
export function loadPerHour(loadThousandths: number, minutes: number): Ratio | undefined {
  if (minutes === 0) return undefined;
  return ratio(BigInt(loadThousandths) * BigInt(MINUTES_PER_HOUR), 1000n * BigInt(minutes));
}

/** From the highest load per hour to the lowest (T05); without hours first, if there is a load. */
export function rankByLoad<T extends { readonly perHour: Ratio | undefined }>(
  caseloads: readonly T[],
): readonly T[] {
  return caseloads.toSorted((a, b) => {
    if (a.perHour === undefined || b.perHour === undefined) {
      return Number(b.perHour === undefined) - Number(a.perHour === undefined);
    }
    return compareRatios(b.perHour, a.perHour);
  });
}

/** The highest load per hour over the lowest (D08, T06); nothing when one has no load or hours. */
export function spread(loads: readonly (Ratio | undefined)[]): Ratio | undefined {
  const known = loads.filter((load) => load !== undefined).toSorted(compareRatios);
  const [lowest, highest] = [known[0], known.at(-1)];
  if (lowest === undefined || highest === undefined || known.length < loads.length) {
    return undefined;
  }
  return lowest.numerator > 0n ? divide(highest, lowest) : undefined;
}
