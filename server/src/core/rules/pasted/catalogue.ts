// Diagnostics about text that came from a console, a describe call or a skeleton, and is no input yet.

import type { CatalogueEntry } from "../catalogueEntry";

export const pastedDiagnostics = {
  "describe-answer": {
    severity: "error",
    title: "Answer of a describe call",
    message:
      "This is the answer of {call}, not the input of {operation}. Take the {what} out of its wrapper and drop what ECS adds.",
    why: "A describe call wraps what it found and adds properties (ARN, revision, status …) that no input takes.",
  },
  "output-only-member": {
    severity: "error",
    title: "Properties that only ECS writes",
    message: "{members} {occur} only in answers of ECS; as input the AWS CLI refuses {them}. Remove {them}.",
    why: "Describe calls print what ECS has computed (ARN, revision, status, times …) together with what was registered.",
  },
  "left-out-by-sender": {
    severity: "hint",
    title: "Property that its sender leaves out",
    message: "{sender} leaves out {members}. {refusal}",
    why: "Some tools drop nulls, empty values or properties of answers before they send a file, and others send the file as it is. Whoever takes the file to another tool should know.",
  },
  "foreign-spelling": {
    severity: "error",
    title: "Property names of another format",
    message:
      "The property names are written as in {format}. The AWS CLI takes {example}: change all of them.",
    why: "CloudFormation writes the names of the API in PascalCase, Terraform in snake_case; the AWS CLI checks names before it sends anything.",
  },
  "cli-skeleton": {
    severity: "error",
    title: "Skeleton that is not filled in",
    message:
      "This is a skeleton of --generate-cli-skeleton: its empty texts and zeros are not values. Fill in what you need and remove the rest.",
    why: "The skeleton shows every property with a meaningless value; ECS refuses many of them.",
  },
} as const satisfies Record<string, CatalogueEntry>;
