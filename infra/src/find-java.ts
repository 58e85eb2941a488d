import { existsSync, readFileSync, readdirSync, realpathSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';

/** A Java that was found: its home folder, its version ("25.0.3") and the first number of that. */
export type Java = { readonly home: string; readonly version: string; readonly major: number };

/** The parents of JVM folders that the usual installers use. */
const JVM_FOLDERS = [
  '/usr/lib/jvm',
  '/usr/java',
  '/opt/java',
  '/opt',
  '/Library/Java/JavaVirtualMachines',
  path.join(homedir(), '.sdkman/candidates/java'),
  path.join(homedir(), '.jdks'),
];

/** The newest Java of JAVA_HOME, PATH and the usual JVM folders; undefined where there is none. */
export function findJava(
  environment: NodeJS.ProcessEnv = process.env,
  jvmFolders: readonly string[] = JVM_FOLDERS,
): Java | undefined {
  const found = candidateHomes(environment, jvmFolders)
    .map(javaAt)
    .filter((java) => java !== undefined);
  return found.sort((a, b) => b.major - a.major)[0];
}

function candidateHomes(
  environment: NodeJS.ProcessEnv,
  jvmFolders: readonly string[],
): readonly string[] {
  const onPath = (environment['PATH'] ?? '')
    .split(path.delimiter)
    .map((folder) => path.join(folder, 'java'))
    .filter((program) => existsSync(program))
    .map((program) => path.dirname(path.dirname(realpathSync(program))));
  const installed = jvmFolders.flatMap((folder) =>
    entriesOf(folder).map((entry) => path.join(folder, entry)),
  );
  const given = environment['JAVA_HOME'];
  const all = [...(given === undefined ? [] : [given]), ...onPath, ...installed];
  // A macOS bundle holds the home two levels down.
  return all.flatMap((home) => [home, path.join(home, 'Contents/Home')]);
}

/** Reads the version from the `release` file that every JDK and JRE carries: no JVM is started. */
function javaAt(home: string): Java | undefined {
  const release = path.join(home, 'release');
  if (!existsSync(path.join(home, 'bin/java')) || !existsSync(release)) return undefined;
  const version = /^JAVA_VERSION="([^"]+)"/m.exec(readFileSync(release, 'utf8'))?.[1];
  const major = /^(?:1\.)?(\d+)/.exec(version ?? '')?.[1];
  return version === undefined || major === undefined
    ? undefined
    : { home, version, major: Number(major) };
}

function entriesOf(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** The full path of a program on PATH. */
export function findProgram(
  name: string,
  environment: NodeJS.ProcessEnv = process.env,
): string | undefined {
  return (environment['PATH'] ?? '')
    .split(path.delimiter)
    .filter((folder) => folder !== '')
    .map((folder) => path.join(folder, name))
    .find((program) => existsSync(program));
}
