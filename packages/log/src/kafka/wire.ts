import { LogFault } from '../log-fault.ts';

/** Kafka's request numbers, and of each the one version this driver speaks. */
export const API = {
  produce: { key: 0, version: 12, flexible: true },
  fetch: { key: 1, version: 11, flexible: false },
  listOffsets: { key: 2, version: 5, flexible: false },
  metadata: { key: 3, version: 7, flexible: false },
  offsetCommit: { key: 8, version: 7, flexible: false },
  findCoordinator: { key: 10, version: 2, flexible: false },
  apiVersions: { key: 18, version: 4, flexible: true },
  initProducerId: { key: 22, version: 4, flexible: true },
  endTxn: { key: 26, version: 5, flexible: true },
} as const satisfies Record<string, Api>;

export type Api = {
  readonly key: number;
  readonly version: number;
  /** Flexible versions have compact strings and arrays, and a tag section after each structure. */
  readonly flexible: boolean;
};

/** A request without its header. Large parts stay apart, so that nothing is copied into it. */
export type Request = { readonly api: Api; readonly body: readonly Uint8Array[] };

const SCRATCH_BYTES_AT_FIRST = 256;

/** Writes the fields of a request one after another. */
export class FieldWriter {
  readonly #done: Uint8Array[] = [];
  #scratch = Buffer.allocUnsafe(SCRATCH_BYTES_AT_FIRST);
  #from = 0;
  #at = 0;

  int8(value: number): this {
    this.#at = this.#room(1).writeInt8(value, this.#at);
    return this;
  }

  int16(value: number): this {
    this.#at = this.#room(2).writeInt16BE(value, this.#at);
    return this;
  }

  int32(value: number): this {
    this.#at = this.#room(4).writeInt32BE(value, this.#at);
    return this;
  }

  int64(value: number | bigint): this {
    this.#at = this.#room(8).writeBigInt64BE(BigInt(value), this.#at);
    return this;
  }

  /** Unsigned varint. */
  unsigned(value: number): this {
    const scratch = this.#room(5);
    for (; value > 0x7f; value >>>= 7) scratch[this.#at++] = (value & 0x7f) | 0x80;
    scratch[this.#at++] = value;
    return this;
  }

  string(text: string | undefined): this {
    if (text === undefined) return this.int16(-1);
    return this.int16(Buffer.byteLength(text)).#text(text);
  }

  compactString(text: string | undefined): this {
    if (text === undefined) return this.unsigned(0);
    return this.unsigned(Buffer.byteLength(text) + 1).#text(text);
  }

  array<T>(items: readonly T[], write: (item: T) => void): this {
    this.int32(items.length);
    for (const item of items) write(item);
    return this;
  }

  compactArray<T>(items: readonly T[], write: (item: T) => void): this {
    this.unsigned(items.length + 1);
    for (const item of items) write(item);
    return this;
  }

  /** Bytes by reference, as compact records: they must not change until they are sent. */
  compactRecords(bytes: Uint8Array): this {
    this.unsigned(bytes.length + 1).#cut();
    this.#done.push(bytes);
    return this;
  }

  /** The empty tag section that closes a structure of a flexible version. */
  noTags(): this {
    return this.int8(0);
  }

  parts(): readonly Uint8Array[] {
    this.#cut();
    return this.#done;
  }

  #text(text: string): this {
    const length = Buffer.byteLength(text);
    this.#room(length).write(text, this.#at, 'utf8');
    this.#at += length;
    return this;
  }

  #cut(): void {
    if (this.#at > this.#from) this.#done.push(this.#scratch.subarray(this.#from, this.#at));
    this.#from = this.#at;
  }

  #room(bytes: number): Buffer {
    if (this.#at + bytes <= this.#scratch.length) return this.#scratch;
    this.#cut();
    this.#scratch = Buffer.allocUnsafe(Math.max(this.#scratch.length * 2, bytes));
    this.#from = this.#at = 0;
    return this.#scratch;
  }
}

/** Reads the fields of an answer one after another; what is not there is LogFault CORRUPT. */
export class FieldReader {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(answer: Buffer) {
    this.#bytes = answer;
  }

  int16(): number {
    return this.#bytes.readInt16BE(this.#take(2));
  }

  int32(): number {
    return this.#bytes.readInt32BE(this.#take(4));
  }

  bigint64(): bigint {
    return this.#bytes.readBigInt64BE(this.#take(8));
  }

  /** An int64 as a number: Kafka's offsets and times stay far below 2^53. */
  int64(): number {
    const value = Number(this.bigint64());
    if (!Number.isSafeInteger(value)) throw corrupt(`holds the number ${value}`);
    return value;
  }

  boolean(): boolean {
    return this.#bytes[this.#take(1)] !== 0;
  }

  unsigned(): number {
    let value = 0;
    for (let shift = 0; shift < 32; shift += 7) {
      const byte = this.#bytes[this.#take(1)] ?? 0;
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) return value >>> 0;
    }
    throw corrupt('holds a number of more than 32 bits');
  }

  string(): string | undefined {
    const length = this.int16();
    return length < 0 ? undefined : this.#text(length);
  }

  compactString(): string | undefined {
    const length = this.unsigned() - 1;
    return length < 0 ? undefined : this.#text(length);
  }

  /** Nullable bytes with an int32 length: a view. */
  bytes(): Buffer {
    const length = Math.max(0, this.int32());
    const at = this.#take(length);
    return this.#bytes.subarray(at, at + length);
  }

  array<T>(read: () => T): T[] {
    return this.#items(this.int32(), read);
  }

  compactArray<T>(read: () => T): T[] {
    return this.#items(this.unsigned() - 1, read);
  }

  /** Passes over a tag section, or hands each tag's content to `read`. */
  tags(read?: (tag: number, content: FieldReader) => void): void {
    for (let left = this.unsigned(); left > 0; left--) {
      const tag = this.unsigned();
      const length = this.unsigned();
      const at = this.#take(length);
      read?.(tag, new FieldReader(this.#bytes.subarray(at, at + length)));
    }
  }

  #items<T>(count: number, read: () => T): T[] {
    const left = this.#bytes.length - this.#at;
    if (count > left) throw corrupt(`announces ${count} items in ${left} bytes`);
    const items: T[] = [];
    for (let i = 0; i < count; i++) items.push(read());
    return items;
  }

  #text(length: number): string {
    const at = this.#take(length);
    return this.#bytes.toString('utf8', at, at + length);
  }

  #take(bytes: number): number {
    const at = this.#at;
    if (at + bytes > this.#bytes.length) throw corrupt('ends early');
    this.#at = at + bytes;
    return at;
  }
}

function corrupt(flaw: string): LogFault {
  return new LogFault('CORRUPT', `an answer of the broker ${flaw}`);
}
