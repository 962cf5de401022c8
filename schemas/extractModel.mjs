// Condenses the ECS API model to what validation needs: names, types, enums, ranges, patterns, required members.
// No documentation text is taken over. Two sources are read: the service model of botocore (types and limits) and
// the names and types of the JavaScript SDK, which is newer and adds members that the first does not know yet.
//
//   node schemas/extractModel.mjs <service-2.json> <sdk-js-model.json> [--check]
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const inputs = {
  registerTaskDefinition: "RegisterTaskDefinitionRequest",
  createService: "CreateServiceRequest",
  updateService: "UpdateServiceRequest",
  registerDaemonTaskDefinition: "RegisterDaemonTaskDefinitionRequest",
  createDaemon: "CreateDaemonRequest",
  updateDaemon: "UpdateDaemonRequest",
  createCapacityProvider: "CreateCapacityProviderRequest",
};

/** The facts of one shape of the service model. */
function condense(shape) {
  const kept = { type: shape.document ? "document" : shape.type };
  if (shape.document) return kept;
  if (shape.members) {
    kept.members = Object.fromEntries(Object.entries(shape.members).map(([name, it]) => [name, it.shape]));
  }
  if (shape.member) kept.item = shape.member.shape;
  if (shape.value) kept.value = shape.value.shape;
  for (const fact of ["required", "enum", "min", "max", "pattern"]) {
    if (shape[fact] !== undefined) kept[fact] = shape[fact];
  }
  return kept;
}

/** Name of the shape that stands for a type of the SDK, made where the service model has none. */
function shapeOfType(type, sdk, shapes) {
  const simple = { string: "String", number: "BoxedInteger", boolean: "BoxedBoolean" }[type];
  if (simple) return simple;
  const record = /^Record<string, (.+)>$/.exec(type);
  if (record) {
    const name = `${record[1]}Map`;
    shapes[name] ??= { type: "map", value: shapeOfType(record[1], sdk, shapes) };
    return name;
  }
  if (type.endsWith("[]")) {
    const item = type.slice(0, -2);
    const name = item === "string" ? "StringList" : `${item}List`;
    shapes[name] ??= { type: "list", item: shapeOfType(item, sdk, shapes) };
    return name;
  }
  if (shapes[type]) return type;
  if (sdk.enums[type]) {
    shapes[type] = { type: "string", enum: [...Object.values(sdk.enums[type])] };
    return type;
  }
  const structure = sdk.structures[type];
  if (!structure) {
    // A union: the types-only model does not say what is in it, so anything is accepted.
    shapes[type] = { type: "document" };
    return type;
  }
  const shape = { type: "structure", members: {} };
  shapes[type] = shape;
  for (const [name, member] of Object.entries(structure)) {
    shape.members[name] = shapeOfType(member.type, sdk, shapes);
  }
  const required = Object.keys(structure).filter((name) => structure[name].required);
  if (required.length > 0) shape.required = required;
  return type;
}

/** Members and values that only the newer SDK knows; a member that it made optional is no longer required. */
function addNews(shapes, sdk) {
  for (const [name, shape] of Object.entries(shapes)) {
    const structure = sdk.structures[name];
    if (shape.type === "structure" && structure) {
      for (const [member, { type }] of Object.entries(structure)) {
        shape.members[member] ??= shapeOfType(type, sdk, shapes);
      }
      const required = (shape.required ?? []).filter((it) => structure[it]?.required !== false);
      if (required.length > 0) shape.required = required;
      else delete shape.required;
    }
    const values = sdk.enums[name];
    if (shape.enum && values) shape.enum = [...new Set([...shape.enum, ...Object.values(values)])];
  }
}

/** Every shape that an input can hold, in alphabetical order. */
function reachable(shapes, roots) {
  const seen = new Set();
  const open = [...roots];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (seen.has(name)) continue;
    seen.add(name);
    const { members, item, value } = shapes[name];
    open.push(...Object.values(members ?? {}), ...[item, value].filter(Boolean));
  }
  return Object.fromEntries([...seen].sort().map((name) => [name, shapes[name]]));
}

const isCheck = process.argv.includes("--check");
const [servicePath, sdkPath] = process.argv.slice(2).filter((it) => it !== "--check");
if (!servicePath || !sdkPath) {
  console.error("usage: node schemas/extractModel.mjs <service-2.json> <sdk-js-model.json> [--check]");
  process.exit(2);
}
const service = JSON.parse(readFileSync(servicePath, "utf8"));
const sdk = JSON.parse(readFileSync(sdkPath, "utf8"));
const shapes = Object.fromEntries(
  Object.entries(service.shapes).map(([name, shape]) => [name, condense(shape)]),
);
addNews(shapes, sdk);
const model = {
  source: `ECS API ${service.metadata.apiVersion} (botocore, Apache-2.0) with the additions of ${sdk.source.split(" dist-types")[0]}`,
  targetPrefix: service.metadata.targetPrefix,
  operations: [...new Set([...Object.keys(service.operations), ...sdk.operations])].sort(),
  inputs,
  shapes: reachable(shapes, Object.values(inputs)),
};
/** What the operations answer: test/local/conformance holds the local endpoint to it. */
const outputs = Object.fromEntries(
  Object.entries(service.operations).map(([name, { output, errors = [] }]) => [
    name,
    { output: output.shape, errors: errors.map((it) => it.shape) },
  ]),
);
/** Types of all that an operation takes, beyond the inputs of documents: the local endpoint refuses values of others. */
const requestTypes = Object.entries(
  reachable(
    shapes,
    Object.values(service.operations).map(({ input }) => input.shape),
  ),
).filter(([name]) => !model.shapes[name]);
const requests = {
  source: model.source,
  shapes: Object.fromEntries(
    requestTypes.map(([name, { type, members, item, value }]) => [name, { type, members, item, value }]),
  ),
};
const answers = {
  source: model.source,
  operations: outputs,
  shapes: reachable(
    shapes,
    Object.values(outputs).map((it) => it.output),
  ),
};

/** One line for each shape. */
function textOf(value) {
  const lines = Object.entries(value.shapes).map(
    ([name, shape]) => `    ${JSON.stringify(name)}: ${JSON.stringify(shape)}`,
  );
  const head = JSON.stringify({ ...value, shapes: undefined }, null, 2).replace(/\n\}$/, "");
  return `${head},\n  "shapes": {\n${lines.join(",\n")}\n  }\n}\n`;
}

/** Writes the file, or says that it is not what these sources make. */
function keep(path, value) {
  const text = textOf(value);
  if (!isCheck) writeFileSync(path, text);
  else if (readFileSync(path, "utf8") !== text) {
    console.error(`${path} is not current with these sources.`);
    process.exitCode = 1;
  }
}

keep(join(import.meta.dirname, "api-model.json"), model);
keep(join(import.meta.dirname, "request-model.json"), requests);
keep(join(import.meta.dirname, "../test/fixtures/answer-model.json"), answers);
