// Diagnostics about the form of a document: is it JSON, and does it have the members and types of the ECS API?

import type { CatalogueEntry } from "../catalogueEntry";

export const shapeDiagnostics = {
  "json-syntax": {
    severity: "error",
    title: "Not JSON",
    message: "{problem}",
    why: "The AWS CLI reads the file as strict JSON (no comments, no trailing commas) and sends nothing if it cannot.",
  },
  "duplicate-member": {
    severity: "warning",
    title: "Property written twice",
    message: "'{member}' is written twice in this object; only the last one counts. Remove one of them.",
    why: "JSON readers keep the last of two properties with one name and drop the other without a word.",
  },
  "misspelt-member": {
    severity: "error",
    title: "Misspelled property",
    message: "Unknown property '{member}' in {owner}. Did you mean '{suggestion}'?",
    why: "The AWS CLI checks property names before it sends anything and refuses the input for an unknown one.",
  },
  "misplaced-member": {
    severity: "error",
    title: "Property in the wrong place",
    message: "Unknown property '{member}' in {owner}; it belongs to {home}. Move it there.",
    why: "The AWS CLI checks property names before it sends anything and refuses the input for an unknown one.",
  },
  "unknown-member": {
    severity: "warning",
    title: "Unknown property",
    message: "Unknown property '{member}' in {owner}. Remove it, or update the extension if it is new.",
    why: "An AWS CLI that does not know a property refuses the input. The API grows, so a newer CLI may know it: therefore a warning.",
  },
  "update-service-member": {
    severity: "error",
    title: "UpdateService does not take this property",
    message:
      "'{member}' can only be given when a service is created; UpdateService has no such property. Remove it, or write 'serviceName' instead of 'service' to create the service.",
    why: "A file with `service` is input of UpdateService. The AWS CLI refuses properties that only CreateService has.",
  },
  "create-service-member": {
    severity: "error",
    title: "CreateService does not take this property",
    message:
      "'{member}' can only be given when a service is updated; CreateService has no such property. Remove it, or write 'service' instead of 'serviceName' to update the service.",
    why: "A file with `serviceName` is input of CreateService. The AWS CLI refuses properties that only UpdateService has.",
  },
  "property-case": {
    severity: "error",
    title: "Name of a property in another case, or as the API has it",
    message: "CloudFormation calls the property {name}, not {written}{more}. Change {written} to {name}.",
    why: "CloudFormation compares names with their capitals and refuses others. Containers that are copied from JSON for the AWS CLI have the names of the API, which begin with a small letter. A few properties have another name there than in the API.",
  },
  "argument-case": {
    severity: "error",
    title: "Name of an argument in another case, or as the API has it",
    message: "Terraform calls the argument {name}, not {written}{more}. Change {written} to {name}.",
    why: "Terraform compares names with their capitals, and arguments have none. Some have another name than in the API, such as iam_role: terraform validate and plan refuse others. Only containers have the names of the API.",
  },
  "block-or-argument-name": {
    severity: "error",
    title: "Plural for singular in Terraform",
    message: "A {owner} has no '{written}'. Terraform calls it {name}.",
    why: "The API has lists of volumes and load balancers, Terraform one block for each of them: terraform validate and plan refuse other names.",
  },
  "argument-for-block": {
    severity: "error",
    title: "Argument in the place of a block",
    message: "Terraform takes {name} as a block, not as an argument. Write it without '='.",
    why: "terraform plan refuses it: an argument of that name is not expected, and a block of that type was probably meant.",
  },
  "block-for-argument": {
    severity: "error",
    title: "Block in the place of an argument",
    message: "Terraform takes {name} as an argument, not as a block. Write '=' before the brace.",
    why: "terraform plan refuses it: blocks of that type are not expected, and a map is the value of an argument.",
  },
  "wrong-type": {
    severity: "error",
    title: "Wrong type of value",
    message: "'{member}' has to be {expected}, not {found}{more}.",
    why: "The AWS CLI checks types before it sends anything. In particular, task-level cpu and memory are strings, those of a container are integers.",
  },
  "null-value": {
    severity: "error",
    title: "Null instead of a value",
    message: "'{member}' is null{more}. Remove {them}: {refuser} refuses null.",
    why: "Consoles and describe calls print null for what is not set, and in YAML a property without a value is null. As input, a property that is not set has to be left out.",
  },
  "missing-member": {
    severity: "error",
    title: "Required property missing",
    message: "{owner} needs '{member}'. Add it.",
    why: "The API model marks the property as required; the AWS CLI refuses the input without it.",
  },
  "unknown-value": {
    severity: "error",
    title: "Value not in the list of allowed ones",
    message: "'{value}' is not a valid value of '{member}'. Use {allowed}.",
    why: "The API accepts only the values that it lists, in exactly this spelling.",
  },
  "number-out-of-range": {
    severity: "error",
    title: "Number out of range",
    message: "'{member}' has to be {range}, not {value}.",
    why: "ECS documents the range and refuses other numbers.",
  },
  "text-length": {
    severity: "error",
    title: "Text too short or too long",
    message: "'{member}' has {length} {unit}; it has to have {range}.",
    why: "The API model limits the length.",
  },
} as const satisfies Record<string, CatalogueEntry>;
