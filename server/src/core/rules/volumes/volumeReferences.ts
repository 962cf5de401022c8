// What volumes of FSx and S3 Files refer to: IDs and ARNs that are surely of something else.

import { taskDefinitionView } from "../../resources/taskDefinitionView";
import { at, get, type JsonNode, stringOf } from "../../source/tree";
import type { Report, Rule } from "../rule";
import { changeTo } from "../ruleHelpers";

export const volumeReferences: Rule = {
  codes: ["fsx-file-system-id", "fsx-credentials", "s3-files-arn"],
  check({ document }, report) {
    for (const volume of taskDefinitionView(document)?.volumes ?? []) {
      checkFsx(get(volume, "fsxWindowsFileServerVolumeConfiguration"), report);
      const files = get(volume, "s3filesVolumeConfiguration");
      checkFilesArn(get(files, "fileSystemArn"), report);
      checkFilesArn(get(files, "accessPointArn"), report);
    }
  },
};

function checkFsx(fsx: JsonNode | undefined, report: Report): void {
  const idNode = get(fsx, "fileSystemId");
  const id = stringOf(idNode);
  if (
    idNode &&
    id &&
    /^(?:[0-9a-f]{8,17}|(?:fsx|efs|vol|svm|fsvol)-[0-9a-f]+|arn:.*|.*\.amazonaws\.com)$/.test(id)
  ) {
    const meant = /(?<=file-system\/)fs-\w+$/.exec(id)?.[0];
    report("fsx-file-system-id", idNode, { id }, { fixes: [changeTo(idNode, meant, false)] });
  }
  const reference = at(fsx, "authorizationConfig", "credentialsParameter");
  const value = stringOf(reference);
  // A word in capitals, or one about ARNs, may be a placeholder.
  const isName = /^[A-Z\d_./-]*[a-z][\w./-]*$/.test(value ?? "") && !/^(?:my|your)|arn/i.test(value ?? "");
  const isOther = value?.startsWith("arn:") && !/^arn:[\w-]+:(?:secretsmanager|ssm):/.test(value);
  if (reference && value && (isName || isOther)) report("fsx-credentials", reference, {});
}

function checkFilesArn(node: JsonNode | undefined, report: Report): void {
  const arn = stringOf(node);
  const isOther = /^(?:fs|fsap)-[0-9a-f]+$|^arn:[\w-]+:(?!s3files:)[a-z]/;
  if (node && arn && isOther.test(arn)) report("s3-files-arn", node, { arn });
}
