// Prints the shapes and operations of an AWS SDK client package (dist-es/schemas/schemas_0.js) as JSON:
// {"shapes": {name: {"members": {name: {"type", "target", "list", "sensitive"}}, "required", "error"}}, "operations": {…}}
// usage: node sdk_schema.mjs PACKAGE_FOLDER
import {readFileSync} from "node:fs";
import {join} from "node:path";

const folder = process.argv[2];
// The module needs nothing of what it imports for the schemas themselves: empty values stand in.
const source = readFileSync(join(folder, "dist-es/schemas/schemas_0.js"), "utf8").replaceAll(
  /^import \{([^}]*)\} from .*$/gm,
  (_, names) => names.split(",").map((name) => name.trim()).filter(Boolean)
    .map((name) => `class ${name} { registerError() {} }`).join("\n"));
const schemas = Object.values(await import("data:text/javascript," + encodeURIComponent(source)));

const SIMPLE = {0: "string", 1: "integer", 2: "boolean", 4: "timestamp", 21: "blob"};
const SENSITIVE = 8;

// A schema reference: a number, a function to the schema, or [reference, traits].
function describe(reference) {
  if (Array.isArray(reference) && (reference.length === 2) && typeof reference[0] !== "number")
    return {...describe(reference[0]), ...(reference[1] & SENSITIVE ? {sensitive: true} : {})};
  if (Array.isArray(reference) && reference.length === 2 && typeof reference[1] === "number" && reference[0] in SIMPLE)
    return {type: SIMPLE[reference[0]], ...(reference[1] & SENSITIVE ? {sensitive: true} : {})};
  const schema = typeof reference === "function" ? reference() : reference;
  if (typeof schema === "number")
    return schema & 64 ? {type: "list", element: {type: SIMPLE[schema & 63]}} : {type: SIMPLE[schema]};
  const [kind, , name] = schema;
  if (kind === 0) return {type: SIMPLE[schema[4]], target: name, ...(schema[3] & SENSITIVE ? {sensitive: true} : {})};
  if (kind === 1) return {type: "list", target: name, element: describe(schema[4])};
  if (kind === 2) return {type: "map", target: name, key: describe(schema[4]), value: describe(schema[5])};
  return {type: "structure", target: name};
}

const shapes = {}, operations = {};
for (const schema of schemas) {
  if (!Array.isArray(schema) || typeof schema[1] !== "string") continue;
  const [kind, namespace, name, traits] = schema;
  if (namespace.startsWith("smithy.ts.sdk")) continue;
  if (kind === 3 || kind === -3) {
    const members = {};
    schema[4].forEach((member, index) => { members[member] = describe(schema[5][index]); });
    shapes[name] = {members, required: schema[6] ?? 0};
    if (kind === -3) shapes[name].error = traits.awsQueryError ?? [name, traits.httpError ?? 400];
  } else if (kind === 9) {
    const text = readFileSync(join(folder, `dist-types/commands/${name}Command.d.ts`), "utf8");
    const errors = [...text.matchAll(/@throws \{@link (\w+)\}/g)].map((match) => match[1]);
    operations[name] = {input: describe(schema[4]).target ?? null, output: describe(schema[5]).target ?? null, errors};
  }
}
console.log(JSON.stringify({shapes, operations}));
