// Which accounts and Regions the coverage is about: every cluster of them, or the selected cluster alone.

import type { CoverageTarget } from "../../../server/src/lsp/protocol/protocol";
import { awsProfiles } from "../cluster/awsProfiles";
import { awsRegions } from "../cluster/awsRegions";
import { readTargets } from "../cluster/coverageTargets";
import type { CallArguments } from "../commands/callArguments";
import { runWizard } from "../commands/wizard";
import type { Session } from "../session";

interface Answers {
  readonly scope: "chosen" | "account" | undefined;
  readonly profile: string;
  readonly regions: readonly string[];
}

/** Option `targets`: a list of `{ profile, region }`; empty: the selected cluster alone. Returns what is watched. */
export async function selectCoverage(
  session: Session,
  call: CallArguments,
): Promise<{ readonly targets: readonly CoverageTarget[] }> {
  const targets = Array.isArray(call.options.targets)
    ? readTargets(call.options.targets)
    : await ask(session);
  await session.accounts.watch(targets);
  session.views.refresh();
  return { targets };
}

async function ask(session: Session): Promise<readonly CoverageTarget[]> {
  const profiles = await awsProfiles();
  const before = session.accounts.watched.flatMap((it) => (it === "local" ? [] : [it]));
  const first: Answers = { scope: undefined, profile: before[0]?.profile ?? "", regions: [] };
  const answers = await runWizard<Answers>("Coverage", first, [
    {
      ask: async (page, known) => {
        const { chosen } = session.states.current;
        const items = [
          { label: "The selected cluster", description: chosen.title, scope: "chosen" as const },
          {
            label: "All clusters of an AWS account…",
            description: "in one or several Regions",
            scope: "account" as const,
          },
        ];
        const { scope } = await page.pick({ prompt: "Whose coverage?", items });
        return { ...known, scope };
      },
    },
    {
      isAsked: ({ scope }) => scope === "account",
      ask: async (page, known) => {
        const items = [
          { label: "Default credentials", description: "environment, default profile or role", value: "" },
          ...profiles.map((it) => ({ label: it, description: "profile", value: it })),
        ];
        const { value } = await page.pick({
          prompt: "Which credentials?",
          items,
          isChosen: (it) => it.value === known.profile,
        });
        return { ...known, profile: value };
      },
    },
    {
      isAsked: ({ scope }) => scope === "account",
      ask: async (page, known) => {
        const chosen = new Set(before.map((it) => it.region));
        const items = awsRegions.map((label) => ({ label }));
        const picked = await page.pickSeveral({
          prompt: "Which AWS Regions?",
          items,
          isChosen: (it) => chosen.has(it.label),
        });
        return { ...known, regions: picked.map((it) => it.label) };
      },
    },
  ]);
  if (answers.scope === "chosen") return [];
  const { profile, regions } = answers;
  return regions.map((region) => ({ ...(profile !== "" && { profile }), region }));
}
