import { BAND_REASONS, hoursText } from '@smc/capacity';
import { show } from '../../output.ts';
import { figureTable } from '../../figure-table.ts';
import type { BandAnswer } from './band.ts';
import type { Calculation } from './band-calculation.ts';
import { twoDecimals } from './numbers.ts';

export function describeBand(answer: BandAnswer): readonly string[] {
  const { min, max } = answer.band;
  return [
    `band ${twoDecimals(min)} to ${twoDecimals(max)} standard clients per net hour; average ${twoDecimals(answer.norm)}`,
    ...judged('name', answer.people),
    ...spreadLine('people', answer.spread),
    ...(answer.teams.length > 0 ? ['', ...judged('team', answer.teams)] : []),
    ...(answer.teams.length > 1 ? spreadLine('teams', answer.teamSpread) : []),
    '',
    ...answer.people.flatMap(reasonsOf),
    ...answer.knowLess.map(
      ({ name, clients }) =>
        `${name}: ${clients} clients; above ${answer.knowsMax} a person knows them markedly less (E03)`,
    ),
    ...answer.ending.map(
      ({ name, until, daysLeft }) =>
        `${name}: no longer there from ${until}, in ${daysLeft} days (C17)`,
    ),
    `${show(answer.clients)} clients: ${show(answer.contactsPerYear)} contacts a year; ` +
      `active at a time ${answer.active.map((one) => `${one.clients.toFixed(1)} (${one.percent} %)`).join(' to ')}`,
  ];
}

type Row = BandAnswer['people'][number];

function judged(head: string, rows: readonly Row[]): readonly string[] {
  return figureTable(
    [head, 'net hours', 'clients', 'load', 'per hour', 'in the band', 'signal', 'by'],
    rows.map((row) => [
      row.name,
      hoursText(Math.round(row.hours * 60)),
      row.clients,
      row.load,
      row.perHour === undefined ? 'no hours' : twoDecimals(row.perHour),
      `${row.band.min}-${row.band.max}`,
      row.kind,
      row.by,
    ]),
  );
}

const spreadLine = (whose: string, spread: number | undefined): readonly string[] => [
  spread === undefined
    ? `spread between ${whose}: none, as somebody has no clients or no hours`
    : `spread between ${whose}: ${twoDecimals(spread)}`,
];

function reasonsOf({ name, kind, reasons, reasonWanted }: Row): readonly string[] {
  if (reasonWanted) {
    return [`${name}: over, and no reason is recorded; whoever assigns more says why (D16)`];
  }
  return kind === 'within' ? [] : reasons.map((code) => `${name}: ${kind}, ${BAND_REASONS[code]}`);
}

export function describeCalculation({ band, caseload, needed }: Calculation): readonly string[] {
  const lines = [
    `band ${twoDecimals(band.min)} to ${twoDecimals(band.max)} standard clients per net hour`,
  ];
  if (caseload !== undefined) {
    const { hours, min, max } = caseload;
    lines.push(
      min > max
        ? `${hours} hours: no whole number of clients lies in the band`
        : `${hours} hours: ${show(min)} to ${show(max)} clients`,
    );
  }
  if (needed !== undefined) {
    const { clients, hours, fte, fteHours } = needed;
    lines.push(
      `${show(clients)} clients: ${twoDecimals(hours.least)} to ${twoDecimals(hours.most)} net hours a week`,
      `that is ${twoDecimals(fte.least)} to ${twoDecimals(fte.most)} FTE of ${fteHours} net hours`,
    );
  }
  return lines;
}
