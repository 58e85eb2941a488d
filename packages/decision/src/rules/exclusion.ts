import { must, type Reason } from '@smc/domain';
import { whyIneligible } from '../eligible.ts';
import { officeOfClient } from './office-of-client.ts';
import { park, PASSED, type Parked, type Passed, type Placed, type Question } from './rule.ts';

/**
 * "Zonder de groep indicatie banenafpraak / beschut, de groep statushouders ..." (C05, C27): clients
 * of a group who are not distributed by the basis of their office, for a while or for good. They go
 * to the team that is named, or wait for a person of their office; they are never dropped (C04).
 */
export function byExclusion(question: Question): Placed | Parked | Passed {
  const { client, index, on } = question;
  const { exclusions } = index.demarcation;
  if (exclusions.length === 0 || client.groups.length === 0) return PASSED;
  const ended: Reason[] = [];
  for (const { id, group, until, team: named } of exclusions) {
    if (!client.groups.includes(group)) continue;
    if (until !== undefined && until <= on) {
      ended.push({ code: 'EXCLUSION_ENDED', parameters: [id, until] });
      continue;
    }
    const why: Reason = { code: 'EXCLUDED_FROM_DISTRIBUTION', parameters: [id] };
    if (named === undefined) {
      const office = officeOfClient(question);
      return park('EXCLUDED', office && index.office(office).office, [...ended, why]);
    }
    const team = must(index.team(named), `the demarcation names the unknown team ${named}`);
    const ineligible = whyIneligible(team, question);
    return ineligible === undefined
      ? { kind: 'team', team, rule: 'exclusion', basis: undefined, reasons: [...ended, why] }
      : park('NO_TEAM_FOR_CASE', index.office(team.office).office, [...ended, why, ineligible]);
  }
  return ended.length === 0 ? PASSED : { kind: 'passed', reasons: ended };
}
