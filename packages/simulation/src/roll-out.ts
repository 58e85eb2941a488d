/** How far the organisation is on its way to what was decided, as one version has it on a day. */
import type { Basis, DistrictId, LocalDate, OfficeId, TeamId } from '@smc/domain';
import type { Demarcation, Office } from '@smc/decision';
import { basisOf } from './measures/measured-event.ts';
import { meerwettigTeams } from './measures/meerwettig.ts';

/** "Op lange termijn [...] postcode" (A23), "het eindperspectief" of working for all laws (B15). */
type Progress = {
  readonly offices: number;
  readonly onPostcode: number;
  /** Regular teams that exist on the day, and those of them that are meerwettig. */
  readonly teams: number;
  readonly meerwettig: number;
};

export type OfficeProgress = {
  readonly office: OfficeId;
  readonly basis: Basis | undefined;
  /** The next switch of basis that is known (A21). */
  readonly next: { readonly from: LocalDate; readonly basis: Basis } | undefined;
  readonly teams: number;
  readonly meerwettig: number;
};

export type RollOut = Progress & {
  readonly bases: Readonly<Record<Basis, number>>;
  /** "De stappen in de ontwikkeling naar een SMC lopen in alle districten" (B44); by name. */
  readonly districts: readonly (Progress & {
    readonly district: DistrictId;
    readonly each: readonly OfficeProgress[];
  })[];
};

export function rollOutOf(
  demarcation: Demarcation,
  laws: readonly string[],
  on: LocalDate,
): RollOut {
  const teamsOf = (teams: readonly TeamId[]) => {
    const own = new Map([...demarcation.teams].filter(([id]) => teams.includes(id)));
    const { meerwettig, of } = meerwettigTeams({ ...demarcation, teams: own }, laws, on);
    return { teams: of, meerwettig };
  };
  const offices = [...demarcation.offices.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  const progressOf = (office: Office): OfficeProgress => ({
    office: office.id,
    basis: basisOf(office, on),
    next: office.bases.find(({ from }) => from > on),
    ...teamsOf(office.teams),
  });
  const districts = [...Map.groupBy(offices, ({ district }) => district)]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([district, own]) => {
      const each = own.map(progressOf);
      return { district, ...sumOf(each), each };
    });
  const all = districts.flatMap(({ each }) => each);
  return { ...sumOf(all), bases: countBases(all), districts };
}

function sumOf(offices: readonly OfficeProgress[]): Progress {
  const sum = (of: (office: OfficeProgress) => number) =>
    offices.reduce((total, office) => total + of(office), 0);
  return {
    offices: offices.length,
    onPostcode: sum(({ basis }) => (basis === 'postcode' ? 1 : 0)),
    teams: sum(({ teams }) => teams),
    meerwettig: sum(({ meerwettig }) => meerwettig),
  };
}

function countBases(offices: readonly OfficeProgress[]): RollOut['bases'] {
  const bases = { postcode: 0, bsn: 0, workload: 0, manual: 0 };
  for (const { basis } of offices) if (basis !== undefined) bases[basis]++;
  return bases;
}
