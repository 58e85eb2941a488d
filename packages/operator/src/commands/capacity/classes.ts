import type { Command } from 'commander';
import { checkTiling, sumDiffers, type AgeClass, type Ages, type Counted } from '@smc/capacity';
import { readList, readName, whole, type YamlCursor } from '@smc/demarcation';
import { command, outputOf } from '../../command.ts';
import { CommandEnd, EXIT } from '../../exit.ts';
import { figureTable } from '../../figure-table.ts';
import { readCount } from './numbers.ts';
import { readInput, type Field, type Forms } from './read-input.ts';

type Options = { readonly json?: boolean };
type ClassFile = {
  readonly whole: Ages;
  /** Which clients were left out before counting (C05). */
  readonly filters: string;
  /** Where a client goes whom no class holds (C04). */
  readonly otherwise: string;
  readonly classes: readonly AgeClass[];
  readonly counted: readonly Counted[];
  readonly stated: number | undefined;
};

const WORDS = `
Every age of "ages" must lie in one class and no more. A gap is shown with its clients when
"counted" fills it exactly. Whoever is in no class goes where "otherwise" says: nobody is dropped.
Clients of the classes are added up, and compared with "stated" when that is there.

Input, YAML:
  ages: 18-AOW
  filters: without statushouders and those without obligation to work       (C05, C27)
  otherwise: the regular caseload                                            (C04)
  classes:
    - { ages: 18-26, clients: 25, reason: studiefinanciering until 27 }      clients, reason: optional
  counted: [{ ages: 41-49, clients: 94 }]                                    optional
  stated: 306                                                                optional

1 when there is a gap or an overlap, or when the sum differs.`;

export function classesCommand(): Command {
  return command(
    'classes',
    'whether age classes cover everybody once, and how many clients fall through',
    'capacity classes packages/capacity/examples/classes-old.yaml',
    WORDS,
  )
    .argument('<file>', 'age classes, YAML')
    .action(async (file: string, options: Options) => {
      const answer = check(await readInput(file, FORMS));
      outputOf(options).data(answer, () => describe(answer));
      const wrong = answer.gaps.length + answer.overlaps.length + answer.sums.length;
      if (wrong > 0) throw new CommandEnd(EXIT.no, `${wrong} found: these classes are not sound.`);
    });
}

const FORMS: Forms<ClassFile> = {
  yaml(at) {
    const fields = at.fields(['ages', 'filters', 'otherwise', 'classes'], ['counted', 'stated']);
    const { counted, stated } = fields;
    const read = whole({
      whole: readAges(fields.ages),
      filters: readName(fields.filters),
      otherwise: readName(fields.otherwise),
      classes: readList(fields.classes, readClass),
      counted: counted === undefined ? [] : readList(counted, readCounted),
    });
    return read && { ...read, stated: stated && readCount(stated) };
  },
};

function readAges(at: Field): Ages | undefined {
  return at.text((text) => {
    const match = /^([0-9]{1,3})-([0-9]{1,3}|AOW)$/.exec(text);
    const to = match?.[2] === 'AOW' ? undefined : Number(match?.[2]);
    const from = Number(match?.[1]);
    const isRange =
      match !== null && from <= 120 && (to === undefined || (to >= from && to <= 120));
    return isRange ? { from, to } : undefined;
  }, 'whole years such as 18-26, or 50-AOW');
}

function readClass(at: YamlCursor): AgeClass | undefined {
  const { ages, clients, reason } = at.fields(['ages'], ['clients', 'reason']);
  const read = readAges(ages);
  const optional = {
    clients: clients && readCount(clients),
    reason: reason && readName(reason),
  };
  return read && { ...read, ...optional, name: agesText(read) };
}

function readCounted(at: YamlCursor): Counted | undefined {
  const fields = at.fields(['ages', 'clients']);
  const [ages, clients] = [readAges(fields.ages), readCount(fields.clients)];
  return ages && clients !== undefined ? { ...ages, clients } : undefined;
}

const agesText = ({ from, to }: Ages): string => `${from}-${to ?? 'AOW'}`;

function check({ whole: all, filters, otherwise, classes, counted, stated }: ClassFile) {
  const { gaps, overlaps } = checkTiling(all, classes, counted);
  const parts = classes.flatMap(({ clients }) => (clients === undefined ? [] : [clients]));
  return {
    filters,
    otherwise,
    classes: classes.map((one) => ({
      ages: agesText(one),
      clients: one.clients,
      reason: one.reason,
    })),
    clients: parts.reduce((sum, n) => sum + n, 0),
    gaps: gaps.map((gap) => ({ ages: agesText(gap), clients: gap.clients })),
    overlaps: overlaps.map((one) => ({ ages: agesText(one), classes: one.classes })),
    sums: stated === undefined ? [] : sumDiffers({ what: 'classes', parts, stated }),
  };
}

function describe(answer: ReturnType<typeof check>): readonly string[] {
  const count = (clients: number | undefined) => clients ?? 'not counted';
  return [
    `clients counted: ${answer.filters}`,
    ...figureTable(
      ['class', 'clients', 'why here'],
      answer.classes.map((one) => [one.ages, count(one.clients), one.reason ?? '']),
    ),
    ...answer.gaps.map(
      ({ ages, clients }) =>
        `gap ${ages}: ${clients === undefined ? 'clients not counted' : `${clients} clients`}; they stay with ${answer.otherwise} (C04)`,
    ),
    ...answer.overlaps.map(({ ages, classes }) => `overlap ${ages}: in ${classes.join(' and ')}`),
    ...answer.sums.map(({ message }) => `sum: ${message}`),
    ...(answer.gaps.length + answer.overlaps.length === 0 ? ['Every age is in one class.'] : []),
  ];
}
