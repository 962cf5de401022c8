// Documents of every kind for fuzzing, as a file name and a text.

import fc, { type Arbitrary } from "fast-check";
import { apiValues, type Json } from "./apiValues";
import { clusterFiles, documents } from "./corpus";
import { anyText, editedFile, type NamedText } from "./texts";

const names =
  "a.taskdef.json a.service.json a.ecs-cluster.json a.ecs-fleet.json a.ecsquery a.daemon.json a.daemon-taskdef.json a.json";

const named = (name: string, texts: Arbitrary<string>): Arbitrary<NamedText> =>
  texts.map((text) => ({ name, text }));

/** Inputs of the operations that the rules know, as values. */
export const taskDefinitionValues: Arbitrary<Json> = apiValues("RegisterTaskDefinitionRequest");
export const serviceValues: Arbitrary<Json> = fc.oneof(
  apiValues("CreateServiceRequest"),
  apiValues("UpdateServiceRequest"),
);

export const documentInputs: Arbitrary<NamedText> = fc.oneof(
  { weight: 6, arbitrary: editedFile(documents) },
  {
    weight: 2,
    arbitrary: named(
      "a.taskdef.json",
      taskDefinitionValues.map((it) => JSON.stringify(it, null, 1)),
    ),
  },
  {
    weight: 2,
    arbitrary: named(
      "a.service.json",
      serviceValues.map((it) => JSON.stringify(it)),
    ),
  },
  {
    weight: 2,
    arbitrary: fc
      .tuple(fc.constantFrom(...names.split(" ")), anyText)
      .map(([name, text]) => ({ name, text })),
  },
);

export const clusterInputs: Arbitrary<NamedText> = fc.oneof(
  { weight: 5, arbitrary: editedFile(clusterFiles) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.constantFrom("a.ecs-cluster.json", "a.ecs-fleet.json"), anyText)
      .map(([name, text]) => ({ name, text })),
  },
);
