import fc from 'fast-check';
import { passesElfproef } from '@smc/domain';
import { expect, test } from 'vitest';
import { createLogger } from './logger.ts';

const BSN = '999990342';

function logged(write: (log: ReturnType<typeof createLogger>) => void): string {
  let lines = '';
  const log = createLogger({ service: 'x', level: 'debug', write: (line) => (lines += line) });
  write(log);
  return lines;
}

test('a line is JSON with service, level, event and message', () => {
  const line = logged((log) => log.info({ event: 'case.assigned', team: 't-1' }, 'assigned'));

  expect(JSON.parse(line)).toMatchObject({
    service: 'x',
    level: 'info',
    event: 'case.assigned',
    team: 't-1',
    message: 'assigned',
  });
});

test('a BSN is masked in message, names, nested values, numbers, errors and stacks', () => {
  const line = logged((log) => {
    const deep = { a: { b: [{ c: BSN, n: Number(BSN), [BSN]: 1 }] } };
    const err = new Error(`about ${BSN}`, { cause: new Error(`for ${BSN}`) });
    log.error({ event: 'x', deep, err }, `client ${BSN} called, "${BSN}"`);
  });

  expect(line).not.toContain(BSN);
  expect(JSON.parse(line)).toMatchObject({
    message: 'client [bsn] called, "[bsn]"',
    deep: { a: { b: [{ c: '[bsn]', n: '[bsn]', '[bsn]': 1 }] } },
    err: { message: expect.stringContaining('about [bsn]') },
  });
});

test('other numbers stay as they are', () => {
  const line = logged((log) => log.info({ event: 'x', offset: 123456789, at: 1790000000000 }, 'y'));

  expect(JSON.parse(line)).toMatchObject({ offset: 123456789, at: 1790000000000 });
});

test('whatever is logged, the line is JSON without a BSN', () => {
  const bsn = fc.integer({ min: 0, max: 999_999_999 }).map((n) => {
    let digits = n;
    while (!passesElfproef(String(digits).padStart(9, '0'))) digits = (digits + 1) % 1_000_000_000;
    return String(digits).padStart(9, '0');
  });
  const text = fc
    .array(fc.oneof(bsn, fc.string(), fc.constantFrom('"', '\\', ' ', 'x', '{')))
    .map((parts) => parts.join(''));
  const value = fc.oneof(text, bsn.map(Number), fc.double(), fc.object({ values: [text, bsn] }));

  fc.assert(
    fc.property(text, value, (message, fact) => {
      const line = logged((log) => log.info({ event: 'x', fact }, message));
      const runs = line.match(/(?<![0-9])[0-9]{9}(?![0-9])/g) ?? [];
      expect(() => JSON.parse(line)).not.toThrow();
      expect(runs.filter(passesElfproef)).toEqual([]);
    }),
  );
});
