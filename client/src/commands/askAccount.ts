// Which cluster of which account: profile, Region and cluster, each from a list, and each from the keyboard where the
// list has it not.

import { CancellationError, type QuickPickItem, window } from "vscode";
import type { ClusterChoice } from "../../../server/src/lsp/protocol/protocol";
import { awsProfiles } from "../cluster/awsProfiles";
import { awsRegions } from "../cluster/awsRegions";
import { awsChoice } from "../cluster/clusterChoice";
import { readClusterSettings } from "../cluster/clusterStore";
import { isFailure, showFailure } from "../failures";
import { withProgress } from "../progress";
import type { Session } from "../session";
import { askText, given } from "./ask";

const title = "Cluster of an AWS Account";

interface Item extends QuickPickItem {
  /** Absent on the entry that leads to the keyboard. */
  readonly value?: string;
}

/** What the settings name is offered first. Dismissing any of the three cancels the command. */
export async function askAccount(session: Session): Promise<ClusterChoice> {
  const { aws } = readClusterSettings();
  const profile = await askProfile(aws.profile);
  const region = await askRegion(aws.region);
  const { endpointUrl } = aws;
  const cluster = await askClusterName(session, { profile, region, endpointUrl }, aws.cluster);
  return awsChoice({ cluster, profile, region, endpointUrl });
}

async function askProfile(preset: string): Promise<string> {
  const profiles = await awsProfiles();
  if (profiles.length === 0) return preset;
  return askOne("Which credentials?", preset, [
    { label: "$(key) Default credentials", description: "environment, default profile or role", value: "" },
    ...profiles.map((it) => ({ label: it, description: "profile", value: it })),
  ]);
}

async function askRegion(preset: string): Promise<string> {
  const known = awsRegions.includes(preset) || preset === "" ? awsRegions : [preset, ...awsRegions];
  const items: readonly Item[] = [
    { label: "$(globe) Default Region", description: "of the profile or the environment", value: "" },
    ...known.map((it) => ({ label: it, value: it })),
    { label: "$(edit) Another Region…" },
  ];
  return askOne("Which AWS Region?", preset, items, () =>
    askText({
      title,
      prompt: "AWS Region",
      placeHolder: "eu-west-1",
      value: preset,
      validateInput: (text) =>
        /^[a-z]{2,}(-[a-z]+)+-\d+$/.test(text.trim()) ? undefined : "A Region looks like eu-west-1.",
    }),
  );
}

/** Clusters that cannot be listed can still be named: that is another permission. */
async function askClusterName(
  session: Session,
  where: { readonly profile: string; readonly region: string; readonly endpointUrl: string },
  preset: string,
): Promise<string> {
  const written = Object.entries(where).filter(([, value]) => value !== "");
  const answer = await withProgress("Listing the clusters", (step) =>
    session.server.request("listClusters", Object.fromEntries(written), step),
  );
  const type = () =>
    askText({
      title,
      prompt: "Name of the ECS cluster",
      value: preset,
      validateInput: (text) => (text.trim() === "" ? "A cluster has a name." : undefined),
    });
  if (isFailure(answer)) {
    // Whoever gave no MFA code has cancelled; any other obstacle is told, and the name can still be typed.
    if (answer.error.code === "AbortError") throw new CancellationError();
    showFailure(answer);
    return type();
  }
  const items: readonly Item[] = [
    ...answer.clusters.map(({ name, arn }) => ({ label: name, description: placeOf(arn), value: name })),
    { label: "$(edit) Another cluster…" },
  ];
  return askOne("Which cluster?", preset, items, type);
}

/** The value picked, the preset one first; an entry without a value is typed. */
async function askOne(
  placeHolder: string,
  preset: string,
  items: readonly Item[],
  type?: () => Promise<string>,
): Promise<string> {
  const first = items.filter((it) => it.value === preset);
  const rest = items.filter((it) => it.value !== preset);
  const options = { title, placeHolder, ignoreFocusOut: true, matchOnDescription: true };
  const { value } = given(await window.showQuickPick([...first, ...rest], options));
  if (value !== undefined) return value;
  return type === undefined ? "" : type();
}

/** `account 123456789012, eu-west-1`, from the cluster's ARN. */
function placeOf(arn: string): string {
  const [, , , region = "", account = ""] = arn.split(":");
  return `account ${account}, ${region}`;
}
