import { placementOf, type DivisionRules } from './division-rules.ts';

/**
 * Uitkeren allots each client to the staff group for verzuimbeheer that works with the client's
 * team, in the district that Uitkeren shares with SMZ. Source: B24, A03 (11 districts).
 *
 * The group follows the team, so a handover inside one office is a new allotment too (B25).
 */
export const uitkeren: DivisionRules = {
  division: 'uitkeren',
  handler: {
    version: 1,
    tables: `
      CREATE TABLE IF NOT EXISTS allotment (
        client_key TEXT PRIMARY KEY, district TEXT NOT NULL, team TEXT NOT NULL,
        since TEXT NOT NULL, previous_team TEXT) STRICT, WITHOUT ROWID;`,
    prepare(database) {
      const allot = database.prepare(`
        INSERT INTO allotment VALUES (?, ?, ?, ?, NULL)
        ON CONFLICT (client_key) DO UPDATE SET district = excluded.district, team = excluded.team,
          since = excluded.since, previous_team = allotment.team
        WHERE team <> excluded.team OR district <> excluded.district`);
      return (event) => {
        const placement = placementOf(event);
        if (placement === undefined) return;
        allot.run(event.clientKey, placement.district, placement.team, placement.since);
      };
    },
  },
  prepareAnswers(database) {
    const find = database.prepare(
      `SELECT *, 'verzuimbeheer/' || district || '/' || team AS staff_group
       FROM allotment WHERE client_key = ?`,
    );
    return (clientKey) => {
      const row = find.get(clientKey);
      if (row === undefined) return { allotment: null };
      const { staff_group: staffGroup, district, since, previous_team: previousTeam } = row;
      return { allotment: { staffGroup, district, since, previousTeam } };
    };
  },
};
