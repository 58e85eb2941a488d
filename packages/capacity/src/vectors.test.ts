import { describe, expect, test } from 'vitest';
import { readVectors } from '../../../test/vectors/read-vectors.ts';
import { bandAround, countsIn } from './band.ts';
import { fewestMovesIntoBand } from './band-moves.ts';
import {
  activeClients,
  contactsPerYear,
  knowsLess,
  loadPerHour,
  weightedLoad,
} from './caseload-measures.ts';
import { checkTiling } from './classes.ts';
import { sumDiffers } from './consistency.ts';
import { hoursText } from './hours.ts';
import { netMinutes } from './net-hours.ts';
import { decimals, ratio } from './ratio.ts';
import { roundedShares, sharesByHours } from './shares.ts';
import { agesOf, agesText, hoursIn, numbersIn } from './testing/read-cells.ts';
import { waterFill } from './water-fill.ts';

type Row = Readonly<Record<string, string>>;

/** Runs each row of a table: what `answer` gives must stand in the named column. */
function table(file: string, column: string, answer: (cell: (name: string) => string) => string) {
  describe(file, () => {
    const [title] = Object.keys(readVectors(file)[0] ?? {});
    test.each(readVectors(file))(`line $line: $${title ?? ''}`, (row: Row) => {
      expect(answer((name) => row[name] ?? `no column ${name}`)).toBe(row[column]);
    });
  });
}

table('capacity-net-hours.tsv', 'left for clients', (cell) => {
  const [days, of] = numbersIn(cell('exempt days').replace('of', ' '));
  const tasks = cell('side tasks').split(',').filter(Boolean);
  const net = netMinutes({
    minutes: hoursIn(cell('contract'))[0] ?? 0,
    exempt: days === undefined || of === undefined ? undefined : { days, of },
    sideTasks: tasks.map((task) => {
      const [name = '', hours = ''] = task.trim().split(' ');
      return { name, minutes: hoursIn(hours)[0] ?? 0 };
    }),
  });
  if (!net.ok) return `refused: ${hoursText(net.refusal.minutes)} hours too many`;
  // Hours that are no hundredths stand in the table as hours:minutes.
  const clock = `${Math.floor(net.value.net / 60)}:${net.value.net % 60}`;
  return cell('left for clients').includes(':') ? clock : hoursText(net.value.net);
});

const claimsOf = (cell: (name: string) => string) => {
  const now = numbersIn(cell('now'));
  return hoursIn(cell('hours')).map((weight, i) => ({ weight, current: now[i] ?? 0 }));
};

table('capacity-shares.tsv', 'divided', (cell) => {
  const shares = sharesByHours(Number(cell('total')), claimsOf(cell));
  return shares.ok ? shares.value.map(({ units }) => units).join(' ') : shares.refusal.code;
});

table('capacity-shares.tsv', 'rounded', (cell) => {
  const rounded = roundedShares(Number(cell('total')), claimsOf(cell));
  return rounded.ok ? rounded.value.shares.map(({ units }) => units).join(' ') : '';
});

table('capacity-shares.tsv', 'afronding', (cell) => {
  const rounded = roundedShares(Number(cell('total')), claimsOf(cell));
  return rounded.ok ? String(rounded.value.roundingDifference) : '';
});

function bandMoves(cell: (name: string) => string) {
  const claims = claimsOf(cell);
  const sum = (numbers: readonly number[]) => numbers.reduce((all, n) => all + n, 0);
  const norm = ratio(
    sum(claims.map(({ current }) => current)) * 60,
    sum(claims.map(({ weight }) => weight)),
  );
  const band = bandAround(norm, Number.parseInt(cell('band'), 10));
  return { claims, result: fewestMovesIntoBand(claims.map((claim) => holderOf(claim, band))) };
}

const holderOf = (
  { weight, current }: { weight: number; current: number },
  band: ReturnType<typeof bandAround>,
) => ({ clients: current, minutes: weight, band: countsIn(band, weight) });

table('capacity-band-moves.tsv', 'moves', (cell) => {
  const { claims, result } = bandMoves(cell);
  if (result.ok) return String(result.value.moves);
  if (result.refusal.code !== 'NO_WHOLE_NUMBER_IN_BAND') return result.refusal.code;
  const minutes = claims[result.refusal.holder]?.weight ?? 0;
  return `refused: no whole number for ${hoursText(minutes)} hour`;
});

table('capacity-band-moves.tsv', 'after', (cell) => {
  const { result } = bandMoves(cell);
  return result.ok ? result.value.target.join(' ') : '';
});

table('capacity-water-fill.tsv', 'after', (cell) => {
  const vessels = claimsOf(cell).map(({ weight, current }) => ({
    cases: current,
    minutes: weight,
  }));
  return waterFill(vessels, Number(cell('new'))).join(' ');
});

function tilingOf(cell: (name: string) => string) {
  const classes = cell('classes').split(', ').filter(Boolean);
  const counted = cell('counted').split(', ').filter(Boolean);
  return checkTiling(
    { from: 18, to: undefined },
    classes.map((name) => ({ ...agesOf(name), name, clients: undefined, reason: undefined })),
    counted.map((text) => {
      const [ages = '', clients] = text.split(': ');
      return { ...agesOf(ages), clients: Number(clients) };
    }),
  );
}

table('capacity-classes.tsv', 'gaps', (cell) =>
  tilingOf(cell)
    .gaps.map((gap) => `${agesText(gap)} (${gap.clients ?? '?'} clients)`)
    .join(', '),
);

table('capacity-classes.tsv', 'overlaps', (cell) =>
  tilingOf(cell)
    .overlaps.map((overlap) => `${agesText(overlap)} (${overlap.classes.join(', ')})`)
    .join(', '),
);

table('capacity-sums.tsv', 'finding', (cell) =>
  sumDiffers({
    what: cell('sum'),
    parts: numbersIn(cell('parts')),
    stated: Number(cell('stated')),
  })
    .map(({ message }) => message)
    .join(),
);

const MEASURES: Readonly<Record<string, (clients: number, numbers: readonly number[]) => string>> =
  {
    'contacts a year': (clients, [perClient = 0]) => String(contactsPerYear(clients, perClient)),
    active: (clients, [percent = 0]) => decimals(activeClients(clients, percent), 1),
    'knowledge warning': (clients, [above]) => (knowsLess(clients, above) ? 'yes' : 'no'),
    'per hour': (clients, [hours = 0, weight = 1]) => {
      const load = weightedLoad([{ clients, weightThousandths: weight * 1000 }]);
      const perHour = loadPerHour(load, hours * 60);
      return perHour === undefined ? 'no hours' : decimals(perHour, 2);
    },
  };

table('capacity-measures.tsv', 'result', (cell) => {
  const measure = MEASURES[cell('measure')];
  return measure?.(Number(cell('clients')), numbersIn(cell('with'))) ?? 'no such measure';
});
