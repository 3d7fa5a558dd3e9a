/**
 * A validator for the part of JSON Schema 2020-12 that the schemas of this project use
 * (json-schema.org/draft/2020-12/json-schema-validation). A keyword that it does not know is an error: nothing is let pass
 * unlooked at.
 */
type Schema = Readonly<Record<string, unknown>>;

/** What of `value` is not as `schema` has it: a line each, with the place. None if it is valid. */
export function validate(schema: Schema, value: unknown): readonly string[] {
  return check(schema, schema, value, '$');
}

function check(root: Schema, schema: Schema, value: unknown, place: string): readonly string[] {
  return Object.entries(schema).flatMap(([keyword, argument]) => {
    const rule = RULES[keyword];
    if (rule === undefined) {
      throw new Error(`The schema has the keyword ${keyword}, which is not known.`);
    }
    return rule({ root, schema, value, place }, argument);
  });
}

interface Context {
  readonly root: Schema;
  readonly schema: Schema;
  readonly value: unknown;
  readonly place: string;
}

type Rule = (context: Context, argument: unknown) => readonly string[];

const nothing: Rule = () => [];

const RULES: Readonly<Record<string, Rule>> = {
  $schema: nothing,
  $defs: nothing,
  title: nothing,
  description: nothing,
  $ref({ root, value, place }, reference) {
    const name = /^#\/\$defs\/(\w+)$/.exec(String(reference))?.[1] ?? '';
    return check(root, object(object(root.$defs)[name]), value, place);
  },
  type: ({ value, place }, types) => {
    return wrong(!list(types).some((type) => hasType(value, type)), `${place} is no ${list(types).join(' or ')}`);
  },
  const: ({ value, place }, wanted) => wrong(value !== wanted, `${place} is not ${wanted}`),
  enum: ({ value, place }, wanted) => wrong(!list(wanted).includes(value), `${place} is none of ${list(wanted)}`),
  pattern: ({ value, place }, pattern) => {
    return wrong(
      typeof value === 'string' && !new RegExp(String(pattern), 'u').test(value),
      `${place} has not the form ${pattern}`,
    );
  },
  minimum: ({ value, place }, least) =>
    wrong(typeof value === 'number' && value < Number(least), `${place} is below ${least}`),
  minItems: ({ value, place }, least) =>
    wrong(Array.isArray(value) && value.length < Number(least), `${place} has too few items`),
  uniqueItems: ({ value, place }) => {
    return wrong(
      Array.isArray(value) && new Set(value.map((item) => JSON.stringify(item))).size < value.length,
      `${place} has an item twice`,
    );
  },
  oneOf({ root, value, place }, schemas) {
    const results = list(schemas).map((schema) => check(root, object(schema), value, place));
    const valid = results.filter((result) => result.length === 0).length;
    return wrong(
      valid !== 1,
      `${place} is valid for ${valid} of ${results.length} schemas: ${results.flat().join('; ')}`,
    );
  },
  items({ root, value, place }, schema) {
    return Array.isArray(value) ? value.flatMap((item, i) => check(root, object(schema), item, `${place}[${i}]`)) : [];
  },
  required({ value, place }, names) {
    return isObject(value)
      ? list(names).flatMap((name) => wrong(!(String(name) in value), `${place} lacks ${name}`))
      : [];
  },
  properties({ root, value, place }, properties) {
    if (!isObject(value)) {
      return [];
    }
    const known = Object.entries(object(properties)).filter(([name]) => name in value);
    return known.flatMap(([name, schema]) => check(root, object(schema), value[name], `${place}.${name}`));
  },
  additionalProperties({ root, schema, value, place }, argument) {
    if (!isObject(value)) {
      return [];
    }
    const others = Object.keys(value).filter((name) => !(name in object(schema.properties)));
    return others.flatMap((name) =>
      argument === false ? [`${place} has ${name}`] : check(root, object(argument), value[name], `${place}.${name}`),
    );
  },
};

function wrong(isWrong: boolean, problem: string): readonly string[] {
  return isWrong ? [problem] : [];
}

function hasType(value: unknown, type: unknown): boolean {
  if (type === 'null') {
    return value === null;
  }
  if (type === 'array') {
    return Array.isArray(value);
  }
  if (type === 'object') {
    return isObject(value) && !Array.isArray(value);
  }
  if (type === 'integer') {
    return Number.isInteger(value);
  }
  if (type === 'string' || type === 'boolean') {
    return typeof value === type;
  }
  throw new Error(`The schema has the type ${type}, which is not known.`);
}

function isObject(value: unknown): value is Schema {
  return typeof value === 'object' && value !== null;
}

function object(value: unknown): Schema {
  if (!isObject(value)) {
    throw new Error('The schema has something else where there must be an object.');
  }
  return value;
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value];
}
