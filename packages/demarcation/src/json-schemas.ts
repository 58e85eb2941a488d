import type { JsonSchema } from './form.ts';
import { OFFICE } from './office-form.ts';
import { ORGANISATION } from './organisation-form.ts';

const DIALECT = 'https://json-schema.org/draft/2020-12/schema';

/**
 * The JSON Schemas of `demarcation.yaml` and `offices/*.yaml` by file name, from the forms that read
 * them. Editors complete and check by them while somebody types; what they can't see (that a name
 * exists, that no postcode is forgotten) is what `smc demarcation validate` proves.
 */
export function jsonSchemas(): Readonly<Record<string, JsonSchema>> {
  return {
    'demarcation.schema.json': {
      $schema: DIALECT,
      title: 'demarcation.yaml',
      description: 'What a demarcation says of the organisation as a whole.',
      ...ORGANISATION.schema,
    },
    'demarcation-office.schema.json': {
      $schema: DIALECT,
      title: 'offices/*.yaml',
      description: 'What a demarcation says of one office and its teams.',
      ...OFFICE.schema,
    },
  };
}
