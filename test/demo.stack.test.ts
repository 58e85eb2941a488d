import { execFile, execFileSync } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const CHECKOUT = path.dirname(import.meta.dirname);
const PROGRAM = path.join(CHECKOUT, 'services/smc/src/main.ts');

/** Services of this checkout that run, as the machine sees them. */
const services = () =>
  execFileSync('ps', ['-eo', 'args'], { encoding: 'utf8' })
    .split('\n')
    .filter((line) => line.includes(`${CHECKOUT}/services/`) && !line.includes('/smc/'));

test('the demo on real parts ends clean and leaves nothing running', async () => {
  const before = services();
  const args = [PROGRAM, 'demo', '--cases', '1500', '--clients', '600', '--json'];
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: CHECKOUT });
  const report = JSON.parse(stdout);

  expect(report.verdict).toMatchObject({ clean: true, cases: 1500, clientsWithTwoTeams: 0 });
  expect(report.agreeing).toBe(5);
  expect(report.on).toContain('real Kafka');
  expect(services()).toEqual(before);
}, 180_000);
