/**
 * Cases as a table: a header with the names of the fields, then one event a row. The separator is the
 * first of comma, semicolon and tab in the header; cells may be quoted (RFC 4180) but hold no line
 * end. An empty cell is a field that is left out; several groups stand in one cell with spaces
 * between them.
 */
import { accept, refuse, type IntakeEvent, type Result } from '@smc/domain';
import {
  INTAKE_KINDS,
  type FieldProblem,
  type IntakeKind,
  type IntakeParser,
  type IntakeShapes,
} from '@smc/intake';

export type CsvHeader = {
  readonly separator: string;
  readonly columns: readonly string[];
};

const SEPARATOR = /[,;\t]/;
const LISTS: ReadonlySet<string> = new Set(['groups', 'formerGroups']);
const FLAGS: ReadonlySet<string> = new Set(['participatiewet']);

/** The header, or which of its columns is wrong. A name is never repeated: it may be data. */
export function readHeader(text: string, shapes: IntakeShapes): Result<CsvHeader, string> {
  const known = fieldsOf(shapes);
  const separator = SEPARATOR.exec(text)?.[0] ?? ',';
  const columns = splitRow(text, separator)?.map((name) => name.trim());
  if (columns === undefined) return refuse('a quote in the header is not closed');
  const wrong = columns.findIndex((name, i) => !known.has(name) || columns.indexOf(name) !== i);
  if (wrong < 0) return accept({ separator, columns });
  const expected = `the name of a field, each once: ${[...known].join(', ')}`;
  return refuse(`column ${wrong + 1} of the header: ${expected} expected`);
}

function fieldsOf(shapes: IntakeShapes): ReadonlySet<string> {
  const fields = Object.values(shapes).flatMap((shape) => Object.keys(shape));
  return new Set(['type', 'clientKey', 'bsnSuffix', ...fields]);
}

export function readRow(
  text: string,
  { separator, columns }: CsvHeader,
  parser: IntakeParser,
): Result<IntakeEvent, readonly FieldProblem[]> {
  const cells = splitRow(text, separator);
  if (cells === undefined) return flaw('', 'a quote that is closed in the same line');
  if (cells.length !== columns.length) return flaw('', `${columns.length} cells, as in the header`);
  const given = new Map(columns.map((name, i) => [name, (cells[i] ?? '').trim()]));
  const type = given.get('type') || 'CaseRegistered';
  const kind = INTAKE_KINDS.find((it) => it === type);
  if (kind === undefined) return flaw('type', INTAKE_KINDS.join(', '));
  return parser.parse(kind, bodyOf(given, kind, parser.shapes), {
    nowMs: 0,
    withoutId: 'by-content',
  });
}

function bodyOf(
  given: ReadonlyMap<string, string>,
  kind: IntakeKind,
  shapes: IntakeShapes,
): Readonly<Record<string, unknown>> {
  const body: Record<string, unknown> = {};
  for (const [name, cell] of given) {
    if (name === 'type') continue;
    if (cell !== '') body[name] = valueOf(name, cell);
    // Where a kind of event has groups, an empty cell says that there are none.
    else if (LISTS.has(name) && Object.hasOwn(shapes[kind], name)) body[name] = [];
  }
  return body;
}

function valueOf(name: string, cell: string): unknown {
  if (LISTS.has(name)) return cell.split(/\s+/);
  if (!FLAGS.has(name)) return cell;
  return cell === 'true' ? true : cell === 'false' ? false : cell;
}

function flaw(field: string, expected: string) {
  return refuse([{ field, expected }]);
}

/** The cells of a row; undefined where a quote is not closed. */
function splitRow(text: string, separator: string): readonly string[] | undefined {
  if (!text.includes('"')) return text.split(separator);
  const cells: string[] = [];
  let cell = '';
  let isQuoted = false;
  for (let i = 0; i < text.length; i++) {
    const character = text[i] ?? '';
    if (isQuoted && character === '"' && text[i + 1] === '"') {
      cell += '"';
      i++;
    } else if (character === '"') isQuoted = !isQuoted;
    else if (character === separator && !isQuoted) {
      cells.push(cell);
      cell = '';
    } else cell += character;
  }
  return isQuoted ? undefined : [...cells, cell];
}
