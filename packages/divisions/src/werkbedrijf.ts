import type {
  ArbeidsmarktregioId,
  AssignmentEvent,
  ContentHash,
  RayonId,
  WerkbedrijfOfficeId,
} from '@smc/domain';
import type { DivisionRules } from './division-rules.ts';

/** Werkbedrijf's own offices, as each demarcation version names them. */
export type WerkbedrijfOrganisation = {
  /** Resolves when these versions are known here; rejects when `signal` aborts. */
  need(versions: ReadonlySet<ContentHash>, signal: AbortSignal): Promise<void>;
  /** The office of a region by a version that was needed before. */
  officeOf(
    version: ContentHash,
    arbeidsmarktregio: ArbeidsmarktregioId,
  ): { readonly office: WerkbedrijfOfficeId; readonly rayon: RayonId } | undefined;
};

/**
 * Werkbedrijf has its own offices, one per arbeidsmarktregio, within rayons. It finds the client's
 * by the region of the event and by the demarcation that decided, so that the answer does not
 * depend on when the event is read. Source: A04, A05, A06, B26.
 *
 * A client without a known Dutch address has no region, and keeps the office known before.
 */
export function createWerkbedrijf(organisation: WerkbedrijfOrganisation): DivisionRules {
  return {
    division: 'werkbedrijf',
    handler: {
      version: 1,
      need: (events, signal) => organisation.need(versionsOf(events), signal),
      tables: `
        CREATE TABLE IF NOT EXISTS office_of_client (
          client_key TEXT PRIMARY KEY, smz_office TEXT NOT NULL, arbeidsmarktregio TEXT,
          office TEXT, rayon TEXT) STRICT, WITHOUT ROWID;`,
      prepare(database) {
        const save = database.prepare(
          'INSERT OR REPLACE INTO office_of_client VALUES (?, ?, ?, ?, ?)',
        );
        const saveWithoutRegion = database.prepare(`
          INSERT INTO office_of_client VALUES (?, ?, NULL, NULL, NULL)
          ON CONFLICT (client_key) DO UPDATE SET smz_office = excluded.smz_office`);
        return (event) => {
          const placed = placedEvent(event);
          if (placed === undefined) return;
          const { clientKey, office: smzOffice, arbeidsmarktregio: region } = placed;
          if (region === undefined) {
            saveWithoutRegion.run(clientKey, smzOffice);
            return;
          }
          const found = organisation.officeOf(placed.demarcationHash, region);
          save.run(clientKey, smzOffice, region, found?.office ?? null, found?.rayon ?? null);
        };
      },
    },
    prepareAnswers(database) {
      const find = database.prepare('SELECT * FROM office_of_client WHERE client_key = ?');
      return (clientKey) => {
        const row = find.get(clientKey);
        if (row === undefined) return { smzOffice: null, werkbedrijf: null };
        const { smz_office: smzOffice, arbeidsmarktregio, office, rayon } = row;
        const known = arbeidsmarktregio !== null;
        return { smzOffice, werkbedrijf: known ? { office, rayon, arbeidsmarktregio } : null };
      };
    },
  };
}

function placedEvent(event: AssignmentEvent) {
  return event.type === 'CaseAssigned' || event.type === 'ClientHandedOver' ? event : undefined;
}

function versionsOf(events: readonly AssignmentEvent[]): ReadonlySet<ContentHash> {
  const versions = new Set<ContentHash>();
  for (const event of events) {
    const placed = placedEvent(event);
    if (placed !== undefined) versions.add(placed.demarcationHash);
  }
  return versions;
}
