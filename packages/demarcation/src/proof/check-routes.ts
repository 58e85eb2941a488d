import { basisOn, changeDates, type Proof } from './proof.ts';

/** An office that clients without a postcode are sent to does not divide by postcode. */
export function checkRoutes({ organisation, offices, problems }: Proof): void {
  const { routes } = organisation.settings;
  for (const [kind, route] of Object.entries(routes)) {
    const office = offices.find(({ id }) => route.kind === 'office' && route.office === id);
    if (office === undefined) continue;
    const date = changeDates(organisation, office).find(
      (day) => basisOn(office, day)?.basis === 'postcode',
    );
    if (date === undefined) continue;
    const message = `from ${date} on, ${office.id} divides by postcode, which these addresses lack`;
    problems.about(routes, kind, message, 'A02-ROUTE');
  }
}
