/**
 * How long the proof takes and how much memory, for the example with 460,000 whole postcodes in its
 * table. `node packages/demarcation/src/testing/measure-validate.ts`; each run in a process of its own.
 */
import { execFileSync } from 'node:child_process';
import { appendFileSync, cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { validateDemarcation } from '../read-demarcation.ts';

const EXAMPLE = path.join(import.meta.dirname, '../../../example/demarcation/2026-01');
const WHOLE_POSTCODES = 460_000;
const RUNS = 5;

if (process.argv[2] === undefined) measure();
else await validate(process.argv[2]);

function measure(): void {
  const folder = mkdtempSync(path.join(tmpdir(), 'smc-measure-'));
  try {
    cpSync(EXAMPLE, folder, { recursive: true });
    appendWholePostcodes(path.join(folder, 'postcodes.csv'));
    const runs = Array.from({ length: RUNS }, () => {
      const out = execFileSync(process.execPath, [import.meta.filename, folder], {
        encoding: 'utf8',
      });
      const [seconds = 0, cpu = 0, megabytes = 0] = out.split(' ').map(Number);
      return { seconds, cpu, megabytes };
    });
    const median = (of: (run: (typeof runs)[number]) => number) =>
      runs.map(of).sort((a, b) => a - b)[Math.floor(RUNS / 2)];
    console.log(`median of ${RUNS}: ${median((run) => run.seconds)} s`);
    console.log(`  processor  ${median((run) => run.cpu)} s`);
    console.log(`  memory     ${median((run) => run.megabytes)} MB at most`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Whole postcodes with the area of their four digits: all of them, as a list by address has them. */
function appendWholePostcodes(file: string): void {
  const lines: string[] = [];
  const perPc4 = Math.ceil(WHOLE_POSTCODES / 9000);
  for (const line of readFileSync(file, 'utf8').split('\n')) {
    const [range = '', ...area] = line.split(',');
    const match = /^(\d{4})(?:-(\d{4}))?$/.exec(range);
    if (match === null) continue;
    for (let pc4 = Number(match[1]); pc4 <= Number(match[2] ?? match[1]); pc4++) {
      for (let i = 0; i < perPc4 && lines.length < WHOLE_POSTCODES; i++) {
        const letters = String.fromCharCode(65 + Math.floor(i / 26), 65 + (i % 26));
        lines.push([pc4 + letters, ...area].join(','));
      }
    }
  }
  appendFileSync(file, `${lines.join('\n')}\n`);
}

async function validate(folder: string): Promise<void> {
  const begun = performance.now();
  const { document, errors } = await validateDemarcation(folder);
  const seconds = ((performance.now() - begun) / 1000).toFixed(2);
  if (document === undefined) throw new Error(JSON.stringify(errors.slice(0, 3)));
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  console.log(seconds, ((userCPUTime + systemCPUTime) / 1e6).toFixed(2), Math.round(maxRSS / 1024));
}
