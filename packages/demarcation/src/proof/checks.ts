import { checkBands } from './check-bands.ts';
import { checkBases } from './check-bases.ts';
import { checkBsnBasis } from './check-bsn-basis.ts';
import { checkClasses } from './check-classes.ts';
import { checkCombinations } from './check-combinations.ts';
import { checkDates } from './check-dates.ts';
import { checkExceptions } from './check-exceptions.ts';
import { checkExclusions } from './check-exclusions.ts';
import { checkHours } from './check-hours.ts';
import { checkLines } from './check-lines.ts';
import { checkNeighbourhoods } from './check-neighbourhoods.ts';
import { checkNormTimes } from './check-norm-times.ts';
import { checkParticipatiewet } from './check-participatiewet.ts';
import { checkPostcodeBasis } from './check-postcode-basis.ts';
import { checkRegions } from './check-regions.ts';
import { checkRoleFloors } from './check-role-floors.ts';
import { checkRoutes } from './check-routes.ts';
import { checkSharedRanges } from './check-shared-ranges.ts';
import { checkSpecialGroups } from './check-special-groups.ts';
import { checkTeamRanges } from './check-team-ranges.ts';
import { checkUnreachedTeams } from './check-unreached-teams.ts';
import { checkZwOnly } from './check-zw-only.ts';
import type { Check } from './proof.ts';

/** All that is proved of a document that can be read and whose table has been built. */
export const CHECKS: readonly Check[] = [
  checkDates,
  checkBases,
  checkRegions,
  checkTeamRanges,
  checkPostcodeBasis,
  checkBsnBasis,
  checkCombinations,
  checkHours,
  checkRoleFloors,
  checkSharedRanges,
  checkNeighbourhoods,
  checkRoutes,
  checkParticipatiewet,
  checkSpecialGroups,
  checkUnreachedTeams,
  checkExclusions,
  checkLines,
  checkZwOnly,
  checkBands,
  checkNormTimes,
  checkClasses,
  checkExceptions,
];
