/** A program that the stack needs from the machine. */
export type MachinePart = 'java' | 'maven' | 'redis-server';

const HOW_TO_GET: Readonly<Record<MachinePart, string>> = {
  java:
    'Java 17 or newer is missing (21 or newer for the current registry). Debian or Ubuntu: ' +
    'apt-get install openjdk-17-jre-headless; macOS: brew install openjdk@21; or any build from ' +
    'adoptium.net with JAVA_HOME set to it.',
  maven:
    'Maven is missing: it fetches the jars of Kafka and the registry once. Debian or Ubuntu: ' +
    'apt-get install maven; macOS: brew install maven.',
  'redis-server':
    'redis-server is missing. Debian or Ubuntu: apt-get install redis-server; macOS: brew install redis.',
};

/** What is missing and how to get it, in one text for the person at the terminal. */
export const howToGet = (part: MachinePart): string => HOW_TO_GET[part];
