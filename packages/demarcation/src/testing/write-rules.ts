import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { rulesTable } from './rules-table.ts';

writeFileSync(path.join(import.meta.dirname, '..', '..', 'rules.md'), rulesTable());
