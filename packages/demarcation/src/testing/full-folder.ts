/** A small valid demarcation folder that uses everything a document can say. */
export const FULL_FILES: Readonly<Record<string, string>> = {
  'demarcation.yaml': `# invented
version: 2026-01
effectiveFrom: 2026-01-01
decisionReference: RvB 23-245
description: an invented organisation
settings:
  precedence: [participatiewet, group, journey, exclusion, area]
  onMove: by-address
  journeyEndMonths: 6
  routes:
    postbus: park
    foreign: { office: plas }
    secret: park
    none: park
laws: [ZW, WIA, PW]
products: [zw-beoordeling, wia-aanvraag, pw-aanvraag]
employments: [vast, tijdelijk]
lines: [vangnetlijn, werkgeverslijn]
lineTable:
  - { law: ZW, employment: vast, line: vangnetlijn }
  - { law: ZW, employment: tijdelijk, line: vangnetlijn }
  - { law: WIA, employment: vast, line: werkgeverslijn }
  - { law: WIA, employment: tijdelijk, line: vangnetlijn }
  - { law: PW, employment: vast, line: vangnetlijn }
  - { law: PW, employment: tijdelijk, line: vangnetlijn }
byHand:
  - { laws: [PW], offices: [plas], reason: a person asks whether the client has the benefit }
participatiewet:
  naloopMonths: 9
  team: dom-pw
  byOffice:
    plas: plas-pw
specialGroups:
  - { group: military, team: dom-klm }
  - { group: klm, team: dom-klm, members: current }
exclusions:
  - { id: statushouders, group: status, until: 2026-12-31, team: dom-1, reason: opinienota }
  - { id: indicatie, group: banenafspraak, reason: opinienota }
weights:
  products:
    zw-beoordeling: 0.5
    wia-aanvraag: 1.25
  categories:
    zorg: 0.75
  idle: 0.1
normTimes:
  zw-beoordeling: 90
  wia-aanvraag: 240
  pw-aanvraag: 200
bands:
  breed: { min: 1.5, max: 2.5 }
roleFloors:
  - { role: verzekeringsarts, hours: 8 }
  - { role: jobcoach, hours: 0:30, per: office }
classifications:
  - id: leeftijd
    name: Leeftijd
    from: 18
    classes:
      - { name: jong, from: 18, to: 29, clients: 133, reason: studiefinanciering tot 30 }
      - { name: midden, from: 30, to: 45 }
      - { name: ouder, from: 46 }
    counts:
      - { from: 41, to: 49, clients: 94 }
districts:
  - { id: midden, name: Midden }
arbeidsmarktregios:
  - id: AM01
    name: Een
    character: urban
    municipalities:
      - { id: GM0001, name: Dom aan het Water }
  - { id: AM02, name: Twee, character: rural }
rayons:
  - { id: r1, name: Rayon 1 }
werkbedrijfOffices:
  - { id: wb-1, name: Werkbedrijf Een, rayon: r1, arbeidsmarktregio: AM01 }
  - { id: wb-2, name: Werkbedrijf Twee, rayon: r1, arbeidsmarktregio: AM02 }
exceptions:
  - { rule: B01, of: dom-2, reason: a village beyond the river, decision: RvB 23-245 }
`,
  'offices/dom.yaml': `id: dom
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
    capacity:
      - { from: 2026-01-01, role: verzekeringsarts, hours: 36, exemptDays: 1 }
      - from: 2026-01-01
        until: 2028-01-01
        role: jobcoach
        hours: 28.8
        sideTasks:
          - { name: werkintakes, hours: 4.5 }
        exemptDays: 0.5
    band: breed
    postcodes: [1000-2999]
  - id: dom-2
    name: Dom 2
    from: 2020-01-01
    competences:
      - { from: 2020-01-01, laws: [ZW, PW], products: all }
      - { from: 2025-07-01, laws: all, products: all }
    capacity:
      - { from: 2026-01-01, role: verzekeringsarts, hours: 24, line: vangnetlijn }
      - { from: 2028-01-01, role: jobcoach, hours: 10 }
    postcodes: [2900-4999, 9011AA-9011AC]
  - id: dom-pw
    name: Dom PW
    from: 2020-01-01
    profile: participatiewet
    laws: all
    products: all
  - id: dom-klm
    name: Dom Bijzonder
    from: 2020-01-01
    profile: special-group
    laws: all
    products: all
sharedRanges:
  - { postcodes: [2900-2999], teams: [dom-1, dom-2], reason: too close for one team }
sensitiveNeighbourhoods:
  - { id: kade, name: De Kade, postcodes: [2950-2955], reason: close to the office }
`,
  'offices/plas.yaml': `id: plas
name: Plas
district: midden
bases:
  - { from: 2020-01-01, basis: bsn }
  - { from: 2026-07-01, basis: workload }
teams:
  - id: plas-1
    name: Plas 1
    from: 2020-01-01
    laws: [ZW, WIA]
    products: all
    lines: [vangnetlijn]
    capacity:
      - { from: 2026-01-01, role: verzekeringsarts, hours: 20:20 }
    bsn: [00-99]
  - id: plas-2
    name: Plas 2
    from: 2020-01-01
    laws: [WIA]
    products: all
    lines: [werkgeverslijn]
    capacity:
      - { from: 2026-01-01, role: verzekeringsarts, hours: 20 }
      - { from: 2026-01-01, role: jobcoach, hours: 20 }
    bsn: [00-99]
  - id: plas-pw
    name: Plas PW
    from: 2020-01-01
    profile: participatiewet
    laws: all
    products: all
normTimes:
  zw-beoordeling: 100
`,
  'postcodes.csv': `# invented
postcodes,office,arbeidsmarktregio
1000-4999,dom,AM01
5000-9999,plas,AM02
9011AA-9011AC,dom,AM01
`,
};
