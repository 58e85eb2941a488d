import { placementOf, type DivisionRules } from './division-rules.ts';

/** Handhaving asks which team to consult about a client, now. Source: B41. */
export const handhaving: DivisionRules = {
  division: 'handhaving',
  handler: {
    version: 1,
    tables: `
      CREATE TABLE IF NOT EXISTS current_team (
        client_key TEXT PRIMARY KEY, team TEXT NOT NULL, office TEXT NOT NULL,
        district TEXT NOT NULL) STRICT, WITHOUT ROWID;`,
    prepare(database) {
      const save = database.prepare('INSERT OR REPLACE INTO current_team VALUES (?, ?, ?, ?)');
      return (event) => {
        const placement = placementOf(event);
        if (placement === undefined) return;
        save.run(event.clientKey, placement.team, placement.office, placement.district);
      };
    },
  },
  prepareAnswers(database) {
    const find = database.prepare('SELECT office, district FROM current_team WHERE client_key = ?');
    return (clientKey) => ({ ...(find.get(clientKey) ?? { office: null, district: null }) });
  },
};
