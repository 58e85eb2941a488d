import { must, type Reason } from '@smc/domain';
import type { SpecialGroup } from '../demarcation.ts';
import { whyIneligible } from '../eligible.ts';
import {
  park,
  passed,
  PASSED,
  type Parked,
  type Passed,
  type Placed,
  type Question,
} from './rule.ts';

/**
 * "Militair personeel, KLM-personeel en medewerkers van de Nationale Politie" get their help "op één
 * locatie", for their "(voormalige) werksituatie" (B19-B23, RvB 23-245). Which location is data. A
 * client of two groups that are served in different places is a question for a person.
 */
export function byGroup(question: Question): Placed | Parked | Passed {
  const { client, index } = question;
  if (client.groups.length === 0 && client.formerGroups.length === 0) return PASSED;
  const [first, ...others] = countingGroups(question);
  if (first === undefined) return notCounted(question);
  const isCurrent = client.groups.includes(first.group);
  const why: Reason = {
    code: isCurrent ? 'GROUP_MEMBER' : 'GROUP_FORMER_MEMBER',
    parameters: [first.group],
  };
  const contradicting = others.find((other) => other.team !== first.team);
  if (contradicting !== undefined) {
    const parameters = [first.group, contradicting.group];
    return park('GROUPS_CONTRADICT', undefined, [{ code: 'GROUPS_CONTRADICT', parameters }]);
  }
  if (first.team === undefined) return park('GROUP_UNDECIDED', undefined, [why]);
  const team = must(index.team(first.team), `the demarcation names the unknown ${first.team}`);
  const reasons: readonly Reason[] = [why, { code: 'GROUP_TEAM', parameters: [team.id] }];
  const ineligible = whyIneligible(team, question);
  return ineligible === undefined
    ? { kind: 'team', team, rule: 'group', basis: undefined, reasons }
    : park('NO_TEAM_FOR_CASE', index.office(team.office).office, [...reasons, ineligible]);
}

/** The groups that count for the client: those of now, or else those of before where they count. */
export function countingGroups({ client, index }: Question): readonly SpecialGroup[] {
  const { specialGroups } = index.demarcation;
  const current = specialGroups.filter(({ group }) => client.groups.includes(group));
  return current.length > 0
    ? current
    : specialGroups.filter(
        ({ group, members }) =>
          members === 'current-or-former' && client.formerGroups.includes(group),
      );
}

function notCounted({ client, index }: Question): Passed {
  const former = index.demarcation.specialGroups.find(({ group }) =>
    client.formerGroups.includes(group),
  );
  return former === undefined ? PASSED : passed('GROUP_FORMER_NOT_COUNTED', [former.group]);
}
