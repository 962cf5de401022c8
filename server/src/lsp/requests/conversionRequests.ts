// Converts a DAEMON service and its task definition into a managed daemon, and back. Nothing is written here.

import { convertToManaged } from "../../core/managed/convert/convert";
import { conversionReport, convertedFiles } from "../../core/managed/convert/convertedFiles";
import type { Conversion } from "../../core/managed/convert/report";
import { convertToService, type ServiceConversion } from "../../core/managed/convert/toService";
import { documentValue } from "../../core/resources/documentValue";
import { openResource, type Resource } from "../../core/resources/resource";
import { redactorOf } from "../../core/secrets/hideSecrets";
import { asObject, type PlainObject } from "../../core/text/plainValue";
import { onAsk } from "../base/answerRequest";
import type { ServerContext } from "../base/context";
import { failure, isFailure } from "../base/failure";
import { managedPair } from "../preview/managedPreview";
import { requests } from "../protocol/customRequests";
import type { ConvertAnswer, ConvertParams } from "../protocol/managedProtocol";
import type { Failure } from "../protocol/protocol";
import { pairingOf, undecided } from "../workspace/pairing";

export function registerConversion(context: ServerContext): void {
  onAsk(context, requests.convert, (params) => convert(context, params));
}

async function convert(context: ServerContext, params: ConvertParams): Promise<ConvertAnswer> {
  await context.ready();
  const managed = managedPair(context, params.textDocument.uri);
  const converted = isFailure(managed)
    ? await toManaged(context, params)
    : toService(managed.definition, managed.daemon);
  if (isFailure(converted)) return converted;
  const { conversion, inputs } = converted;
  return {
    files: convertedFiles(conversion).map(([name, content]) => ({
      name,
      text: `${JSON.stringify(content, undefined, 2)}\n`,
    })),
    // The files work like those before; the report is for reading.
    report: redactorOf(inputs)(conversionReport(conversion)),
  };
}

interface Converted {
  readonly conversion: Conversion | ServiceConversion;
  /** What it was made from. */
  readonly inputs: readonly (PlainObject | undefined)[];
}

async function toManaged(context: ServerContext, params: ConvertParams): Promise<Converted | Failure> {
  const pair = await pairingOf(context, params);
  if (isFailure(pair)) return pair;
  if (pair.taskDefinition === undefined || pair.by === "undecided") return undecided(pair) ?? noDefinition;
  const definition = inputValue(pair.taskDefinition);
  const service = pair.service === undefined ? undefined : inputValue(pair.service);
  if (isFailure(definition)) return definition;
  if (service !== undefined && isFailure(service)) return service;
  const inputs = [definition, service] as const;
  const conversion = convertToManaged(...inputs);
  return "refused" in conversion
    ? failure("not-convertible", `Not converted. ${conversion.refused}`)
    : { conversion, inputs };
}

function toService(definition: Resource | undefined, daemon: Resource | undefined): Converted | Failure {
  if (definition === undefined) return noDefinition;
  const input = inputValue(definition);
  const settings = daemon === undefined ? undefined : inputValue(daemon);
  if (isFailure(input)) return input;
  if (settings !== undefined && isFailure(settings)) return settings;
  const inputs = [input, settings] as const;
  return { conversion: convertToService(...inputs), inputs };
}

const noDefinition = failure(
  "no-task-definition",
  "The task definition is not in the workspace.",
  "Open a folder that has it.",
);

/** Placeholders in texts are carried as they are. */
function inputValue({ source, kind, hosted }: Resource): PlainObject | Failure {
  if (hosted !== undefined)
    return failure(
      "not-convertible",
      "Only JSON files of the AWS CLI are converted, not templates or modules.",
    );
  const opened = openResource(source.file, source.text, { templates: false, kind });
  const value = asObject(documentValue(opened));
  if (value !== undefined && opened.source.problems.length === 0) return value;
  return failure("not-convertible", "The file has syntax errors or placeholders outside of texts.");
}
