import { expect, test } from 'vitest';
import { listChanges } from './list-changes.ts';

test('a field that no code knows is compared all the same', () => {
  expect(listChanges({ tomorrow: { depth: '3' } }, { tomorrow: { depth: '4' } })).toEqual([
    { kind: 'changed', path: ['tomorrow', 'depth'], before: '3', after: '4', from: undefined },
  ]);
  expect(listChanges({}, { tomorrow: 'new' })).toMatchObject([
    { kind: 'added', path: ['tomorrow'], after: 'new' },
  ]);
});

test('items are the same by what names them, wherever they stand', () => {
  const before = [{ id: 'a', size: '1' }, { id: 'b' }];
  const after = [{ id: 'c' }, { id: 'a', size: '2' }];

  expect(listChanges(before, after)).toEqual([
    { kind: 'changed', path: ['a', 'size'], before: '1', after: '2', from: undefined },
    { kind: 'removed', path: ['b'], before: { id: 'b' }, after: undefined, from: undefined },
    { kind: 'added', path: ['c'], before: undefined, after: { id: 'c' }, from: undefined },
  ]);
});

test('dated items are the same by their first day, which dates their changes', () => {
  const dated = (laws: string) => ({ competences: [{ from: '2026-09-01', laws }] });

  expect(listChanges(dated('all'), dated('WIA'))).toMatchObject([
    { path: ['competences', '2026-09-01', 'laws'], from: '2026-09-01' },
  ]);
});

test('of texts only those that came and went are told; their order says nothing', () => {
  expect(listChanges(['a', 'b'], ['b', 'a'])).toEqual([]);
  expect(listChanges(['a', 'b'], ['b', 'c'])).toMatchObject([{ before: ['a'], after: ['c'] }]);
});

test('items that nothing names are compared as wholes', () => {
  const floor = (minutes: string) => ({ minutes });

  expect(listChanges([floor('1'), floor('2')], [floor('2'), floor('3')])).toMatchObject([
    { kind: 'changed', before: [floor('1')], after: [floor('3')] },
  ]);
});

test('the order of the rules is what that list says', () => {
  const rules = (...precedence: string[]) => ({ settings: { precedence } });

  expect(listChanges(rules('group', 'journey'), rules('journey', 'group'))).toMatchObject([
    { path: ['settings', 'precedence'], before: 'group > journey', after: 'journey > group' },
  ]);
});
