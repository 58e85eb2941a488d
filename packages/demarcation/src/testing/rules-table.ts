/** The rules of the proof with the tests that trip them, as `rules.md` shows them. */
import { RULES } from '../proof/rules.ts';
import { TRIPS } from './trips.ts';

export function rulesTable(): string {
  const rows = Object.entries(RULES).map(([id, rule]) => {
    const tests = TRIPS.filter((trip) => trip.rule === id).map(({ title }) => title);
    const titles = id === 'FORM-FILE' ? ['a file is missing'] : tests;
    const cells = [id, rule.severity, rule.requirement, rule.sentence, titles.join('; ')];
    return `| ${cells.join(' | ')} |`;
  });
  return [
    '# What is proved of a demarcation',
    '',
    'Written by `node packages/demarcation/src/testing/write-rules.ts`. The last column names the',
    'tests of `src/proof/rules.test.ts` that trip the rule.',
    '',
    '| rule | severity | requirement | what holds | tripped when |',
    '|---|---|---|---|---|',
    ...rows,
    '',
  ].join('\n');
}
