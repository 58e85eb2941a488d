import type { MoveRow, Place } from './plan.ts';

/**
 * A value as one line of JSON without a choice: names ascending, no white space, whole numbers, and
 * what is undefined left out. The same plan has the same bytes on every machine, so that a hash can
 * stand for it.
 */
export function canonicalLine(value: unknown): string {
  if (typeof value === 'string' || typeof value === 'boolean') return JSON.stringify(value);
  if (typeof value === 'number' && Number.isSafeInteger(value)) return String(value);
  if (Array.isArray(value)) return `[${value.map(canonicalLine).join(',')}]`;
  if (typeof value !== 'object' || value === null) {
    throw new TypeError(`a plan holds no ${value === null ? 'null' : typeof value}`);
  }
  const fields = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  let text = '';
  for (const [name, field] of fields) {
    if (field === undefined) continue;
    text += `${text === '' ? '' : ','}${JSON.stringify(name)}:${canonicalLine(field)}`;
  }
  return `{${text}}`;
}

/**
 * The same line for a move, of which a plan may have millions: what is put together in the order of
 * the names is written by the engine itself, several times as fast.
 */
export function moveLine(move: MoveRow): string {
  return JSON.stringify({
    cases: move.cases.map(({ dossier, law, line, product }) => ({ dossier, law, line, product })),
    cause: move.cause,
    client: move.client,
    explanation: move.explanation.map(({ code, parameters }) => ({ code, parameters })),
    from: inOrder(move.from),
    kind: move.kind,
    region: move.region,
    rule: move.rule,
    sequence: move.sequence,
    to: inOrder(move.to),
    work: move.work,
  });
}

function inOrder({ office, team }: Place): Place {
  return { office, team };
}
