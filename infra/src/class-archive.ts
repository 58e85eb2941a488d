import { existsSync, statSync } from 'node:fs';
import type { Java } from './find-java.ts';

/** From this version on the JVM makes its archive in one step, and a better one (JEP 514). */
const AOT_MAJOR_MIN = 25;
/** The JVM's talk about archives goes to stdout otherwise. */
const QUIET = ['-Xlog:disable', '-Xlog:all=error:stderr'];

/** The archive's name in the cache: it fits one JVM version and one set of jars. */
export const archiveName = (jarsName: string, java: Java): string =>
  `${jarsName}-java${java.version}.${java.major >= AOT_MAJOR_MIN ? 'aot' : 'jsa'}`;

/** Makes the JVM write its archive to `file` when it ends in good order. */
export const writeArchive = (file: string, java: Java): readonly string[] => [
  java.major >= AOT_MAJOR_MIN ? `-XX:AOTCacheOutput=${file}` : `-XX:ArchiveClassesAtExit=${file}`,
  ...QUIET,
];

/** Makes the JVM start from the archive, where there is one; it ignores one that does not fit. */
export function useArchive(file: string, java: Java): readonly string[] {
  if (!existsSync(file) || statSync(file).size === 0) return [];
  return [
    java.major >= AOT_MAJOR_MIN ? `-XX:AOTCache=${file}` : `-XX:SharedArchiveFile=${file}`,
    ...QUIET,
  ];
}
