/** `demarcation.yaml`, and the part `organisation` of a published version: the same form. */
import { DEFAULT_PRECEDENCE, type Route, type Settings } from '@smc/decision';
import {
  EXCEPTION_RULES,
  type Organisation,
  type RecordedException,
  type WerkbedrijfOffice,
} from './document.ts';
import { readDate, readId, readList, readName, readNamed, readWord } from './read-fields.ts';
import { whole, type YamlCursor } from './yaml-cursor.ts';

/** Longer than any benefit lasts: beyond it a journey would never end. */
const JOURNEY_END_MONTHS_MAX = 600;

export function readOrganisation(at: YamlCursor): Organisation | undefined {
  const fields = at.fields([
    'version',
    'effectiveFrom',
    'decisionReference',
    'description',
    'settings',
    'laws',
    'products',
    'districts',
    'arbeidsmarktregios',
    'rayons',
    'werkbedrijfOffices',
    'exceptions',
  ]);
  const organisation = whole({
    version: readId<'DemarcationVersion'>(fields.version),
    effectiveFrom: readDate(fields.effectiveFrom),
    decisionReference: readName(fields.decisionReference),
    description: readName(fields.description),
    settings: readSettings(fields.settings),
    laws: readList(fields.laws, readId),
    products: readList(fields.products, readId),
    districts: readList(fields.districts, readNamed<'DistrictId'>),
    arbeidsmarktregios: readList(fields.arbeidsmarktregios, readNamed<'ArbeidsmarktregioId'>),
    rayons: readList(fields.rayons, readNamed<'RayonId'>),
    werkbedrijfOffices: readList(fields.werkbedrijfOffices, readWerkbedrijfOffice),
    exceptions: readList(fields.exceptions, readException),
  });
  return organisation && at.problems.remember(organisation, at);
}

function readSettings(at: YamlCursor): Settings | undefined {
  const fields = at.fields(['journeyEndMonths', 'routes']);
  const routes = fields.routes.fields(['postbus', 'foreign', 'secret', 'none']);
  const settings = whole({
    precedence: DEFAULT_PRECEDENCE,
    onMove: 'keep-team' as const,
    journeyEndMonths: fields.journeyEndMonths.text(
      (text) => (/^[1-9][0-9]{0,2}$/.test(text) ? months(Number(text)) : undefined),
      `a whole number of months, 1 to ${JOURNEY_END_MONTHS_MAX}`,
    ),
    routes: whole({
      postbus: readRoute(routes.postbus),
      foreign: readRoute(routes.foreign),
      secret: readRoute(routes.secret),
      none: readRoute(routes.none),
    }),
  });
  return settings && at.problems.remember(settings, fields.routes);
}

function months(count: number): number | undefined {
  return count <= JOURNEY_END_MONTHS_MAX ? count : undefined;
}

function readRoute(at: YamlCursor): Route | undefined {
  if (at.isText()) return readWord(at, ['park']) && { kind: 'park' };
  const office = readId<'OfficeId'>(at.fields(['office']).office);
  return office && { kind: 'office', office };
}

function readWerkbedrijfOffice(at: YamlCursor): WerkbedrijfOffice | undefined {
  const fields = at.fields(['id', 'name', 'rayon', 'arbeidsmarktregio']);
  const office = whole({
    id: readId<'WerkbedrijfOfficeId'>(fields.id),
    name: readName(fields.name),
    rayon: readId<'RayonId'>(fields.rayon),
    arbeidsmarktregio: readId<'ArbeidsmarktregioId'>(fields.arbeidsmarktregio),
  });
  return office && at.problems.remember(office, at);
}

function readException(at: YamlCursor): RecordedException | undefined {
  const fields = at.fields(['rule', 'of', 'reason']);
  const exception = whole({
    rule: readWord(fields.rule, EXCEPTION_RULES),
    of: readId(fields.of),
    reason: readName(fields.reason),
  });
  return exception && at.problems.remember(exception, at);
}

/** What `readOrganisation` reads back. */
export function writeOrganisation(organisation: Organisation): object {
  const { settings, ...rest } = organisation;
  const write = (route: Route) => (route.kind === 'park' ? 'park' : { office: route.office });
  const { postbus, foreign, secret, none } = settings.routes;
  return {
    ...rest,
    settings: {
      journeyEndMonths: String(settings.journeyEndMonths),
      routes: {
        postbus: write(postbus),
        foreign: write(foreign),
        secret: write(secret),
        none: write(none),
      },
    },
  };
}
