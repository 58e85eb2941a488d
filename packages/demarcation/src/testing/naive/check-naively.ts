import { checkAreas } from './naive-areas.ts';
import type { NaiveClaim, NaiveOffice, NaiveOrganisation, World } from './naive-checker.ts';
import { NaiveFile } from './naive-document.ts';
import { checkNames } from './naive-names.ts';
import { checkTeams } from './naive-teams.ts';

export type Naive =
  /** Files that can't be read, with the lines on which that may be reported. */
  | { readonly kind: 'form'; readonly lines: ReadonlyMap<string, ReadonlySet<number>> }
  /** `RULE file:line` of every error; empty: the document is valid. */
  | { readonly kind: 'meaning'; readonly errors: ReadonlySet<string> };

export function checkNaively(files: Readonly<Record<string, string>>): Naive {
  const yaml = Object.entries(files)
    .filter(([file]) => file.endsWith('.yaml'))
    .map(([file, text]) => new NaiveFile(file, text));
  const { claims, flaws } = claimsOf(files['postcodes.csv'] ?? '');
  const lines = new Map(
    yaml.filter(({ formLines }) => formLines.size > 0).map((one) => [one.file, one.formLines]),
  );
  if (flaws.size > 0) lines.set('postcodes.csv', flaws);
  if (lines.size > 0) return { kind: 'form', lines };

  const errors = new Set<string>();
  const [organisationFile] = yaml.filter(({ file }) => file === 'demarcation.yaml');
  if (organisationFile === undefined) throw new RangeError('no demarcation.yaml');
  const organisation = organisationFile.root as NaiveOrganisation;
  const offices = yaml
    .filter((one) => one !== organisationFile)
    .map((file) => ({ file, office: file.root as NaiveOffice }))
    .sort((a, b) => (a.office.id < b.office.id ? -1 : 1));
  const mentioned = JSON.stringify(yaml.map(({ root }) => root)).match(/\d{4}-\d{2}-\d{2}/g) ?? [];
  const first = organisation.effectiveFrom;
  const world: World = {
    organisation,
    organisationFile,
    offices,
    claims,
    days: [...new Set([first, ...mentioned])].filter((day) => day >= first).sort(),
    report: (rule, file, at) => {
      const place = file === 'postcodes.csv' ? `${file}:${String(at)}` : lineIn(file, at);
      errors.add(`${rule} ${place}`);
    },
  };
  checkNames(world);
  checkAreas(world);
  checkTeams(world);
  return { kind: 'meaning', errors };
}

function lineIn(file: NaiveFile, at: Parameters<World['report']>[2]): string {
  return `${file.file}:${typeof at === 'number' ? at : file.line(at)}`;
}

const ID = /^[A-Za-z0-9][A-Za-z0-9._:-]{0,63}$/;

function claimsOf(text: string): { claims: NaiveClaim[]; flaws: Set<number> } {
  const claims: NaiveClaim[] = [];
  const flaws = new Set<number>();
  let isHeaded = false;
  for (const [i, line] of text.split('\n').entries()) {
    if (line.trim() === '' || line.startsWith('#')) continue;
    const [range = '', office = '', regio = '', ...more] = line.split(',').map((it) => it.trim());
    if (!isHeaded) {
      isHeaded = true;
      if (line.trim() !== 'postcodes,office,arbeidsmarktregio') flaws.add(i + 1);
      continue;
    }
    const [from = '', to = from] = range.split('-');
    const isRange =
      /^([1-9]\d{3}|[1-9]\d{3}[A-Z]{2}-?)+(-[1-9]\d{3}([A-Z]{2})?)?$/.test(range) &&
      range.split('-').length <= 2 &&
      from.length === to.length &&
      (from.length === 4 || (from.length === 6 && from.slice(0, 4) === to.slice(0, 4))) &&
      from <= to &&
      !/S[ADS]$/.test(from) &&
      !/S[ADS]$/.test(to);
    if (!isRange || !ID.test(office) || !ID.test(regio) || more.length > 0) flaws.add(i + 1);
    else claims.push({ from, to, office, regio, line: i + 1 });
  }
  return { claims, flaws };
}
