import type { Handler } from '@smc/subscriber';

export const handler: Handler = {
  version: 1,
  tables: `CREATE TABLE IF NOT EXISTS helper (client_key TEXT PRIMARY KEY, team TEXT) STRICT;`,
  prepare(database) {
    const save = database.prepare('INSERT OR REPLACE INTO helper VALUES (?, ?)');
    return (event) => {
      if (event.type === 'CaseAssigned' || event.type === 'ClientHandedOver') {
        save.run(event.clientKey, event.team);
      }
    };
  },
};
