import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { openMemoryDatabase } from './local-database.ts';
import { clientKey, EventMaker, id } from './testing/index.ts';
import { handler } from './testing/example-handler.ts';

const read = (file: string) => readFileSync(path.join(import.meta.dirname, file), 'utf8');

test('the handler of the tutorial is one that works', () => {
  expect(read('../README.md')).toContain(`\`\`\`ts\n${read('testing/example-handler.ts')}\`\`\``);

  const database = openMemoryDatabase();
  database.exec(handler.tables);
  const apply = handler.prepare(database);
  const make = new EventMaker();
  const client = clientKey(1);
  apply(make.parked({ clientKey: client }));
  apply(make.assigned({ clientKey: client }));
  apply(make.handedOver({ clientKey: client, team: id('utrecht-2') }));
  expect(database.prepare('SELECT * FROM helper').all()).toEqual([
    expect.objectContaining({ client_key: client, team: 'utrecht-2' }),
  ]);
});
