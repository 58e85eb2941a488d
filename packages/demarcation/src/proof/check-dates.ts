import type { LocalDate } from '@smc/domain';
import type { Proof } from './proof.ts';

/** What ends does so after it began; dated lists ascend; nothing in the version ended before it. */
export function checkDates({ organisation, offices, problems }: Proof): void {
  const { effectiveFrom } = organisation;
  const ascending = (list: readonly Begun[]) => {
    for (const [i, dated] of list.entries()) {
      const before = list[i - 1];
      if (before === undefined || before.from < dated.from) continue;
      problems.about(dated, 'from', `expected a day after ${before.from}`, 'DATE-ORDER');
    }
  };
  for (const office of offices) {
    ascending(office.bases);
    for (const team of office.teams) {
      ascending(team.competences);
      for (const dated of [team, ...team.capacity]) {
        if (dated.until === undefined || dated.until > dated.from) continue;
        const message = `expected a day after ${dated.from}, the first`;
        problems.about(dated, 'until', message, 'DATE-ORDER');
      }
      const { from, until } = team;
      if (until !== undefined && from < until && until <= effectiveFrom) {
        const message = `${team.id} has ended before ${effectiveFrom}, the version's first day`;
        problems.about(team, 'until', message, 'DATE-ENDED');
      }
      const first = team.competences[0];
      if (first !== undefined && first.from > team.from && first.from > effectiveFrom) {
        const message = `until ${first.from} the team handles nothing`;
        problems.about(first, 'from', message, 'B34-LATE');
      }
    }
  }
}

type Begun = { readonly from: LocalDate };
