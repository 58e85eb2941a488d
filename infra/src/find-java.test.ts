import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findJava } from './find-java.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'smc-jvm-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function install(name: string, version: string): string {
  const home = path.join(folder, name);
  mkdirSync(path.join(home, 'bin'), { recursive: true });
  writeFileSync(path.join(home, 'bin', 'java'), '');
  writeFileSync(path.join(home, 'release'), `IMPLEMENTOR="X"\nJAVA_VERSION="${version}"\n`);
  return home;
}

test('the newest Java wins, wherever it was found', () => {
  const old = install('jvm/java-17', '17.0.15');
  const newest = install('jvm/temurin-25', '25.0.3');
  const given = install('own', '1.8.0_402');

  const java = findJava({ JAVA_HOME: given, PATH: path.join(old, 'bin') }, [
    path.join(folder, 'jvm'),
  ]);

  expect(java).toEqual({ home: newest, version: '25.0.3', major: 25 });
});

test('a Java of old numbering is known by its second number', () => {
  const home = install('own', '1.8.0_402');

  expect(findJava({ JAVA_HOME: home }, [])?.major).toBe(8);
});

test('the bundle of a Mac is found', () => {
  const home = install('jdk-21.jdk/Contents/Home', '21.0.2');

  expect(findJava({}, [folder])?.home).toBe(home);
});

test('folders without a Java are passed over', () => {
  mkdirSync(path.join(folder, 'empty'));

  expect(findJava({ JAVA_HOME: '/nowhere', PATH: folder }, [folder, '/nowhere'])).toBeUndefined();
});
