/** Every name stands for one thing that is in the document. */
import type { Codes, World } from './naive-checker.ts';
import type { NaiveFile, Steps } from './naive-document.ts';

export function checkNames(world: World): void {
  const { organisation: o, organisationFile: file, offices, claims, report } = world;
  const once = (items: readonly (readonly [string, NaiveFile, Steps])[]) => {
    for (const [i, [id, where, at]] of items.entries()) {
      const isAgain = items.slice(0, i).some(([other]) => other === id);
      if (isAgain) report('FORM-TWICE', where, at);
    }
    return new Set(items.map(([id]) => id));
  };
  const listed = (name: string, items: readonly { id: string }[]) =>
    once(items.map(({ id }, i) => [id, file, [name, i, 'id']] as const));
  const codes = (name: string, items: readonly string[] = []) => {
    if (new Set(items).size < items.length) report('FORM-TWICE', file, [name]);
    return new Set(items);
  };
  const districts = listed('districts', o.districts);
  const regions = listed('arbeidsmarktregios', o.arbeidsmarktregios);
  const rayons = listed('rayons', o.rayons);
  listed('werkbedrijfOffices', o.werkbedrijfOffices);
  listed('exclusions', o.exclusions ?? []);
  listed('classifications', o.classifications ?? []);
  const municipalities = o.arbeidsmarktregios.flatMap((regio, r) =>
    (regio.municipalities ?? []).map(
      ({ id }, m) => [id, file, ['arbeidsmarktregios', r, 'municipalities', m, 'id']] as const,
    ),
  );
  once(municipalities);
  const neighbourhoods = offices.flatMap(({ office, file: at }) =>
    (office.sensitiveNeighbourhoods ?? []).map(
      ({ id }, n) => [id, at, ['sensitiveNeighbourhoods', n, 'id']] as const,
    ),
  );
  once(neighbourhoods);
  const officeIds = once(offices.map(({ office, file: at }) => [office.id, at, ['id']] as const));
  const teamIds = once(
    offices.flatMap(({ office, file: at }) =>
      office.teams.map((team, t) => [team.id, at, ['teams', t, 'id']] as const),
    ),
  );
  const laws = codes('laws', o.laws);
  const products = codes('products', o.products);
  const employments = codes('employments', o.employments);
  const lines = codes('lines', o.lines);

  const known = (ids: ReadonlySet<string>, id: string, at: Steps, where: NaiveFile = file) => {
    if (!ids.has(id)) report('FORM-UNKNOWN', where, at);
  };
  const allKnown = (ids: ReadonlySet<string>, of: Codes | undefined, at: Steps, where = file) => {
    if (of !== undefined && of !== 'all') for (const id of of) known(ids, id, at, where);
  };
  for (const [i, office] of o.werkbedrijfOffices.entries()) {
    known(rayons, office.rayon, ['werkbedrijfOffices', i, 'rayon']);
    known(regions, office.arbeidsmarktregio, ['werkbedrijfOffices', i, 'arbeidsmarktregio']);
  }
  for (const [kind, route] of Object.entries(o.settings.routes)) {
    if (typeof route !== 'string') known(officeIds, route.office, ['settings', 'routes', kind]);
  }
  for (const [i, { rule, of }] of o.exceptions.entries()) {
    const ids = rule === 'A06' ? regions : rule === 'A07' ? officeIds : teamIds;
    known(ids, of, ['exceptions', i, 'of']);
  }
  for (const [i, row] of (o.lineTable ?? []).entries()) {
    known(laws, row.law, ['lineTable', i, 'law']);
    known(employments, row.employment, ['lineTable', i, 'employment']);
    known(lines, row.line, ['lineTable', i, 'line']);
  }
  for (const [i, row] of (o.byHand ?? []).entries()) {
    allKnown(laws, row.laws, ['byHand', i, 'laws']);
    allKnown(products, row.products, ['byHand', i, 'products']);
    allKnown(lines, row.lines, ['byHand', i, 'lines']);
    allKnown(officeIds, row.offices, ['byHand', i, 'offices']);
  }
  for (const name of Object.keys(o.weights?.products ?? {})) {
    known(products, name, ['weights', 'products', name]);
  }
  for (const name of Object.keys(o.normTimes ?? {})) known(products, name, ['normTimes', name]);
  const pw = o.participatiewet;
  if (pw !== undefined) known(teamIds, pw.team, ['participatiewet', 'team']);
  for (const [office, team] of Object.entries(pw?.byOffice ?? {})) {
    known(officeIds, office, ['participatiewet', 'byOffice', office]);
    known(teamIds, team, ['participatiewet', 'byOffice', office]);
  }
  for (const [i, { team }] of (o.specialGroups ?? []).entries()) {
    if (team !== 'undecided') known(teamIds, team, ['specialGroups', i, 'team']);
  }
  for (const [i, { team }] of (o.exclusions ?? []).entries()) {
    if (team !== undefined) known(teamIds, team, ['exclusions', i, 'team']);
  }
  const bands = new Set(Object.keys(o.bands ?? {}));
  for (const { office, file: at } of offices) {
    known(districts, office.district, ['district'], at);
    for (const name of Object.keys(office.normTimes ?? {})) {
      known(products, name, ['normTimes', name], at);
    }
    const own = new Set(office.teams.map((team) => team.id));
    for (const [s, { teams }] of (office.sharedRanges ?? []).entries()) {
      allKnown(own, teams, ['sharedRanges', s, 'teams'], at);
    }
    for (const [t, team] of office.teams.entries()) {
      if (team.band !== undefined) known(bands, team.band, ['teams', t, 'band'], at);
      for (const [c, competence] of (team.competences ?? [team]).entries()) {
        const steps =
          team.competences === undefined ? ['teams', t] : ['teams', t, 'competences', c];
        allKnown(laws, competence.laws, [...steps, 'laws'], at);
        allKnown(products, competence.products, [...steps, 'products'], at);
        allKnown(lines, competence.lines, [...steps, 'lines'], at);
      }
      for (const [h, { line }] of (team.capacity ?? []).entries()) {
        if (line !== undefined) known(lines, line, ['teams', t, 'capacity', h, 'line'], at);
      }
    }
  }
  for (const [i, { office, regio, line }] of claims.entries()) {
    const isFirst = claims.findIndex((one) => one.office === office && one.regio === regio) === i;
    if (isFirst && !officeIds.has(office)) report('FORM-UNKNOWN', 'postcodes.csv', line);
    if (isFirst && !regions.has(regio)) report('FORM-UNKNOWN', 'postcodes.csv', line);
  }
}
