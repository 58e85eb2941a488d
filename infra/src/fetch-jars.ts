import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { makeOnce, type MakeOptions } from './cache-folder.ts';
import { findProgram, type Java } from './find-java.ts';
import { howToGet } from './how-to-get.ts';
import { withProgress } from './progress.ts';
import { runProgram } from './run-program.ts';
import { StackFault } from './stack-fault.ts';

export const KAFKA_VERSION = '4.3.1';
/** Kafka compiles against log4j but does not bring it; slf4j 1.7 needs `log4j-slf4j-impl`. */
const LOG4J_VERSION = '2.25.5';
/** The registry of a JVM: 3.3.3 needs Java 21; 2.6.13 is the last that we found for Java 17. */
export const REGISTRY_VERSIONS = { java21: '3.3.3', java17: '2.6.13.Final' } as const;
export type RegistryVersion = (typeof REGISTRY_VERSIONS)[keyof typeof REGISTRY_VERSIONS];

export const registryVersionFor = (java: Java): RegistryVersion =>
  java.major >= 21 ? REGISTRY_VERSIONS.java21 : REGISTRY_VERSIONS.java17;

export const kafkaCacheName = `kafka-${KAFKA_VERSION}`;
export const registryCacheName = (version: RegistryVersion): string =>
  `apicurio-registry-${version}`;

const DEPENDENCY_PLUGIN = 'org.apache.maven.plugins:maven-dependency-plugin:3.8.1';
/** How many of Maven's last lines an error shows. */
const ERROR_LINES = 15;

/** The folder of Kafka's jars (44 MB), fetched by Maven coordinates where it is not there yet. */
export function ensureKafkaJars(java: Java, options: MakeOptions): Promise<string> {
  return makeOnce(
    kafkaCacheName,
    async (target) => {
      mkdirSync(target, { recursive: true });
      const pom = path.join(target, 'pom.xml');
      writeFileSync(pom, kafkaPom());
      await maven(`fetching Kafka ${KAFKA_VERSION} (44 MB)`, java, options, [
        '-f',
        pom,
        `${DEPENDENCY_PLUGIN}:copy-dependencies`,
        '-DincludeScope=runtime',
        `-DoutputDirectory=${path.join(target, 'lib')}`,
      ]);
    },
    options,
  );
}

/** The folder of the unpacked registry (160 MB), likewise. */
export function ensureRegistryJars(java: Java, options: MakeOptions): Promise<string> {
  const version = registryVersionFor(java);
  return makeOnce(
    registryCacheName(version),
    async (target) => {
      const download = path.join(target, 'download');
      mkdirSync(download, { recursive: true });
      await maven(`fetching Apicurio Registry ${version} (160 MB)`, java, options, [
        `${DEPENDENCY_PLUGIN}:copy`,
        `-Dartifact=io.apicurio:apicurio-registry-app:${version}:tar.gz:all`,
        `-DoutputDirectory=${download}`,
      ]);
      await unpack(download, target, options);
    },
    options,
  );
}

async function unpack(download: string, target: string, { report }: MakeOptions): Promise<void> {
  const archive = readdirSync(download).find((name) => name.endsWith('.tar.gz'));
  if (archive === undefined)
    throw new StackFault('FETCH_FAILED', 'Maven copied no registry archive');
  const end = await withProgress('unpacking the registry', report, () =>
    runProgram('tar', ['-xzf', path.join(download, archive), '-C', target]),
  );
  if (end.code !== 0) {
    throw new StackFault('FETCH_FAILED', `tar could not unpack ${archive}: ${end.output}`);
  }
  rmSync(download, { recursive: true, force: true });
}

async function maven(
  what: string,
  java: Java,
  { report }: MakeOptions,
  args: readonly string[],
): Promise<void> {
  const program = findProgram('mvn');
  if (program === undefined) throw new StackFault('PART_MISSING', howToGet('maven'));
  const end = await withProgress(what, report, () =>
    runProgram(program, ['-q', '-B', ...args], { ...process.env, JAVA_HOME: java.home }),
  );
  if (end.code === 0) return;
  const lines = end.output.trim().split('\n').slice(-ERROR_LINES).join('\n');
  throw new StackFault(
    'FETCH_FAILED',
    `${what} failed. Maven said:\n${lines}\n` +
      'Check that this machine reaches Maven Central, or name a mirror in ~/.m2/settings.xml.',
  );
}

function kafkaPom(): string {
  const dependencies = [
    `org.apache.kafka:kafka_2.13:${KAFKA_VERSION}`,
    ...['log4j-api', 'log4j-core', 'log4j-slf4j-impl'].map(
      (artifact) => `org.apache.logging.log4j:${artifact}:${LOG4J_VERSION}`,
    ),
  ].map((coordinates) => {
    const [group, artifact, version] = coordinates.split(':');
    return `<dependency><groupId>${group}</groupId><artifactId>${artifact}</artifactId><version>${version}</version></dependency>`;
  });
  return `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>smc</groupId><artifactId>kafka</artifactId><version>1</version><packaging>pom</packaging>
  <dependencies>
    ${dependencies.join('\n    ')}
  </dependencies>
</project>
`;
}
