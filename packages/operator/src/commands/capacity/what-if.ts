import type { Command } from 'commander';
import { rankOptions, type Colleague, type Group, type Option, type Ratio } from '@smc/capacity';
import { readList, readName, whole, type YamlCursor } from '@smc/demarcation';
import { command, outputOf } from '../../command.ts';
import { figureTable } from '../../figure-table.ts';
import { asNumber, readCount, readHours, twoDecimals } from './numbers.ts';
import { readInput, type Forms } from './read-input.ts';

type Options = { readonly json?: boolean };
type Question = {
  readonly groups: readonly Group[];
  readonly extra: Colleague;
  readonly roles: readonly string[];
};

const WORDS = `
per hour = clients of a group / net hours of its people
spread   = highest per hour / lowest; the option with the lowest is the fairest       (C22)
a role that each group should have, and one has not, is named; it does not decide  (C24, C25)

Input, YAML:
  groups:
    - name: 18-29
      clients: 133
      people: [{ name: Emmy, hours: 24, roles: [intaker] }]     net hours a week
  extra: { name: Lisette, hours: 24, roles: [intaker] }
  each-group-has: [intaker]                                     may be left out`;

export function whatIfCommand(): Command {
  return command(
    'what-if',
    'in which group an extra colleague does most for an even load',
    'capacity what-if packages/capacity/examples/what-if.yaml',
    WORDS,
  )
    .argument('<file>', 'groups and an extra colleague, YAML')
    .action(async (file: string, options: Options) => {
      const question = await readInput(file, FORMS);
      const answer = tryOptions(question);
      outputOf(options).data(answer, () => describe(answer));
    });
}

const FORMS: Forms<Question> = {
  yaml(at) {
    const fields = at.fields(['groups', 'extra'], ['each-group-has']);
    const names = new Set<string>();
    const groups = readList(fields.groups, (item) => readGroup(item, names));
    const roles = fields['each-group-has'];
    if (groups.length === 0 && at.problems.isEmpty) fields.groups.expected('one group or more');
    const extra = readColleague(fields.extra);
    return extra && { groups, extra, roles: roles === undefined ? [] : readList(roles, readName) };
  },
};

function readGroup(at: YamlCursor, names: Set<string>): Group | undefined {
  const fields = at.fields(['name', 'clients', 'people']);
  const name = fields.name.text((text) => {
    const fresh = text !== '' && !names.has(text);
    names.add(text);
    return fresh ? text : undefined;
  }, 'a name that is not used above');
  const colleagues = readList(fields.people, readColleague);
  return whole({ name, clients: readCount(fields.clients), colleagues });
}

function readColleague(at: YamlCursor): Colleague | undefined {
  const fields = at.fields(['name', 'hours'], ['roles']);
  return whole({
    name: readName(fields.name),
    minutes: readHours(fields.hours),
    roles: fields.roles === undefined ? [] : readList(fields.roles, readName),
  });
}

function tryOptions({ groups, extra, roles }: Question) {
  const { options, nobody } = rankOptions(groups, extra, roles);
  const number = (value: Ratio | undefined) => value && asNumber(value);
  const shown = ({ joins, perHour, spread, missing }: Option) => ({
    joins,
    perHour: perHour.map(number),
    spread: number(spread),
    missing,
  });
  return {
    extra: extra.name,
    groups: groups.map(({ name }) => name),
    fairest: options[0]?.joins,
    options: options.map(shown),
    nobody: shown(nobody),
  };
}

function describe({ extra, groups, fairest, options, nobody }: ReturnType<typeof tryOptions>) {
  const figure = (value: number | undefined) => (value === undefined ? '-' : twoDecimals(value));
  return [
    ...figureTable(
      [`${extra} joins`, ...groups, 'spread', 'missing'],
      [...options, nobody].map(({ joins, perHour, spread, missing }) => [
        joins ?? 'nobody',
        ...perHour.map(figure),
        figure(spread),
        missing.map(({ group, role }) => `${role} in ${group}`).join(', '),
      ]),
    ),
    `The load is most even when ${extra} joins ${fairest}.`,
  ];
}
