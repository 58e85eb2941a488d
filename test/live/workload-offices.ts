import type { LocalDate } from '@smc/domain';
import type { DemarcationDocument, Hours, OfficeDocument } from '@smc/demarcation';

/** One office in so many divides by workload. */
const EVERY = 3;
const HOUR = 60;
const FROM = '2020-01-01' as LocalDate;

/** The document with offices that divide by workload, their teams with different hours a week. */
export function withWorkloadOffices(document: DemarcationDocument): DemarcationDocument {
  const offices = document.offices.map((office, n) => (n % EVERY === 0 ? byLoad(office) : office));
  return { ...document, offices };
}

function byLoad(office: OfficeDocument): OfficeDocument {
  return {
    ...office,
    bases: [{ from: FROM, basis: 'workload' }],
    teams: office.teams.map((team, n) => ({
      ...team,
      capacity: [hours((1 + (n % 4)) * 36 * HOUR)],
    })),
  };
}

const hours = (minutes: number): Hours => ({
  from: FROM,
  until: undefined,
  minutes,
  role: 'verzekeringsarts',
  contractMinutes: minutes,
  sideTasks: [],
  exemptDays: 0,
  line: undefined,
});
