import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Command } from 'commander';
import { isLocalDate, type LocalDate } from '@smc/domain';
import {
  remedyOf,
  RULES,
  severityOf,
  toSarif,
  validateDemarcation,
  type Problem,
  type Severity,
  type Validation,
} from '@smc/demarcation';
import { command, outputOf } from '../command.ts';
import { CommandEnd, EXIT } from '../exit.ts';
import { mustBeFolder } from './demarcation-document.ts';
import { POPULATION_OPTION, populationOf } from './population-option.ts';

type Options = {
  readonly json?: boolean;
  readonly population?: string;
  readonly on?: string;
  readonly sarif?: string;
};

const WORDS = `Every finding has its place, its rule and what to do. Errors keep the version from being published;
warnings and information do not. All rules: packages/demarcation/rules.md.`;

export function demarcationValidateCommand(): Command {
  return command(
    'validate',
    'proves a demarcation folder: for every date, is every client helped by one team?',
    'demarcation validate packages/example/demarcation/2026-01',
    WORDS,
  )
    .argument('<folder>')
    .option(...POPULATION_OPTION)
    .option('--on <date>', "look 90 days ahead from this day (default: the version's first)")
    .option('--sarif <file>', 'also write the findings as SARIF 2.1.0')
    .action(async (folder: string, options: Options) => {
      await mustBeFolder(folder);
      const population = await populationOf(options.population);
      const validation = await validateDemarcation(folder, { population, on: dateOf(options.on) });
      const findings = findingsOf(validation);
      if (options.sarif !== undefined) await writeSarif(options.sarif, folder, findings);
      outputOf(options).data(inJson(validation, findings), () => inText(validation, findings));
      if (validation.document === undefined) {
        throw new CommandEnd(EXIT.no, `${folder} can't be published as it is.`);
      }
    });
}

const findingsOf = ({ errors, warnings, information }: Validation): readonly Problem[] => [
  ...errors,
  ...warnings,
  ...information,
];

function inJson({ document }: Validation, findings: readonly Problem[]): object {
  return {
    mayBeActivated: document !== undefined,
    findings: findings.map((finding) => ({
      severity: severityOf(finding.rule),
      ...finding,
      remedy: remedyOf(finding),
      requirement: RULES[finding.rule].requirement,
    })),
  };
}

/** By file and line; the last line says whether the version may be activated. */
function inText(validation: Validation, findings: readonly Problem[]): readonly string[] {
  const byFile = [...Map.groupBy(findings, ({ file }) => file)].sort(([a], [b]) =>
    a < b ? -1 : 1,
  );
  const lines = byFile.flatMap(([file, found]) => [
    `${file}: ${counted(found)}`,
    ...found
      .toSorted((a, b) => a.line - b.line || a.column - b.column)
      .flatMap(({ line, column, rule, field, message }) => [
        `  ${line}:${column}  ${severityOf(rule)}  ${rule}  ${field === '' ? '' : `${field}: `}${message}`,
        ...(severityOf(rule) === 'information' ? [] : [`      ${RULES[rule].remedy}`]),
      ]),
    '',
  ]);
  return [...lines, verdict(validation, findings)];
}

function verdict({ document }: Validation, findings: readonly Problem[]): string {
  const counts = findings.length === 0 ? 'nothing found' : counted(findings);
  if (document === undefined) return `${counts}: this version may not be activated.`;
  const { version, effectiveFrom } = document.organisation;
  return `${counts}: ${version} may be activated; it holds from ${effectiveFrom}.`;
}

/** `2 errors, 1 warning`. */
function counted(findings: readonly Problem[]): string {
  const count = (severity: Severity) =>
    findings.filter(({ rule }) => severityOf(rule) === severity).length;
  const [errors, warnings, told] = [count('error'), count('warning'), count('information')];
  return [
    ...(errors === 0 ? [] : [`${errors} ${errors === 1 ? 'error' : 'errors'}`]),
    ...(warnings === 0 ? [] : [`${warnings} ${warnings === 1 ? 'warning' : 'warnings'}`]),
    ...(told === 0 ? [] : [`${told} for information`]),
  ].join(', ');
}

async function writeSarif(target: string, folder: string, findings: readonly Problem[]) {
  const uriOf = (file: string) => encodeURI(path.posix.join(...folder.split(path.sep), file));
  const sarif = toSarif(findings, uriOf);
  await writeFile(target, `${JSON.stringify(sarif, undefined, 2)}\n`).catch((error: unknown) => {
    throw new CommandEnd(EXIT.usage, `${target} can't be written: ${String(error)}`);
  });
}

function dateOf(text: string | undefined): LocalDate | undefined {
  if (text === undefined || isLocalDate(text)) return text;
  throw new CommandEnd(EXIT.usage, `--on takes a date such as 2026-07-01; got ${text}`);
}
