import { countsIn, MINUTES_PER_HOUR, minutesFor, parseHours, type Band } from '@smc/capacity';
import { CommandEnd, EXIT } from '../../exit.ts';
import { countFlag, flag } from './flags.ts';
import { asHours, asNumber } from './numbers.ts';

const CLIENTS_ALL_MAX = 10_000_000;

type Asked = {
  readonly hours?: string;
  readonly clients?: string;
  readonly fteHours: string;
};

/** From contract hours to a caseload (D02), and from a caseload to hours and FTE (D03). */
export function bandCalculation(band: Band, asked: Asked) {
  if (asked.hours === undefined && asked.clients === undefined) {
    throw new CommandEnd(EXIT.usage, 'Without a file: give --hours, --clients or both.');
  }
  return {
    band: { min: asNumber(band.min), max: asNumber(band.max) },
    caseload: asked.hours === undefined ? undefined : caseloadFor(band, asked.hours),
    needed:
      asked.clients === undefined ? undefined : neededFor(band, asked.clients, asked.fteHours),
  };
}

export type Calculation = ReturnType<typeof bandCalculation>;

function caseloadFor(band: Band, hours: string) {
  const minutes = hoursFlag('hours', hours);
  return { hours: asHours(minutes), ...countsIn(band, minutes) };
}

function neededFor(band: Band, text: string, fteHours: string) {
  const clients = countFlag('clients', text, CLIENTS_ALL_MAX);
  const fteMinutes = hoursFlag('fte-hours', fteHours);
  flag('fte-hours', fteHours, fteMinutes > 0 ? fteMinutes : undefined, 'hours above 0');
  if (band.min.numerator === 0n) {
    throw new CommandEnd(EXIT.usage, '--clients needs a band that begins above 0 per hour.');
  }
  const { least, most } = minutesFor(band, clients);
  const per = (denominator: number) => ({
    least: asNumber({ ...least, denominator: least.denominator * BigInt(denominator) }),
    most: asNumber({ ...most, denominator: most.denominator * BigInt(denominator) }),
  });
  return {
    clients,
    fteHours: asHours(fteMinutes),
    hours: per(MINUTES_PER_HOUR),
    fte: per(fteMinutes),
  };
}

function hoursFlag(name: string, text: string): number {
  const minutes = parseHours(text.replace(',', '.'));
  return flag(name, text, minutes, 'hours in whole minutes, such as 36, 28.8 or 28:48');
}
