import { placementOf, type DivisionRules } from './division-rules.ts';

/**
 * Bezwaar & Beroep must know which team helped a client on the day of the decision that is
 * objected to. It keeps each stay with a team as an interval, the end of one being the begin of
 * the next. Source: B27.
 *
 * A stay begins on the day whose rules decided. Two cases can be decided in another order than
 * they were received, so a later event may name an earlier day; its stay then begins where the one
 * before it began, so that on every day one team helps: the one decided last.
 */
export const bezwaarEnBeroep: DivisionRules = {
  division: 'bezwaar-en-beroep',
  handler: {
    version: 1,
    tables: `
      CREATE TABLE IF NOT EXISTS stay (
        client_key TEXT NOT NULL, sequence INTEGER NOT NULL, since TEXT NOT NULL,
        team TEXT NOT NULL, office TEXT NOT NULL,
        PRIMARY KEY (client_key, sequence)) STRICT, WITHOUT ROWID;`,
    prepare(database) {
      const begin = database.prepare(`
        WITH last AS (SELECT since, team FROM stay WHERE client_key = ?1
                      ORDER BY sequence DESC LIMIT 1)
        INSERT INTO stay
        SELECT ?1, ?2, max(?3, coalesce((SELECT since FROM last), ?3)), ?4, ?5
        WHERE NOT EXISTS (SELECT 1 FROM last WHERE team = ?4)`);
      return (event) => {
        const placement = placementOf(event);
        if (placement === undefined) return;
        const { since, team, office } = placement;
        begin.run(event.clientKey, event.clientSequence, since, team, office);
      };
    },
  },
  prepareAnswers(database) {
    const list = database.prepare(
      'SELECT team, office, since FROM stay WHERE client_key = ? ORDER BY sequence',
    );
    return (clientKey, on) => {
      const stays = list.all(clientKey).map(({ team, office, since }) => ({ team, office, since }));
      const history = stays
        .map((stay, i) => ({ ...stay, until: stays[i + 1]?.since ?? null }))
        // Replaced on the day on which it began: it helped on no day.
        .filter(({ since, until }) => since !== until);
      if (on === undefined) return { history };
      const then = history.findLast(({ since }) => String(since) <= on);
      return { on, team: then?.team ?? null, office: then?.office ?? null, history };
    };
  },
};
