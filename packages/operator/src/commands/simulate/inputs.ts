/** What `smc simulate` reads, and where it writes: each opened, or the end of the command. */
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { must } from '@smc/domain';
import { formatProblem } from '@smc/demarcation';
import { clientKeySetting, SECRET_BYTES_MIN } from '@smc/intake';
import { readConfig } from '@smc/runtime';
import {
  caseFile,
  DecisionFile,
  loadDemarcation,
  scenarioOf,
  type CaseSource,
  type LoadedDemarcation,
  type Scenario,
} from '@smc/simulation';
import { CommandEnd, EXIT } from '../../exit.ts';

/** Beside the first; more columns than this can't be read. */
export const AGAINST_MAX = 2;

/** The first is what is tried; each of the others stands beside it. */
export async function scenariosOf(options: {
  readonly demarcation: readonly string[];
  readonly against?: readonly string[];
  readonly always?: boolean;
}): Promise<readonly Scenario[]> {
  const against = options.against ?? [];
  if (against.length > AGAINST_MAX) {
    throw new CommandEnd(EXIT.usage, `--against takes at most ${AGAINST_MAX} folders`);
  }
  const groups = [options.demarcation, ...against.map((folder) => [folder])];
  const loaded: (readonly [LoadedDemarcation, ...LoadedDemarcation[]])[] = [];
  for (const folders of groups) {
    const [first, ...rest] = await Promise.all(folders.map((folder) => load(folder)));
    loaded.push([must(first, 'the option takes one folder or more'), ...rest]);
  }
  const names = loaded.map((all) => all.map((it) => it.demarcation.version).join('+'));
  const areDifferent = new Set(names).size === names.length;
  return loaded.map((all, i) => {
    const folders = all.map(({ folder }) => folder).join('+');
    const name = areDifferent ? (names[i] ?? folders) : folders;
    return scenarioOf(name, all, { always: options.always === true });
  });
}

async function load(folder: string): Promise<LoadedDemarcation> {
  const loaded = await loadDemarcation(folder);
  if (loaded.ok) return loaded.value;
  const problems = loaded.refusal.map((problem) => `${folder}/${formatProblem(problem)}`);
  throw new CommandEnd(EXIT.usage, [...problems, `${problems.length} problems.`].join('\n'));
}

/** The live secret, so that keys and splits are the live ones; else one that nobody can know. */
export function clientSecret(): Uint8Array {
  const isSet = Object.keys(process.env).some((name) => name.startsWith('SMC_CLIENT_KEY_SECRET'));
  if (!isSet) return randomBytes(SECRET_BYTES_MIN);
  const config = readConfig({ clientKey: clientKeySetting }, process.env);
  if (config.ok) return config.value.clientKey.secret;
  const problems = config.refusal.map((it) => `${it.variable}: expected ${it.expected}`);
  throw new CommandEnd(EXIT.usage, problems.join('\n'));
}

export function sourceOf(cases: string): CaseSource {
  if (cases === '-') return { chunks: process.stdin, form: undefined };
  if (!existsSync(cases)) throw new CommandEnd(EXIT.usage, `There is no file ${cases}.`);
  return caseFile(cases);
}

export async function openOut(path: string): Promise<DecisionFile> {
  try {
    return await DecisionFile.open(path);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    throw new CommandEnd(EXIT.usage, `${path} can't be written (${code}).`);
  }
}
