/** Writes schemas/asyncapi.json anew: `node packages/events/src/write-asyncapi.ts`. */
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { loadTopics } from '@smc/infra';
import { asyncApiDocument } from './asyncapi.ts';

const schemas = path.dirname(createRequire(import.meta.url).resolve('@smc/schemas/package.json'));
const document = asyncApiDocument(loadTopics().topics);
writeFileSync(path.join(schemas, 'asyncapi.json'), `${JSON.stringify(document, null, 2)}\n`);
