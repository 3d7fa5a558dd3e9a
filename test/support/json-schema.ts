import { Ajv } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';

// Unknown keywords and keywords without effect are errors.
const ajv = new Ajv2020({ strict: true, allowUnionTypes: true, allErrors: true });
// Those of others have keywords without effect.
const draft07 = new Ajv({ strict: false, allErrors: true });

/**
 * Returns how `value` violates a JSON Schema of draft 2020-12, or of draft 7 if it says so, a line for each violation; none if it is valid.
 *
 * @throws Error if the schema is not valid.
 */
export function validate(schema: Readonly<Record<string, unknown>>, value: unknown): readonly string[] {
  const check = String(schema.$schema).includes('draft-07') ? draft07.compile(schema) : ajv.compile(schema);
  check(value);
  return (check.errors ?? []).map(({ instancePath, message, params }) => {
    return `${instancePath === '' ? '/' : instancePath} ${message} ${JSON.stringify(params)}`;
  });
}
