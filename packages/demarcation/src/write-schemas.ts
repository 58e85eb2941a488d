/** Writes the JSON Schemas of the document's files; `node packages/demarcation/src/write-schemas.ts`. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { jsonSchemas } from './json-schemas.ts';

const FOLDER = path.join(import.meta.dirname, '..', '..', '..', 'schemas');

for (const [file, schema] of Object.entries(jsonSchemas())) {
  writeFileSync(path.join(FOLDER, file), `${JSON.stringify(schema, undefined, 2)}\n`);
}
