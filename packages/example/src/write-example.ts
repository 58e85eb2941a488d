/** Writes the example's demarcation folders: `node packages/example/src/write-example.ts`. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { exampleFiles } from './example-files.ts';

const FOLDER = path.join(import.meta.dirname, '..', 'demarcation');

rmSync(FOLDER, { recursive: true, force: true });
for (const [file, text] of exampleFiles()) {
  const target = path.join(FOLDER, file);
  mkdirSync(path.dirname(target), { recursive: true });
  writeFileSync(target, text);
}
