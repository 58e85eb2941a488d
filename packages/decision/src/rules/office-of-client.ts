import type { OfficeId } from '@smc/domain';
import type { Question } from './rule.ts';

/** The office of the client's address, by postcode or by the route of its kind (A02). */
export function officeOfClient({ client, area, index }: Question): OfficeId | undefined {
  const { addressKind } = client;
  if (addressKind === 'dutch') return area?.area.office;
  const route = index.demarcation.settings.routes[addressKind];
  return route.kind === 'office' ? route.office : undefined;
}
