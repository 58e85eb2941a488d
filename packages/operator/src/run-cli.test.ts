import { afterEach, expect, test, vi } from 'vitest';
import { smc } from './testing/smc.ts';

afterEach(() => vi.restoreAllMocks());

const COMMANDS = [
  ['stack', 'up'],
  ['stack', 'down'],
  ['stack', 'status'],
  ['stack', 'reset'],
  ['demarcation', 'publish'],
  ['demarcation', 'list'],
  ['demarcation', 'validate'],
  ['demarcation', 'journal'],
  ['demarcation', 'show'],
  ['demarcation', 'diff'],
  ['demarcation', 'map'],
  ['demarcation', 'roll-out'],
  ['intake', 'import'],
  ['case', 'show'],
  ['client', 'show'],
  ['parked', 'list'],
  ['dead-letters', 'list'],
  ['views', 'rebuild'],
  ['verify'],
  ['simulate'],
  ['example', 'cases'],
  ['demo'],
] as const;

test.each(COMMANDS.map((words) => [words.join(' '), words] as const))(
  '%s --help shows an example and the exit codes',
  async (name, words) => {
    const { code, out } = await smc(...words, '--help');
    expect(code).toBe(0);
    expect(out).toContain(`npm run smc -- ${name}`);
    expect(out).toContain('Exit codes: 0 done, 1 the answer is no');
    expect(out).toContain('--json');
  },
);

test.each([
  ['an unknown command', ['frobnicate'], "unknown command 'frobnicate'"],
  ['an unknown option', ['verify', '--frob'], "unknown option '--frob'"],
  ['a missing argument', ['case', 'show'], "missing required argument 'case-id'"],
  ['a number that is none', ['verify', '--settle', 'soon'], '--settle takes seconds; got soon'],
  ['a limit of nothing', ['parked', 'list', '--limit', '0'], '--limit takes a number from 1'],
  ['a client key that is none', ['client', 'show', '123'], '26 characters of a-z and 2-7'],
  ['a language that is none', ['case', 'show', 'x', '--language', 'fr'], 'nl or en; got fr'],
  ['a file that is not there', ['intake', 'import', '/nowhere.ndjson'], 'There is no file'],
  ['a demo of no cases', ['demo', '--cases', '0'], '--cases takes a whole number above 0'],
])('%s ends with 2 and says what was expected', async (_, args, expected) => {
  const { code, err } = await smc(...args);
  expect(code).toBe(2);
  expect(err).toContain(expected);
  expect(err).not.toContain('    at ');
});

test('a broker that is not there ends with 3 and a sentence, not a stack', async () => {
  vi.stubEnv('SMC_KAFKA_BROKERS', '127.0.0.1:1');
  const { code, err } = await smc('verify');
  vi.unstubAllEnvs();
  expect(code).toBe(3);
  expect(err).toContain('127.0.0.1:1');
  expect(err).not.toContain('    at ');
});
