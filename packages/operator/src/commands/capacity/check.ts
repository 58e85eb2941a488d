import type { Command } from 'commander';
import {
  checkConsistency,
  type Population,
  type Sources,
  type StatedSum,
  type Statement,
} from '@smc/capacity';
import { readList, readName, whole, type YamlCursor } from '@smc/demarcation';
import { command, outputOf } from '../../command.ts';
import { CommandEnd, EXIT } from '../../exit.ts';
import { table } from '../../output.ts';
import { readCount, readHours } from './numbers.ts';
import { readInput, type Forms } from './read-input.ts';

type Options = { readonly json?: boolean };

const WORDS = `
Reports, and corrects nothing:
  HOURS_DIFFER, CLIENTS_DIFFER   a person has other figures in another table
  NAMES_ALIKE                    one letter apart: perhaps one person
  NAME_IN_NO_TABLE               named in the text, without hours or clients
  SUM_DIFFERS                    the parts make another sum than is stated
  POPULATIONS_DIFFER             numbers of clients under other filters; not to be compared

Input, YAML; every part may be left out:
  tables:
    - name: table 2
      rows: [{ name: Anne, hours: 36, clients: 90, target: 106 }]
  mentioned: [Pieter]
  sums: [{ what: current caseload, parts: [82, 122, 186, 90], stated: 469 }]
  populations: [{ what: in all, clients: 972, filters: none }]

1 when something was found.`;

export function checkCommand(): Command {
  return command(
    'check',
    'what the documents behind a plan say in two ways, or add up to something else',
    'capacity check packages/capacity/examples/check.yaml',
    WORDS,
  )
    .argument('<file>', 'what the documents say, YAML')
    .action(async (file: string, options: Options) => {
      const findings = checkConsistency(await readInput(file, FORMS));
      const rows = findings.map(({ code, about, message }) => [code, about, message]);
      outputOf(options).data({ findings }, () =>
        rows.length === 0
          ? ['Nothing contradicts itself.']
          : table(['code', 'about', 'what'], rows),
      );
      if (findings.length > 0) {
        throw new CommandEnd(EXIT.no, `${findings.length} found; nothing was corrected.`);
      }
    });
}

const FORMS: Forms<Sources> = {
  yaml(at) {
    const fields = at.fields([], ['tables', 'mentioned', 'sums', 'populations']);
    const list = <T>(of: YamlCursor | undefined, read: (item: YamlCursor) => T | undefined) =>
      of === undefined ? [] : readList(of, read);
    return {
      statements: list(fields.tables, readTable).flat(),
      mentioned: list(fields.mentioned, readName),
      sums: list(fields.sums, readSum),
      populations: list(fields.populations, readPopulation),
    };
  },
};

function readTable(at: YamlCursor): readonly Statement[] | undefined {
  const fields = at.fields(['name', 'rows']);
  const source = readName(fields.name);
  return source === undefined
    ? undefined
    : readList(fields.rows, (row) => readStatement(row, source));
}

function readStatement(at: YamlCursor, source: string): Statement | undefined {
  const { name, hours, clients, target } = at.fields(['name'], ['hours', 'clients', 'target']);
  const read = readName(name);
  const figures = {
    minutes: hours && readHours(hours),
    clients: clients && readCount(clients),
    target: target && readCount(target),
  };
  return read === undefined ? undefined : { source, name: read, ...figures };
}

function readSum(at: YamlCursor): StatedSum | undefined {
  const fields = at.fields(['what', 'parts', 'stated']);
  return whole({
    what: readName(fields.what),
    parts: readList(fields.parts, (part) => readCount(part)),
    stated: readCount(fields.stated),
  });
}

function readPopulation(at: YamlCursor): Population | undefined {
  const fields = at.fields(['what', 'clients', 'filters']);
  return whole({
    what: readName(fields.what),
    clients: readCount(fields.clients),
    filters: readName(fields.filters),
  });
}
