// Beside the list: why the selected instance lacks its daemons, and the plan for room there.

import { counted } from "../../../server/src/core/text/counts";
import type { ClusterCoverageDetail, RoomPlanAnswer } from "../../../server/src/lsp/protocol/protocol";
import type { RoomWay } from "../../src/coverage/coverageMessages";
import { button, element, setChildren } from "../dom/dom";
import { type Cell, type IllInstance, nameOf } from "./cells";
import { note } from "./controls";
import { vscode } from "./host";
import { markElement } from "./marks";
import { wordOfCell } from "./words";

const remedies: Readonly<Record<string, string>> = {
  resize: "Reserve less in the task definition, or use larger instances.",
  "change-port": "Change the port, or stop what holds it.",
  "repair-agent": "Restart the container agent, or replace the instance.",
  "repair-instance": "Correct the instance's attributes, AMI or agent configuration.",
  "repair-definition": "Correct the task definition: its image, secrets or command.",
  "change-deployment": "Lower minimumHealthyPercent, or wait for the deployment.",
  "force-deployment": "Force a new deployment of the service.",
  wait: "Wait: ECS is starting or replacing the task.",
};

export class Rail {
  readonly element = element("aside", { class: "rail", attributes: { "aria-label": "Selected instance" } });
  private plan: { readonly instance: string; readonly answer: RoomPlanAnswer } | undefined;
  private planning: string | undefined;

  takePlan(instance: string, answer: RoomPlanAnswer): void {
    this.planning = undefined;
    this.plan = { instance, answer };
  }

  /** A plan is of the moment: after another look it may be otherwise. */
  forgetPlan(): void {
    this.plan = undefined;
  }

  update(detail: ClusterCoverageDetail, selected: IllInstance | undefined): void {
    setChildren(
      this.element,
      selected === undefined
        ? [hint(detail)]
        : [this.instancePane(detail, selected), ...this.roomPane(detail, selected)],
    );
  }

  private instancePane({ daemons }: ClusterCoverageDetail, { instance, cells }: IllInstance): HTMLElement {
    const { id, zone, type } = instance;
    const where = [zone, type].filter((it) => it !== undefined).join(" · ");
    const rest = daemons.length - cells.length;
    return element("section", { class: "cov-pane" }, [
      element("h2", {}, [
        element("code", { text: nameOf(instance) }),
        element("span", { class: "muted", text: ` ${where}` }),
      ]),
      element("p", { class: "muted", text: `Container instance ${id}` }),
      ...cells.map((it) => daemonPart(daemons[it.daemon]?.service ?? "", it)),
      ...(cells.length === 0
        ? [element("p", { text: "Runs every daemon that it should run." })]
        : rest > 0
          ? [element("p", { class: "muted", text: `${counted(rest, "other daemon")} as expected.` })]
          : []),
    ]);
  }

  private roomPane(detail: ClusterCoverageDetail, { instance, cells }: IllInstance): readonly HTMLElement[] {
    const lacking = cells.find((it) => it.remedy === "make-room");
    const daemon = lacking === undefined ? undefined : detail.daemons[lacking.daemon]?.service;
    if (daemon === undefined || !detail.canChange) return [];
    const cluster = detail.summary.choice;
    const ask = () => {
      this.planning = instance.id;
      vscode.postMessage({ kind: "plan", cluster, daemon, instance: instance.id });
      this.update(detail, { instance, cells, excluded: new Set(), mark: "missing" });
    };
    const plan = this.plan?.instance === instance.id ? this.plan.answer : undefined;
    const act = (way: RoomWay) => () =>
      vscode.postMessage({ kind: "makeRoom", cluster, daemon, instances: [instance.id], way });
    const others = lacksRoom(detail, daemon) - 1;
    return [
      element("section", { class: "cov-pane" }, [
        element("h2", { text: "Make room" }),
        ...(plan === undefined
          ? [
              element("p", {
                text: `Plans which replica tasks could stop so that ${daemon} can start. Nothing is changed.`,
              }),
              element("div", { class: "cov-actions" }, [
                this.planning === instance.id
                  ? element("span", { class: "muted", text: "Planning…" })
                  : button("Plan", ask, "primary"),
              ]),
            ]
          : planParts(plan, act)),
        ...(others > 0 ? [this.others(cluster, daemon, others)] : []),
      ]),
    ];
  }

  private others(
    cluster: ClusterCoverageDetail["summary"]["choice"],
    daemon: string,
    count: number,
  ): HTMLElement {
    return element("div", { class: "cov-actions" }, [
      element("span", {
        class: "muted",
        text: `${daemon} lacks room on ${counted(count, "other instance")}.`,
      }),
      button(
        "Make Room on All…",
        () => vscode.postMessage({ kind: "makeRoom", cluster, daemon, way: "stop" }),
        "link",
      ),
    ]);
  }
}

function lacksRoom({ cells, daemons, remedies: all }: ClusterCoverageDetail, daemon: string): number {
  const number = daemons.findIndex((it) => it.service === daemon);
  return all.filter((it, at) => it === "make-room" && cells[at * 4 + 1] === number).length;
}

function hint({ instances, daemons, summary }: ClusterCoverageDetail): HTMLElement {
  if (daemons.length === 0 || summary.instances === 0) return element("section", { class: "cov-pane" });
  const text =
    instances.length === 0
      ? "Show all instances on the map to select one."
      : "Select an instance to see why it lacks a daemon, and what helps.";
  return element("section", { class: "cov-pane" }, [element("p", { class: "muted", text })]);
}

function daemonPart(service: string, { mark, state, reasons, remedy }: Cell): HTMLElement {
  const help = remedy === null ? undefined : remedies[remedy];
  return element("div", { class: "cov-daemon" }, [
    element("h3", {}, [markElement(mark), `${service}: ${wordOfCell(state)}`]),
    ...reasons.map((it) => element("p", { text: it.message })),
    ...(help === undefined ? [] : [element("p", { class: "muted", text: help })]),
  ]);
}

function planParts(plan: RoomPlanAnswer, act: (way: RoomWay) => () => void): readonly HTMLElement[] {
  if ("error" in plan) return [note("warning", plan.error.message, [])];
  const lines = plan.instances.flatMap((it) => it.lines).map((it) => it.trim());
  return [
    ...lines.map((it) => element("p", { text: it })),
    ...(plan.stops > 0
      ? [note("warning", "A stopped task can't be brought back: ECS replaces it.", [])]
      : []),
    element("div", { class: "cov-actions" }, [
      ...(plan.canAct && plan.stops > 0
        ? [button(`Stop ${counted(plan.stops, "Task")}…`, act("stop"), "primary")]
        : []),
      button("Drain Instead…", act("drain")),
      button("Tie Replicas to the Daemon…", act("tie"), "link"),
    ]),
  ];
}
