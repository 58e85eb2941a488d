/**
 * CRC-32C (Castagnoli, reflected polynomial 0x82F63B78), the checksum of a Kafka record batch.
 * Node's own `zlib.crc32` is another polynomial and can't be used.
 *
 * Slicing-by-16: sixteen tables of 256 words turn 16 bytes into one new checksum with 16 loads that
 * do not wait for each other. The loop runs in WebAssembly, which does it in about a third of the
 * time of the same loop in JavaScript; the module is 500 bytes and assembled here at start, so that
 * no binary file and no toolchain is needed. Its memory holds the tables first, the data after them;
 * bytes from elsewhere are copied in, piece by piece, which costs a few percent.
 */
const POLYNOMIAL = 0x82f63b78;
const LANES = 16;
const TABLE_BYTES = 256 * 4;
const DATA_AT = LANES * TABLE_BYTES;
const PAGE_BYTES = 65_536;
/** Data and tables together stay inside the processor's second-level cache. */
const MEMORY_PAGES = 2;
const PIECE_BYTES = MEMORY_PAGES * PAGE_BYTES - DATA_AT;

type Update = (from: number, to: number, crc: number) => number;

/** The checksum of `bytes[start, end)`, as an unsigned 32-bit number. */
export function crc32c(bytes: Uint8Array, start = 0, end = bytes.length): number {
  let crc = -1;
  for (let at = start; at < end; at += PIECE_BYTES) {
    const piece = bytes.subarray(at, Math.min(end, at + PIECE_BYTES));
    data.set(piece);
    crc = update(DATA_AT, DATA_AT + piece.length, crc);
  }
  return ~crc >>> 0;
}

/** `tables()[lane * 256 + byte]` is what `byte` contributes when `lane` more bytes follow it. */
function tables(): Int32Array {
  const all = new Int32Array(LANES * 256);
  for (let byte = 0; byte < 256; byte++) {
    let crc = byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ POLYNOMIAL : crc >>> 1;
    all[byte] = crc;
  }
  for (let at = 256; at < all.length; at++) {
    const before = all[at - 256] ?? 0;
    all[at] = (all[before & 0xff] ?? 0) ^ (before >>> 8);
  }
  return all;
}

const MAGIC_AND_VERSION = [0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0];

function moduleBytes(): Uint8Array<ArrayBuffer> {
  const i32 = 0x7f;
  const body = [1, 3, i32, ...functionBody()];
  const section = (id: number, ...content: number[]) => [
    id,
    ...unsigned(content.length),
    ...content,
  ];
  return Uint8Array.from([
    ...MAGIC_AND_VERSION,
    ...section(1, 1, 0x60, 3, i32, i32, i32, 1, i32),
    ...section(2, 1, 1, 0x6d, 1, 0x6d, 2, 0, MEMORY_PAGES),
    ...section(3, 1, 0),
    ...section(7, 1, 6, ...Buffer.from('update'), 0, 0),
    ...section(10, 1, ...unsigned(body.length), ...body),
  ]);
}

const FROM = 0;
const TO = 1;
const CRC = 2;
/** The second, third and fourth word of a block; the first is folded into the checksum. */
const WORDS = [3, 4, 5];
/** The 16 bytes of a block: which byte of which word. */
const BLOCK = [CRC, ...WORDS].flatMap((word) => [0, 1, 2, 3].map((byte) => [word, byte] as const));

/**
 * ```
 * while (from + 16 <= to) {
 *   crc ^= word[from]; w1 = word[from + 4]; w2 = word[from + 8]; w3 = word[from + 12];
 *   crc = table15[crc & 255] ^ table14[crc >>> 8 & 255] ^ ... ^ table0[w3 >>> 24];
 *   from += 16;
 * }
 * while (from < to) { crc = table0[(crc ^ byte[from]) & 255] ^ (crc >>> 8); from += 1; }
 * ```
 */
function functionBody(): number[] {
  const step = (bytes: number) => [...get(FROM), ...constant(bytes), ADD, ...set(FROM)];
  const blocks = whileLoop(
    [...get(FROM), ...constant(16), ADD, ...get(TO), LESS_OR_EQUAL],
    [
      ...get(FROM),
      ...loadWord(0),
      ...get(CRC),
      XOR,
      ...set(CRC),
      ...WORDS.flatMap((word, i) => [...get(FROM), ...loadWord(4 * (i + 1)), ...set(word)]),
      ...BLOCK.flatMap(([word, byte], i) => [
        ...lookUp(word, byte, LANES - 1 - i),
        ...(i > 0 ? [XOR] : []),
      ]),
      ...set(CRC),
      ...step(16),
    ],
  );
  const rest = whileLoop(
    [...get(FROM), ...get(TO), LESS],
    [
      ...get(CRC),
      ...get(FROM),
      ...loadByte(),
      XOR,
      ...constant(255),
      AND,
      ...constant(2),
      SHIFT_LEFT,
      ...loadWord(0),
      ...get(CRC),
      ...constant(8),
      SHIFT_RIGHT,
      XOR,
      ...set(CRC),
      ...step(1),
    ],
  );
  return [...blocks, ...rest, ...get(CRC), END];
}

const [ADD, AND, XOR, SHIFT_LEFT, SHIFT_RIGHT] = [0x6a, 0x71, 0x73, 0x74, 0x76] as const;
const [LESS, LESS_OR_EQUAL, NOT, END] = [0x49, 0x4d, 0x45, 0x0b] as const;

const get = (local: number) => [0x20, local];
const set = (local: number) => [0x21, local];
const constant = (value: number) => [0x41, ...signed(value)];
const loadWord = (offset: number) => [0x28, 2, ...unsigned(offset)];
const loadByte = () => [0x2d, 0, 0];

function lookUp(word: number, byte: number, lane: number): number[] {
  const shifted = byte === 0 ? [] : [...constant(8 * byte), SHIFT_RIGHT];
  const index = [...get(word), ...shifted, ...constant(255), AND, ...constant(2), SHIFT_LEFT];
  return [...index, ...loadWord(lane * TABLE_BYTES)];
}

function whileLoop(condition: number[], body: number[]): number[] {
  const [block, loop, branch, branchIf, noResult] = [0x02, 0x03, 0x0c, 0x0d, 0x40];
  const exit = [...condition, NOT, branchIf, 1];
  return [block, noResult, loop, noResult, ...exit, ...body, branch, 0, END, END];
}

/** LEB128 of a non-negative number. */
function unsigned(value: number): number[] {
  return value < 128 ? [value] : [(value & 127) | 128, ...unsigned(value >>> 7)];
}

/** Signed LEB128 of a non-negative number: bit 6 of the last byte is its sign and must stay 0. */
function signed(value: number): number[] {
  return value < 64 ? [value] : [(value & 127) | 128, ...signed(value >>> 7)];
}

/** The part of WebAssembly's interface that is used here: it is not in TypeScript's ES library. */
declare const WebAssembly: {
  readonly Memory: new (pages: { readonly initial: number }) => { readonly buffer: ArrayBuffer };
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (
    module: object,
    imports: { readonly m: { readonly m: object } },
  ) => { readonly exports: { readonly update: Update } };
};

const memory = new WebAssembly.Memory({ initial: MEMORY_PAGES });
new Int32Array(memory.buffer, 0, LANES * 256).set(tables());
const data = new Uint8Array(memory.buffer, DATA_AT, PIECE_BYTES);
const { update } = new WebAssembly.Instance(new WebAssembly.Module(moduleBytes()), {
  m: { m: memory },
}).exports;
