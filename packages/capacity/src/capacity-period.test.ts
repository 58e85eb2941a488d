import { expect, test } from 'vitest';
import { isLocalDate, must, type LocalDate } from '@smc/domain';
import { endingWithin, isThereOn } from './capacity-period.ts';

const day = (text: string): LocalDate => must(isLocalDate(text) ? text : undefined, text);
const hired = { name: 'inhuur', from: day('2020-01-01'), until: day('2022-01-01') };
const pieter = { name: 'Pieter', from: undefined, until: day('2021-01-01') };
const anne = { name: 'Anne', from: undefined, until: undefined };

test('C16 capacity for 2020 and 2021 is there on the first and the last day, and not beside them', () => {
  const days = ['2019-12-31', '2020-01-01', '2021-12-31', '2022-01-01'];
  expect(days.map((text) => isThereOn(hired, day(text)))).toEqual([false, true, true, false]);
});

test('C17 whoever is there and ends within the days is named, the soonest first', () => {
  const within = (on: string, days: number) =>
    endingWithin([hired, anne, pieter], { on: day(on), days }).map(
      ({ capacity, daysLeft }) => `${capacity.name} ${daysLeft}`,
    );
  expect(within('2020-10-03', 90)).toEqual(['Pieter 90']);
  expect(within('2020-10-02', 90)).toEqual([]);
  expect(within('2020-10-03', 500)).toEqual(['Pieter 90', 'inhuur 455']);
  expect(within('2021-01-01', 400)).toEqual(['inhuur 365']);
  expect(within('2022-01-01', 400)).toEqual([]);
});
