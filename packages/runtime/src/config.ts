/**
 * Typed configuration from environment variables. A setting knows its variables, what it expects and
 * how to read them; a group of settings is a setting again. Reading finds every problem at once, and
 * a problem never repeats the value: it may be a secret.
 *
 * Every variable `SMC_X` can also come from a file named by `SMC_X_FILE`, as secret stores mount them.
 */
import { readFileSync } from 'node:fs';
import { accept, refuse, type Result } from '@smc/domain';

export type Environment = Readonly<Record<string, string | undefined>>;

export type ConfigProblem = { readonly variable: string; readonly expected: string };

/** One line of the help table. */
export type Variable = {
  readonly name: string;
  readonly expects: string;
  readonly help: string;
  /** What holds where the variable is left out; undefined when it must be given. */
  readonly fallback: string | undefined;
};

export type Setting<T> = {
  readonly variables: readonly Variable[];
  readonly read: (env: Environment) => Result<T, readonly ConfigProblem[]>;
};

export type Spec = { readonly [name: string]: Setting<unknown> };
export type ConfigOf<S extends Spec> = {
  readonly [K in keyof S]: S[K] extends Setting<infer T> ? T : never;
};

/** Reads all settings of the spec, or gives every problem of all of them. */
export function readConfig<S extends Spec>(
  spec: S,
  env: Environment,
): Result<ConfigOf<S>, readonly ConfigProblem[]> {
  return group(spec).read(env);
}

/** Several settings as one. */
export function group<S extends Spec>(spec: S): Setting<ConfigOf<S>> {
  const settings = Object.entries(spec);
  return {
    variables: settings.flatMap(([, setting]) => setting.variables),
    read(env) {
      const values: Record<string, unknown> = {};
      const problems: ConfigProblem[] = [];
      for (const [name, setting] of settings) {
        const result = setting.read(env);
        if (result.ok) values[name] = result.value;
        else problems.push(...result.refusal);
      }
      return problems.length > 0 ? refuse(problems) : accept(values as ConfigOf<S>);
    },
  };
}

/** Another value from the same variables; `change` may refuse what the settings together say. */
export function mapSetting<T, U>(
  setting: Setting<T>,
  change: (value: T) => Result<U, readonly ConfigProblem[]>,
): Setting<U> {
  return {
    variables: setting.variables,
    read(env) {
      const result = setting.read(env);
      return result.ok ? change(result.value) : result;
    },
  };
}

export type VariableSpec<T> = {
  readonly help: string;
  readonly expects: string;
  /** The text that holds where the variable is left out; without it the variable must be given. */
  readonly fallback?: string;
  /** The value, or undefined when the text is not what is expected. */
  readonly parse: (text: string) => T | undefined;
};

/** A single variable; an empty text counts as left out. */
export function variable<T>(name: string, spec: VariableSpec<T>): Setting<T> {
  const { help, expects, fallback, parse } = spec;
  return {
    variables: [{ name, expects, help, fallback }],
    read(env) {
      const given = textOf(name, env);
      if (!given.ok) return given;
      const text = given.value ?? fallback;
      const value = text === undefined ? undefined : parse(text);
      return value === undefined ? refuse([{ variable: name, expected: expects }]) : accept(value);
    },
  };
}

/** The same variable, undefined where it is left out. */
export function optional<T>(setting: Setting<T>): Setting<T | undefined> {
  const names = setting.variables.map(({ name }) => name);
  return {
    variables: setting.variables.map((it) => ({ ...it, fallback: it.fallback ?? 'none' })),
    read: (env) =>
      names.some((name) => isGiven(env[name]) || isGiven(env[`${name}_FILE`]))
        ? setting.read(env)
        : accept(undefined),
  };
}

/** The settings as a table of text: name, what is expected, default, meaning. */
export function configHelp(spec: Spec): string {
  const rows = group(spec).variables.map(({ name, expects, help, fallback }) => [
    name,
    expects,
    fallback === undefined ? 'required' : fallback === '' ? 'empty' : fallback,
    help,
  ]);
  const table = [['variable', 'expects', 'default', 'meaning'], ...rows];
  const widths = [0, 1, 2].map((column) =>
    Math.max(...table.map((row) => row[column]?.length ?? 0)),
  );
  const lines = table.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  return [...lines, '', 'Each variable SMC_X can also be read from a file: SMC_X_FILE=path.'].join(
    '\n',
  );
}

export function describeProblems(problems: readonly ConfigProblem[]): string {
  return problems.map(({ variable: name, expected }) => `${name}: ${expected} expected`).join('\n');
}

const isGiven = (text: string | undefined): text is string => text !== undefined && text !== '';

function textOf(
  name: string,
  env: Environment,
): Result<string | undefined, readonly ConfigProblem[]> {
  const direct = env[name];
  const path = env[`${name}_FILE`];
  if (isGiven(direct)) {
    if (!isGiven(path)) return accept(direct);
    return refuse([{ variable: name, expected: `either this or ${name}_FILE, not both,` }]);
  }
  if (!isGiven(path)) return accept(undefined);
  try {
    // A file made by hand ends with a line feed that is no part of the secret.
    return accept(readFileSync(path, 'utf8').replace(/\r?\n$/, ''));
  } catch {
    return refuse([{ variable: `${name}_FILE`, expected: `a readable file at ${path}` }]);
  }
}
