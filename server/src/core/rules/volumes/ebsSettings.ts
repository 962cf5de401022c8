// Settings of an EBS volume that contradict each other, or the task: its snapshot, its key, its file system.

import { set } from "../../source/change";
import { at, booleanOf, get, items, type JsonNode, keyOf, stringOf } from "../../source/tree";
import { fix } from "../fix";
import type { Report } from "../rule";
import { changeTo, filled, removal } from "../ruleHelpers";
import { serviceRule } from "../service/serviceRule";

export const ebsSettings = serviceRule(
  ["ebs-snapshot-id", "ebs-file-system", "ebs-key-unused"],
  ({ service, task }, report) => {
    if (service.isDaemon) return;
    for (const volume of items(get(service.input, "volumeConfigurations"))) {
      const ebs = get(volume, "managedEBSVolume");
      const idNode = get(ebs, "snapshotId");
      const id = stringOf(idNode);
      if (idNode && id && /^(?:(?:vol|ami|fs|i)-[0-9a-f]+|arn:.*|[0-9a-f]{8,17})$/.test(id))
        report("ebs-snapshot-id", idNode, { id });
      const key = filled(ebs, "kmsKeyId");
      const encrypted = get(ebs, "encrypted");
      if (key && encrypted && booleanOf(encrypted) === false)
        report(
          "ebs-key-unused",
          keyOf(key),
          {},
          { fixes: [fix("Encrypt the volume", false, set(encrypted, true)), removal(key)] },
        );
      // Without a family of operating systems it is Linux, unless the whole definition is open.
      if (at(task?.input, "runtimePlatform", "operatingSystemFamily"))
        checkFileSystem(get(ebs, "filesystemType"), task?.os, report);
    }
  },
);

function checkFileSystem(node: JsonNode | undefined, os: string | undefined, report: Report): void {
  const type = stringOf(node);
  if (!node || type === undefined || (os !== "linux" && os !== "windows")) return;
  if (type === "ntfs" && os === "linux")
    report(
      "ebs-file-system",
      node,
      { type, os: "Windows", instead: "xfs or ext4" },
      { fixes: [changeTo(node, "xfs", false)] },
    );
  if (["xfs", "ext3", "ext4"].includes(type) && os === "windows")
    report(
      "ebs-file-system",
      node,
      { type, os: "Linux", instead: "ntfs" },
      { fixes: [changeTo(node, "ntfs", false)] },
    );
}
