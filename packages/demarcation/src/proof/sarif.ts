import type { Problem } from '../problem.ts';
import { RULES, severityOf, type RuleId, type Severity } from './rules.ts';

const LEVELS: Readonly<Record<Severity, 'error' | 'warning' | 'note'>> = {
  error: 'error',
  warning: 'warning',
  information: 'note',
};

/**
 * Findings in SARIF 2.1.0, which editors and code review tools show at their lines. `uriOf` gives a
 * file of the folder as the tool knows it. Only the rules that were tripped are described.
 */
export function toSarif(findings: readonly Problem[], uriOf: (file: string) => string): object {
  const ids = [...new Set(findings.map(({ rule }) => rule))].sort();
  return {
    $schema:
      'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'smc demarcation validate', rules: ids.map(descriptorOf) } },
        columnKind: 'utf16CodeUnits',
        results: findings.map((finding) => resultOf(finding, { ids, uriOf })),
      },
    ],
  };
}

function descriptorOf(id: RuleId): object {
  const { sentence, remedy, requirement } = RULES[id];
  return {
    id,
    shortDescription: { text: sentence },
    help: { text: remedy },
    defaultConfiguration: { level: LEVELS[severityOf(id)] },
    properties: { tags: requirement.split(', ') },
  };
}

function resultOf(
  { rule, field, message, file, line, column }: Problem,
  to: { readonly ids: readonly RuleId[]; readonly uriOf: (file: string) => string },
): object {
  const text = field === '' ? message : `${field}: ${message}`;
  return {
    ruleId: rule,
    ruleIndex: to.ids.indexOf(rule),
    level: LEVELS[severityOf(rule)],
    message: { text: `${text}. ${RULES[rule].remedy}` },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: to.uriOf(file) },
          region: { startLine: line, startColumn: column },
        },
      },
    ],
  };
}
