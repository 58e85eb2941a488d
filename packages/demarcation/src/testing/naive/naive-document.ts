/**
 * A second, plain reading of a demarcation folder for the tests of the proof: texts become plain
 * values by the yaml package, form is judged by the published JSON Schema, places by walking paths.
 * It shares no code with the reader.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js';
import { isNode, LineCounter, parseDocument, type Document } from 'yaml';

const SCHEMAS = path.join(import.meta.dirname, '..', '..', '..', '..', '..', 'schemas');
const schemaOf = (file: string) => JSON.parse(readFileSync(path.join(SCHEMAS, file), 'utf8'));
const ajv = new Ajv2020({ strict: false, validateFormats: false, allErrors: true, verbose: true });
const validOrganisation = ajv.compile(schemaOf('demarcation.schema.json'));
const validOffice = ajv.compile(schemaOf('demarcation-office.schema.json'));

export type Steps = readonly (string | number)[];

export class NaiveFile {
  readonly file: string;
  readonly root: unknown;
  /** Lines on which something is wrong with the form; empty: nothing is. */
  readonly formLines: ReadonlySet<number>;
  readonly #document: Document;
  readonly #lines = new LineCounter();

  constructor(file: string, text: string) {
    this.file = file;
    const document = parseDocument(text, { lineCounter: this.#lines, prettyErrors: false });
    this.#document = document;
    this.root = document.errors.length > 0 ? undefined : document.toJS();
    const broken = document.errors.map(({ pos }) => this.#lines.linePos(pos[0]).line);
    this.formLines = new Set(broken.length > 0 ? broken : this.#schemaLines());
  }

  /** The line of what stands at the end of the path, or of the last thing on it that is there. */
  line(steps: Steps): number {
    for (let length = steps.length; length >= 0; length--) {
      const node =
        length === 0 ? this.#document.contents : this.#document.getIn(steps.slice(0, length), true);
      if (isNode(node) && node.range) return this.#lines.linePos(node.range[0]).line;
    }
    return 1;
  }

  #schemaLines(): readonly number[] {
    const validate = this.file === 'demarcation.yaml' ? validOrganisation : validOffice;
    validate(this.root);
    const flaws = (validate.errors ?? []).map((error) => this.line(stepsOf(error)));
    return [...flaws, ...this.#unsaid(this.root, [])];
  }

  /** What a schema can't say: days exist, ranges ascend, whole postcodes stay in their four digits. */
  #unsaid(value: unknown, steps: Steps): readonly number[] {
    if (typeof value === 'object' && value !== null) {
      return Object.entries(value).flatMap(([name, one]) => this.#unsaid(one, [...steps, name]));
    }
    return isImpossible(steps, String(value)) ? [this.line(steps)] : [];
  }
}

function stepsOf({ instancePath, keyword, params }: ErrorObject): Steps {
  const steps: Steps = instancePath.split('/').slice(1);
  return keyword === 'additionalProperties' ? [...steps, params['additionalProperty']] : steps;
}

function isImpossible(steps: Steps, text: string): boolean {
  const fields = steps.map(String).filter((step) => !/^[0-9]+$/.test(step));
  const field = fields.at(-1) ?? '';
  if (field === 'postcodes' || field === 'bsn') {
    const [from = '', to = from] = text.split('-');
    if (field === 'bsn' && !/^[0-9]{2}$/.test(from)) return text.length < 2;
    const isSplit = from.length === 6 && from.slice(0, 4) !== to.slice(0, 4);
    const isNone = /S[ADS]$/.test(from) || /S[ADS]$/.test(to);
    return from > to || from.length !== to.length || isSplit || isNone;
  }
  if (['from', 'until', 'effectiveFrom'].includes(field) && /^\d{4}-\d{2}-\d{2}$/.test(text)) {
    const day = new Date(`${text}T00:00:00Z`);
    return Number.isNaN(day.getTime()) || !day.toISOString().startsWith(text);
  }
  // A third of an hour has no end in decimals: hours are whole minutes.
  if (field === 'hours' && /\.\d/.test(text)) return !/\.\d?[05]?$/.test(text.replace(/0+$/, ''));
  return false;
}
