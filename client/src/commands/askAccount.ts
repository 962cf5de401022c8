// Which cluster of which account: endpoint where the settings name one, profile, Region and cluster, each from a list, and
// each from the keyboard where the list has it not.

import { CancellationError, type QuickPickItem } from "vscode";
import type { ClusterChoice } from "../../../server/src/lsp/protocol/protocol";
import { awsProfiles } from "../cluster/awsProfiles";
import { awsRegions } from "../cluster/awsRegions";
import { awsChoice } from "../cluster/clusterChoice";
import { readClusterSettings } from "../cluster/clusterStore";
import { isFailure, showFailure } from "../failures";
import { withProgress } from "../progress";
import type { Session } from "../session";
import type { WizardPage, WizardStep } from "./wizard";

export interface AccountAnswers {
  /** Whether an account is asked for at all. */
  readonly isAccount?: boolean;
  readonly endpointUrl?: string;
  readonly profile?: string;
  readonly region?: string;
  readonly cluster?: string;
}

interface Item extends QuickPickItem {
  /** Absent on the entry that leads to the keyboard. */
  readonly value?: string;
}

/** What the settings name is offered first. An endpoint of the settings counts only where it is picked. */
export function accountSteps<Answers extends AccountAnswers>(
  session: Session,
): readonly WizardStep<Answers>[] {
  const { aws } = readClusterSettings();
  const profiles = awsProfiles();
  let known: readonly string[] = [];
  const step = (
    isAsked: (answers: Answers) => boolean,
    ask: (page: WizardPage, answers: Answers) => Promise<AccountAnswers>,
  ): WizardStep<Answers> => ({
    isAsked: (answers) => answers.isAccount === true && isAsked(answers),
    ask: async (page, answers) => ({ ...answers, ...(await ask(page, answers)) }),
  });
  void profiles.then((it) => {
    known = it;
  });
  return [
    step(
      () => aws.endpointUrl !== "",
      async (page, answers) => ({
        endpointUrl: await askEndpoint(page, aws.endpointUrl, answers.endpointUrl),
      }),
    ),
    step(
      () => known.length > 0,
      async (page, answers) => ({
        profile: await askProfile(page, await profiles, answers.profile ?? aws.profile),
      }),
    ),
    step(
      () => true,
      async (page, answers) => ({ region: await askRegion(page, answers.region ?? aws.region) }),
    ),
    step(
      () => true,
      async (page, answers) => ({ cluster: await askClusterName(session, page, answers, aws.cluster) }),
    ),
  ];
}

/** The cluster that the answers name. */
export function accountOf(answers: AccountAnswers): ClusterChoice {
  const { aws } = readClusterSettings();
  const { cluster = aws.cluster, profile = aws.profile, region = aws.region, endpointUrl = "" } = answers;
  return awsChoice({ cluster, profile, region, endpointUrl });
}

async function askEndpoint(page: WizardPage, url: string, before: string | undefined): Promise<string> {
  const items: readonly Item[] = [
    { label: "$(cloud) Amazon ECS", description: "the endpoint of the AWS Region", value: "" },
    { label: `$(plug) ${url}`, description: "the setting ecsDaemon.aws.endpointUrl", value: url },
  ];
  const { value } = await page.pick({
    prompt: "Which endpoint?",
    items,
    isChosen: (it) => it.value === before,
  });
  return value ?? "";
}

async function askProfile(page: WizardPage, profiles: readonly string[], preset: string): Promise<string> {
  const items: readonly Item[] = [
    { label: "$(key) Default credentials", description: "environment, default profile or role", value: "" },
    ...profiles.map((it) => ({ label: it, description: "profile", value: it })),
  ];
  return askValue(page, "Which credentials?", preset, items);
}

function askRegion(page: WizardPage, preset: string): Promise<string> {
  const known = awsRegions.includes(preset) || preset === "" ? awsRegions : [preset, ...awsRegions];
  const items: readonly Item[] = [
    { label: "$(globe) Default Region", description: "of the profile or the environment", value: "" },
    ...known.map((it) => ({ label: it, value: it })),
    { label: "$(edit) Another Region…" },
  ];
  return askValue(page, "Which AWS Region?", preset, items, () =>
    page.text({
      prompt: "AWS Region",
      placeHolder: "eu-west-1",
      value: preset,
      problem: (text) =>
        /^[a-z]{2,}(-[a-z]+)+-\d+$/.test(text.trim()) ? undefined : "A Region looks like eu-west-1.",
    }),
  );
}

/** Clusters that cannot be listed can still be named: that is another permission. */
async function askClusterName(
  session: Session,
  page: WizardPage,
  { profile = "", region = "", endpointUrl = "", cluster }: AccountAnswers,
  preset: string,
): Promise<string> {
  const written = Object.entries({ profile, region, endpointUrl }).filter(([, value]) => value !== "");
  const answer = await withProgress("Listing the clusters", (step) =>
    session.server.request("listClusters", Object.fromEntries(written), step),
  );
  const type = () =>
    page.text({
      prompt: "Name of the ECS cluster",
      value: cluster ?? preset,
      problem: (text) => (text.trim() === "" ? "Enter the name of a cluster." : undefined),
    });
  if (isFailure(answer)) {
    // Whoever gave no MFA code has cancelled; any other obstacle is shown, and the name can still be typed.
    if (answer.error.code === "AbortError") throw new CancellationError();
    showFailure(answer);
    return type();
  }
  const items: readonly Item[] = [
    ...answer.clusters.map(({ name, arn }) => ({ label: name, description: placeOf(arn), value: name })),
    { label: "$(edit) Another cluster…" },
  ];
  return askValue(page, "Which cluster?", cluster ?? preset, items, type);
}

/** The value picked, the preset one first; an entry without a value is typed. */
async function askValue(
  page: WizardPage,
  prompt: string,
  preset: string,
  items: readonly Item[],
  type?: () => Promise<string>,
): Promise<string> {
  const first = items.filter((it) => it.value === preset);
  const rest = items.filter((it) => it.value !== preset);
  const { value } = await page.pick({ prompt, items: [...first, ...rest] });
  if (value !== undefined) return value;
  return type === undefined ? "" : type();
}

/** `account 123456789012, eu-west-1`, from the cluster's ARN. */
function placeOf(arn: string): string {
  const [, , , region = "", account = ""] = arn.split(":");
  return `account ${account}, ${region}`;
}
