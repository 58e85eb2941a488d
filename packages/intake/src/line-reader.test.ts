import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readLines, unpacked } from './line-reader.ts';

async function* chunksOf(bytes: Buffer, size: number) {
  for (let from = 0; from < bytes.length; from += size) yield bytes.subarray(from, from + size);
}

async function linesOf(bytes: Buffer, size: number, max = 20) {
  const found: [number, string][] = [];
  for await (const lines of readLines(unpacked(chunksOf(bytes, size)), max)) {
    for (const line of lines) {
      found.push([line.number, line.bytes === 'too-long' ? '(too long)' : line.bytes.toString()]);
    }
  }
  return found;
}

test('line ends, a byte order mark, empty and overlong lines are what they are in every chunking', async () => {
  const text = `\uFEFFone\r\n\n${'x'.repeat(21)}\n${'y'.repeat(500)}\nfive\r\nsix`;
  const lines = [
    [1, 'one'],
    [3, '(too long)'],
    [4, '(too long)'],
    [5, 'five'],
    [6, 'six'],
  ];
  for (const size of [2, 3, 5, 7, 19, 100, 10_000]) {
    expect(await linesOf(Buffer.from(text), size), `chunks of ${size}`).toEqual(lines);
    expect(await linesOf(gzipSync(text), size), `gzip in chunks of ${size}`).toEqual(lines);
  }
});

test('any text splits as the language splits it', async () => {
  const words = fc.array(fc.stringMatching(/^[a-z]{1,8}$/), { minLength: 1 });
  await fc.assert(
    fc.asyncProperty(words, fc.integer({ min: 2, max: 64 }), async (lines, size) => {
      const found = await linesOf(Buffer.from(lines.join('\n')), size);
      expect(found).toEqual(lines.map((line, i) => [i + 1, line]));
    }),
  );
});

test('a packed file that breaks off is an error, not an end', async () => {
  const packed = gzipSync('one\ntwo\n'.repeat(1000));
  await expect(linesOf(packed.subarray(0, packed.length - 12), 64)).rejects.toThrow();
  expect(await linesOf(Buffer.alloc(0), 64)).toEqual([]);
});
