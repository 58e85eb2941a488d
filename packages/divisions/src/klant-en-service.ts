import type { AssignmentEvent } from '@smc/domain';
import type { DatabaseSync } from 'node:sqlite';
import { placementOf, type DivisionRules } from './division-rules.ts';

/**
 * Klant & Service tells a client on the phone who helps: the team, its office, since when, and
 * which cases are open. A parked case is open too; nobody has it yet, and its code says why.
 * Source: B26.
 */
export const klantEnService: DivisionRules = {
  division: 'klant-en-service',
  handler: {
    version: 1,
    tables: `
      CREATE TABLE IF NOT EXISTS helper (
        client_key TEXT PRIMARY KEY, team TEXT NOT NULL, office TEXT NOT NULL,
        since TEXT NOT NULL) STRICT, WITHOUT ROWID;
      CREATE TABLE IF NOT EXISTS open_case (
        client_key TEXT NOT NULL, case_id TEXT NOT NULL, law TEXT NOT NULL, product TEXT NOT NULL,
        parked TEXT, PRIMARY KEY (client_key, case_id)) STRICT, WITHOUT ROWID;`,
    prepare(database) {
      const saveHelper = database.prepare(`
        INSERT INTO helper VALUES (?, ?, ?, ?)
        ON CONFLICT (client_key) DO UPDATE
          SET team = excluded.team, office = excluded.office, since = excluded.since
        WHERE team <> excluded.team OR office <> excluded.office`);
      const keepCases = prepareCases(database);
      return (event) => {
        const placement = placementOf(event);
        if (placement !== undefined) {
          saveHelper.run(event.clientKey, placement.team, placement.office, placement.since);
        }
        keepCases(event);
      };
    },
  },
  prepareAnswers(database) {
    const findHelper = database.prepare('SELECT office, since FROM helper WHERE client_key = ?');
    const findCases = database.prepare(
      `SELECT case_id AS caseId, law, product, parked FROM open_case
       WHERE client_key = ? ORDER BY case_id`,
    );
    return (clientKey) => ({
      ...(findHelper.get(clientKey) ?? { office: null, since: null }),
      openCases: findCases.all(clientKey),
    });
  },
};

function prepareCases(database: DatabaseSync): (event: AssignmentEvent) => void {
  const save = database.prepare('INSERT OR REPLACE INTO open_case VALUES (?, ?, ?, ?, ?)');
  const close = database.prepare('DELETE FROM open_case WHERE client_key = ? AND case_id = ?');
  return (event) => {
    switch (event.type) {
      case 'CaseAssigned':
        save.run(event.clientKey, event.caseId, event.law, event.product, null);
        break;
      case 'CaseParked':
        save.run(event.clientKey, event.caseId, event.law, event.product, event.code);
        break;
      case 'CaseReleased':
        close.run(event.clientKey, event.caseId);
        break;
      // The cases go along with the client; they stay open.
      case 'ClientHandedOver':
        break;
    }
  };
}
