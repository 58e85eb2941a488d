import { expect, test } from 'vitest';
import { LOAD_ENTRIES_MAX, type OfficeId, type TeamId } from '@smc/domain';
import { LoadCount } from '@smc/decision';
import { stockEvents } from './activation.ts';

test('a stock of more kinds than a record holds is told in several, numbered one after the other', () => {
  const stock = new LoadCount();
  const office = 'rijn' as OfficeId;
  for (let n = 0; n <= LOAD_ENTRIES_MAX; n++) {
    const kind = { product: `product-${n}`, category: undefined, activity: 'active' } as const;
    stock.add(office, { team: 'rijn-1' as TeamId, ...kind, count: 1 });
  }
  const source = { topic: 'smc.commands', partition: 2, offset: 40 };
  const events = stockEvents(stock.changes(), source);

  expect(events.map(({ eventId }) => eventId)).toEqual([
    'smc.commands-2-40-o1',
    'smc.commands-2-40-o2',
  ]);
  expect(events.map(({ changes }) => changes.length)).toEqual([LOAD_ENTRIES_MAX, 1]);
  expect(events[0]).toMatchObject({ type: 'LoadChanged', office, source });
});
