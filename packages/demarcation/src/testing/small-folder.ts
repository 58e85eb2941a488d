/** A small valid demarcation folder, of which a test changes what it is about. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

export const ORGANISATION = `version: 2026-01
effectiveFrom: 2026-01-01
decisionReference: RvB 23-245
description: an invented organisation
settings:
  journeyEndMonths: 6
  routes:
    postbus: park
    foreign: { office: plas }
    secret: park
    none: park
laws: [WIA, ZW]
products: [wia-aanvraag]
participatiewet: { team: dom-pw }
districts:
  - { id: midden, name: Midden }
arbeidsmarktregios:
  - { id: AM01, name: Een }
  - { id: AM02, name: Twee }
rayons:
  - { id: r1, name: Rayon 1 }
werkbedrijfOffices:
  - { id: wb-1, name: Werkbedrijf Een, rayon: r1, arbeidsmarktregio: AM01 }
  - { id: wb-2, name: Werkbedrijf Twee, rayon: r1, arbeidsmarktregio: AM02 }
exceptions: []
`;

export const DOM = `id: dom
name: Dom
district: midden
bases:
  - { from: 2020-01-01, basis: postcode }
teams:
  - id: dom-1
    name: Dom 1
    from: 2020-01-01
    laws: all
    products: all
    postcodes: [1000-2999]
  - id: dom-2
    name: Dom 2
    from: 2020-01-01
    laws: all
    products: all
    postcodes: [3000-4999, 9011AA-9011AC]
  - id: dom-pw
    name: Dom PW
    from: 2020-01-01
    profile: participatiewet
    laws: all
    products: all
`;

export const PLAS = `id: plas
name: Plas
district: midden
bases:
  - { from: 2020-01-01, basis: bsn }
teams:
  - id: plas-1
    name: Plas 1
    from: 2020-01-01
    laws: all
    products: all
    bsn: [00-49]
  - id: plas-2
    name: Plas 2
    from: 2020-01-01
    laws: all
    products: all
    bsn: [50-99]
`;

export const POSTCODES = `# invented
postcodes,office,arbeidsmarktregio
1000-4999,dom,AM01
5000-9999,plas,AM02
9011AA-9011AC,dom,AM01
`;

export const SMALL_FILES: Readonly<Record<string, string>> = {
  'demarcation.yaml': ORGANISATION,
  'offices/dom.yaml': DOM,
  'offices/plas.yaml': PLAS,
  'postcodes.csv': POSTCODES,
};

export type Folder = AsyncDisposable & { readonly path: string };

/** Writes the files, with those of `changed` in place of the valid ones; gone after the test. */
export async function smallFolder(changed: Readonly<Record<string, string>> = {}): Promise<Folder> {
  const folder = await mkdtemp(path.join(tmpdir(), 'smc-demarcation-'));
  await mkdir(path.join(folder, 'offices'));
  for (const [name, text] of Object.entries({ ...SMALL_FILES, ...changed })) {
    await writeFile(path.join(folder, name), text);
  }
  return {
    path: folder,
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}
