/**
 * The test command. In this order, each only when asked for or by default all:
 *
 *   check   formatting, lint, types of every package
 *   unit    tests that need nothing but Node
 *   infra   tests on a real Kafka, registry and Redis, which they start and stop themselves;
 *           the file's name says what it needs (x.kafka.test.ts, x.redis.test.ts, x.stack.test.ts)
 *
 * `--only NAME` runs one of them; other arguments go to vitest (a file name narrows the run).
 * Where Java or Redis is missing, what needs it is skipped, and the last lines say so. The very
 * last line is `N passed, N failed`; the exit code is 0 only when nothing failed.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { findMissingParts } from '@smc/infra';
import { REPORTS_FOLDER } from './requirements/last-run.ts';

type Tally = { passed: number; failed: number; skipped: number };
const ROOT = path.dirname(import.meta.dirname);
const NEEDS = ['kafka', 'redis', 'stack'] as const;
const STEPS = ['check', 'unit', 'infra'] as const;
type Step = (typeof STEPS)[number];

const arguments_ = process.argv.slice(2);
const onlyAt = arguments_.indexOf('--only');
const only = onlyAt >= 0 ? arguments_.splice(onlyAt, 2)[1] : undefined;
if (only !== undefined && !STEPS.some((step) => step === only)) {
  console.error(`--only takes one of ${STEPS.join(', ')}; got ${only}`);
  process.exit(2);
}

const children = new Set<ReturnType<typeof spawn>>();
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    for (const child of children) child.kill(signal);
    process.exitCode = 130;
  });
}

const tally: Tally = { passed: 0, failed: 0, skipped: 0 };
const notes: string[] = [];
const startedAt = Date.now();
if (only !== 'check') rmSync(REPORTS_FOLDER, { recursive: true, force: true });
for (const step of STEPS) {
  if (process.exitCode === 130 || (only !== undefined && only !== step)) continue;
  await { check, unit, infra }[step satisfies Step]();
}
for (const note of notes) console.log(note);
console.log(`took ${((Date.now() - startedAt) / 1000).toFixed(0)} s`);
const skipped = tally.skipped > 0 ? `, ${tally.skipped} skipped` : '';
console.log(`${tally.passed} passed, ${tally.failed} failed${skipped}`);
if (process.exitCode === undefined)
  process.exitCode = tally.failed > 0 || tally.passed === 0 ? 1 : 0;

async function check(): Promise<void> {
  const bin = (name: string) => path.join(ROOT, 'node_modules', '.bin', name);
  await one('format', bin('oxfmt'), ['--check', '.']);
  await one('lint', bin('oxlint'), ['--type-aware', '.']);
  for (const folder of workspaceFolders()) {
    if (existsSync(path.join(ROOT, folder, 'tsconfig.json'))) {
      await one(`types of ${folder}`, bin('tsc'), ['-p', folder]);
    }
  }
}

async function unit(): Promise<void> {
  const exclude = NEEDS.flatMap((need) => ['--exclude', `**/*.${need}.test.ts`]);
  await vitest('unit', [...exclude, ...arguments_]);
}

async function infra(): Promise<void> {
  const missing = findMissingParts();
  for (const { part, howToGet } of missing) {
    notes.push(`not tested here, because ${part} is missing. ${howToGet}`);
  }
  const files = findTests().filter(
    (file) => arguments_.length === 0 || arguments_.some((a) => file.includes(a)),
  );
  const has = (name: string) => !missing.some(({ part }) => part === name);
  const runnable = files.filter((file) =>
    file.endsWith('.redis.test.ts') ? has('redis-server') : missing.length === 0,
  );
  const left = files.length - runnable.length;
  if (left > 0) {
    notes.push(`${left} test files were skipped for that reason`);
    tally.skipped += left;
  }
  if (runnable.length > 0) await vitest('infra', ['--no-file-parallelism', ...runnable]);
}

/** One program, counted as one test. */
async function one(what: string, program: string, args: readonly string[]): Promise<void> {
  const { code, output } = await run(program, args, 'collect');
  if (code === 0) tally.passed++;
  else {
    tally.failed++;
    console.log(`FAILED: ${what}\n${output}`);
  }
  console.log(`${what}: ${code === 0 ? 'ok' : 'failed'}`);
}

async function vitest(what: string, args: readonly string[]): Promise<void> {
  mkdirSync(REPORTS_FOLDER, { recursive: true });
  const report = path.join(REPORTS_FOLDER, `${what}.json`);
  const program = path.join(ROOT, 'node_modules', 'vitest', 'vitest.mjs');
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const { code } = await run(process.execPath, [program, 'run', ...reporters, ...args], 'inherit');
  if (existsSync(report)) {
    const counts: unknown = JSON.parse(readFileSync(report, 'utf8'));
    tally.passed += count(counts, 'numPassedTests');
    tally.failed += count(counts, 'numFailedTests');
    tally.skipped += count(counts, 'numPendingTests');
    // A file that fails before its first test, or an unhandled error, counts as well.
    if (code !== 0 && count(counts, 'numFailedTests') === 0) tally.failed++;
  } else {
    tally.failed++;
  }
  if (code !== 0) console.log(`FAILED: ${what} tests`);
}

function count(report: unknown, name: string): number {
  if (typeof report !== 'object' || report === null) return 0;
  const value: unknown = Reflect.get(report, name);
  return typeof value === 'number' ? value : 0;
}

function run(
  program: string,
  args: readonly string[],
  output: 'inherit' | 'collect',
): Promise<{ code: number; output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd: ROOT,
      stdio: output === 'inherit' ? ['ignore', 'inherit', 'inherit'] : ['ignore', 'pipe', 'pipe'],
    });
    children.add(child);
    const chunks: Buffer[] = [];
    child.stdout?.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.stderr?.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.on('error', reject);
    child.on('close', (code) => {
      children.delete(child);
      resolve({ code: code ?? 1, output: Buffer.concat(chunks).toString() });
    });
  });
}

function workspaceFolders(): readonly string[] {
  const inside = (parent: string) =>
    readdirSync(path.join(ROOT, parent)).map((name) => `${parent}/${name}`);
  return [...inside('packages'), ...inside('services'), 'infra', 'test'];
}

function findTests(): readonly string[] {
  const found: string[] = [];
  const walk = (folder: string) => {
    for (const entry of readdirSync(path.join(ROOT, folder), { withFileTypes: true })) {
      const name = `${folder}/${entry.name}`;
      if (entry.name === 'node_modules') continue;
      if (entry.isDirectory()) walk(name);
      else if (NEEDS.some((need) => name.endsWith(`.${need}.test.ts`))) found.push(name);
    }
  };
  for (const folder of ['packages', 'services', 'infra', 'test']) walk(folder);
  return found.sort();
}
