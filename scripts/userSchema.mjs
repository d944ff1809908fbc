// The JSON Schema of what users add to the catalogue, for editors: made from the zod schema, with the doc comments of its sources as
// descriptions.
import { readFileSync } from 'node:fs';
import ts from 'typescript';
import { z } from 'zod';
import * as client from '../catalog/schema/client.ts';
import * as code from '../catalog/schema/code.ts';
import * as library from '../catalog/schema/library.ts';
import * as user from '../catalog/schema/userCatalog.ts';
import { failureClass, family, retrySafety } from '../catalog/schema/words.ts';
import { ABOUT_RULES } from '../server/src/engine/aboutRules.ts';
import { ruleSettingsSchema } from '../server/src/user-catalog/ruleSettingsSchema.ts';
import { CLASS_TEXT, FAMILY_TEXT, REPEAT_TEXT } from '../server/src/explain/wording.ts';

const SOURCES = { client, code, library, userCatalog: user };

/** What the values of an enumeration mean, shown beside them while somebody writes. */
const MEANINGS = [[failureClass, CLASS_TEXT], [retrySafety, REPEAT_TEXT], [family, FAMILY_TEXT]];

/** The text of `catalog/schema/user-catalog.schema.json`. */
export function userSchema() {
  const descriptions = docsOfFields();
  const schema = z.toJSONSchema(user.userCatalog, {
    target: 'draft-7',
    io: 'input',
    override({ zodSchema, jsonSchema }) {
      for (const [key, field] of Object.entries(zodSchema instanceof z.ZodObject ? zodSchema.shape : {})) {
        const text = descriptions.get(field)?.get(key);
        if (text) jsonSchema.properties[key].description = text;
      }
      const meaning = MEANINGS.find(([schema]) => schema.options.join() === jsonSchema.enum?.join())?.[1];
      if (meaning) jsonSchema.enumDescriptions = jsonSchema.enum.map((value) => meaning[value]);
      // An empty default stands for "left out" and would itself be refused; the bounds of safe integers say nothing to anybody.
      if (jsonSchema.default === '') delete jsonSchema.default;
      if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
      if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
    },
  });
  const { $schema, ...rest } = schema;
  const head = { $schema, title: 'Entries for the catalogue of API Guard', description: descriptionOf('userCatalog') };
  return `${JSON.stringify({ ...head, ...rest }, undefined, 1)}\n`;
}

/** The text of `catalog/schema/project-file.schema.json`: entries for the catalogue, and what is decided about the rules. */
export function projectFileSchema() {
  const { properties } = z.toJSONSchema(ruleSettingsSchema(ABOUT_RULES), { target: 'draft-7', io: 'input' });
  properties.rules.description = 'Severity of each rule, or off.';
  properties.options.description = 'Options of the rules that have any.';
  properties.includeTests.description = 'Whether tests, mocks, vendored and generated code are judged too; they are left out otherwise.';
  const schema = {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'API Guard project file',
    description: 'What a project tells API Guard about itself. The editor and the command line read the same file.',
    type: 'object',
    properties: { $schema: { type: 'string' }, catalog: { $ref: './user-catalog.schema.json' }, ...properties },
    additionalProperties: false,
  };
  return `${JSON.stringify(schema, undefined, 1)}\n`;
}

/** The doc comment of every field of every exported object schema: by the field's own schema, then by its name. */
function docsOfFields() {
  const found = new Map();
  const visit = (schema, node) => {
    const object = objectOf(schema);
    const literal = object && fieldsOf(node);
    for (const property of literal?.properties ?? []) {
      const key = property.name?.text;
      const field = object.shape[key];
      if (!field) continue;
      const text = commentOf(property);
      if (text) found.set(field, (found.get(field) ?? new Map()).set(key, text));
      if (ts.isPropertyAssignment(property)) visit(field, property.initializer);
    }
  };
  for (const [name, exported] of Object.entries(SOURCES)) {
    for (const { name: variable, initializer } of declarationsOf(name)) {
      const schema = exported[variable.text];
      if (schema instanceof z.ZodType && initializer) visit(schema, initializer);
    }
  }
  return found;
}

/** `schema` without the lists, records and defaults around it, if an object is inside. */
function objectOf(schema) {
  if (schema instanceof z.ZodObject) return schema;
  if (schema instanceof z.ZodArray) return objectOf(schema.element);
  if (schema instanceof z.ZodRecord) return objectOf(schema.valueType);
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault) return objectOf(schema.unwrap());
  return undefined;
}

/** The object literal of the first `strictObject({...})` or `extend({...})` in an expression, not inside another literal. */
function fieldsOf(node) {
  if (ts.isObjectLiteralExpression(node)) return node;
  if (ts.isCallExpression(node)) return node.arguments.map(fieldsOf).find(Boolean) ?? fieldsOf(node.expression);
  if (ts.isPropertyAccessExpression(node)) return fieldsOf(node.expression);
  return undefined;
}

function declarationsOf(name) {
  const text = readFileSync(new URL(`../catalog/schema/${name}.ts`, import.meta.url), 'utf8');
  const { statements } = ts.createSourceFile(`${name}.ts`, text, ts.ScriptTarget.Latest, true);
  return statements.filter(ts.isVariableStatement).flatMap((statement) => [...statement.declarationList.declarations]);
}

function descriptionOf(variable) {
  const declaration = declarationsOf('userCatalog').find(({ name }) => name.text === variable);
  return commentOf(declaration.parent.parent);
}

/** A doc comment in one line. */
function commentOf(node) {
  const [comment] = ts.getJSDocCommentsAndTags(node);
  return ts.getTextOfJSDocComment(comment?.comment)?.replace(/\s+/g, ' ').trim();
}
