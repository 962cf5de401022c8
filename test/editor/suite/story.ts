// The daemon's story in a trusted workspace: from text with mistakes to one task on exactly the right instance.

import assert from "node:assert/strict";
import {
  type CodeAction,
  ConfigurationTarget,
  commands,
  env,
  lm,
  ShellExecution,
  type Tab,
  type TabInputWebview,
  tasks,
  Uri,
  window,
  workspace,
} from "vscode";
import { call, done, isFailure, theExtension } from "./commands";
import { agent, codeOf, daemonService, edit, errorsUnderline, oursOf, show, writeJson } from "./documents";
import { eventually, type Suite } from "./runner";

export function storyTests({ test }: Suite): void {
  let definition: Uri;
  let service: Uri;
  let prodService: Uri;
  let chosen: string;

  test("every command of the manifest is registered once the extension is active", async () => {
    const extension = theExtension();
    await extension.activate();
    const declared: { command: string }[] = extension.packageJSON.contributes.commands;
    const registered = new Set(await commands.getCommands(true));
    assert.ok(declared.length >= 13);
    assert.deepEqual(
      declared.map((it) => it.command).filter((it) => !registered.has(it)),
      [],
    );
  });

  test("a JSON file of someone else's gets no diagnostics of ours", async () => {
    const stranger = await show(await writeJson("user.service.json", { user: "x" }));
    const ours = await show(await writeJson("first.taskdef.json", { ...agent, containerDefinitions: [] }));
    await eventually("the server has looked at both", () => oursOf(ours).length > 0);
    assert.deepEqual(oursOf(stranger), []);
  });

  test("mistakes are underlined at the token that is wrong, and go when they are corrected", async () => {
    const mistaken = await writeJson("mistaken.taskdef.json", {
      ...agent,
      family: "mistaken",
      placementConstraints: [{ type: "memberOf", expression: "attribute:env = prod" }],
    });
    const document = await show(mistaken);
    await edit(document, '"memoryReservation"', '"memoryReservatoin"');
    await edit(document, '"sourceVolume": "proc"', '"sourceVolume": "prco"');
    const found = await errorsUnderline(document, ['"memoryReservatoin"', '"prco"', "="]);
    for (const it of found) assert.match(codeOf(it), /^[a-z][a-z0-9-]+$/);

    await edit(document, '"memoryReservatoin"', '"memoryReservation"');
    await edit(document, '"sourceVolume": "prco"', '"sourceVolume": "proc"');
    await edit(document, "attribute:env = prod", "attribute:ecs.os-type == linux");
    await eventually("nothing is underlined", () => oursOf(document).length === 0);
    await document.save();
  });

  test("a quick fix writes another severity of a code into the settings of the workspace", async () => {
    const misspelt = await writeJson("severity.taskdef.json", {
      ...agent,
      family: "severity",
      placmentConstraints: [],
    });
    const document = await show(misspelt);
    await eventually("the misspelt member is underlined", () => oursOf(document).length === 1);
    const [finding] = oursOf(document);
    assert.ok(finding);
    const actions = await commands.executeCommand<CodeAction[]>(
      "vscode.executeCodeActionProvider",
      document.uri,
      finding.range,
    );
    const command = actions.find(
      (it) => it.title === `Switch off '${codeOf(finding)}' in this file`,
    )?.command;
    assert.ok(command, actions.map((it) => it.title).join());
    await commands.executeCommand(command.command, ...(command.arguments ?? []));
    await eventually("nothing is underlined", () => oursOf(document).length === 0);
    const settings = workspace.getConfiguration("ecsDaemon");
    assert.deepEqual(settings.inspect("diagnostics")?.workspaceValue, [
      { code: codeOf(finding), files: workspace.asRelativePath(misspelt, false), severity: "off" },
    ]);
    await settings.update("diagnostics", undefined, ConfigurationTarget.Workspace);
  });

  test("the page about a code is written by the server, and shown", async () => {
    const page = await commands.executeCommand<string>("ecsDaemon.internal.showDocumentation", {
      code: "unused-volume",
      topic: "volumes",
    });
    const shown = (it: Tab) => /markdown/.test((it.input as TabInputWebview | undefined)?.viewType ?? "");
    await eventually("the page is a preview", () => window.tabGroups.all.some((it) => it.tabs.some(shown)));
    const written = await workspace.fs.readFile(Uri.parse(page).with({ fragment: "" }));
    assert.match(new TextDecoder().decode(written), /\n## unused-volume\n/);
    await window.tabGroups.close(window.tabGroups.all.flatMap((it) => it.tabs.filter(shown)));
  });

  test("without a cluster the preview says what to do", async () => {
    definition = await writeJson("datadog-agent.taskdef.json", agent);
    const answer = await call("previewPlacement", definition);
    assert.ok(isFailure(answer));
    assert.equal(answer.error.code, "no-cluster");
  });

  test("a fleet file of the workspace is a cluster", async () => {
    const fleet = await writeJson("three.ecs-fleet.json", {
      groups: [{ count: 3, instanceType: "m5.large", zones: ["us-east-1a"] }],
    });
    await done("selectCluster", fleet);
    const { summary } = await done("previewPlacement", definition);
    assert.equal(summary.instances, 3);
    assert.equal(summary.place, 3);
  });

  test("an assistant finds the tools, and is answered by the language server", async () => {
    const names = lm.tools.flatMap((it) => (it.name.startsWith("ecsDaemon_") ? [it.name] : []));
    assert.equal(names.length, 4, names.join());
    const { content } = await lm.invokeTool("ecsDaemon_explain_expression", {
      input: { expression: "attribute:env exists" },
      toolInvocationToken: undefined,
    });
    assert.match(JSON.stringify(content), /Truth table/);
  });

  test("a task validates the workspace folder, and its lines are diagnostics", async () => {
    const [task] = await tasks.fetchTasks({ type: "ecs-daemon" });
    assert.ok(task?.execution instanceof ShellExecution);
    assert.deepEqual(task.problemMatchers, ["$ecs-daemon"]);
    assert.deepEqual(task.execution.args?.slice(-4), ["validate", ".", "--format", "lines"]);
  });

  test("the local cluster starts with five container instances and becomes the chosen one", async () => {
    const started = await done("startLocalCluster");
    assert.equal(started.instances, 5);
    assert.match(started.url, /^http:\/\/127\.0\.0\.1:\d+\/?$/);
    const answer = await done("previewPlacement", definition);
    assert.equal(answer.cluster.kind, "local");
    assert.equal(answer.summary.place, 5);
    assert.match(answer.sentence, /5 of 5/);
  });

  test("the preview is a panel of its own beside the editor", async () => {
    const panels = window.tabGroups.all
      .flatMap((group) => group.tabs)
      .filter((tab) => (tab.input as TabInputWebview | undefined)?.viewType?.endsWith("ecsDaemon.preview"));
    assert.equal(panels.length, 1);
    assert.match(panels[0]?.label ?? "", /datadog-agent\.taskdef\.json/);
  });

  test("register, create and verify put one task on each of the five", async () => {
    service = await writeJson("datadog-agent.service.json", daemonService("datadog-agent", "datadog-agent"));
    const registered = await done("registerTaskDefinition", definition);
    assert.match(registered.taskDefinition ?? "", /task-definition\/datadog-agent:1$/);
    const created = await done("createService", definition, { service: service.toString() });
    assert.deepEqual(
      created.steps.map((it) => [it.name, it.outcome]),
      [["createService", "done"]],
    );
    const verified = await done("verifyService", definition, { service: service.toString() });
    assert.equal(verified.verify?.verified, true);
    assert.equal(verified.verify?.running.length, 5);
  });

  test("an instance that joins gets its task by itself", async () => {
    const joined = await done("addLocalInstances", undefined, { count: 1 });
    assert.equal(joined.added.length, 1);
    assert.equal(joined.instances, 6);
    const { verify } = await done("verifyService", undefined, { serviceName: "datadog-agent" });
    assert.equal(verify?.verified, true);
    assert.equal(verify?.running.length, 6);
    assert.ok(verify?.running.includes(joined.added[0] ?? ""));
  });

  test("with env=prod on one instance a service that asks for it lands there alone", async () => {
    const before = await done("previewPlacement", definition, { service: service.toString() });
    chosen = before.instances[2]?.id ?? "";
    assert.equal(
      (
        await done("putAttributes", undefined, {
          instances: [chosen],
          attributes: [{ name: "env", value: "prod" }],
        })
      ).changed,
      1,
    );
    await done("deleteService", undefined, { serviceName: "datadog-agent" });
    prodService = await writeJson(
      "datadog-agent-prod.service.json",
      daemonService("datadog-agent-prod", "datadog-agent", "attribute:env==prod"),
    );
    const preview = await done("previewPlacement", definition, { service: prodService.toString() });
    assert.equal(preview.summary.instances, 6);
    assert.equal(preview.summary.place, 1);
    assert.equal(preview.summary.excluded, 5);
    for (const instance of preview.instances) {
      if (instance.id === chosen) assert.equal(instance.verdict, "place");
      else {
        assert.equal(instance.verdict, "excluded");
        const reason = instance.reasons.find((it) => it.filter === "constraints");
        assert.match(reason?.message ?? "", /attribute:env\s*==\s*prod/);
      }
    }
  });

  test("and a deploy of it is verified on exactly that instance", async () => {
    const report = await done("deploy", definition, { service: prodService.toString() });
    assert.deepEqual(
      report.steps.map((it) => it.name),
      ["register", "createService", "verify"],
    );
    assert.deepEqual(report.verify, { ...report.verify, verified: true, running: [chosen] });
  });

  test("the cluster is captured in a snapshot that previews the same", async () => {
    const file = definition.with({ path: definition.path.replace(/[^/]*$/, "captured.ecs-cluster.json") });
    const options = { file: file.toString(), maskAccounts: true };
    const captured = await done("captureCluster", undefined, options);
    assert.deepEqual(captured, { file: file.toString(), instances: 6, tasks: 1 });
    const text = new TextDecoder().decode(await workspace.fs.readFile(file));
    assert.ok(text.includes("000000000000") && !text.includes("123456789012"));
    const { summary } = await done("previewPlacement", definition, {
      service: prodService.toString(),
      cluster: file.toString(),
    });
    assert.deepEqual([summary.instances, summary.keep, summary.excluded], [6, 1, 5]);
  });

  test("expressions are compared with what the cluster selects by them", async () => {
    const { comparisons } = await done("compareWithAws", prodService);
    assert.deepEqual(
      comparisons.map((it) => [it.expression, it.agrees, it.ecs.matched]),
      [["attribute:env==prod", true, [chosen]]],
    );
    const named = await done("compareWithAws", undefined, { expression: "agentConnected == true" });
    assert.equal(named.comparisons[0]?.ecs.matched.length, 6);
  });

  test("a deployment is copied as AWS CLI commands", async () => {
    const { commands: copied } = await done("copyAsAwsCli", definition);
    assert.match(copied[0] ?? "", /^aws ecs /);
    assert.ok(copied.every((it) => it.includes("--endpoint-url http://127.0.0.1:")));
    assert.equal(await env.clipboard.readText(), `${copied.join("\n")}\n`);
  });

  test("an attribute is deleted again, and its daemon's task goes by itself", async () => {
    const options = { instances: [chosen], names: ["env"] };
    assert.deepEqual(await done("deleteAttributes", undefined, options), { changed: 1 });
    const preview = await done("previewPlacement", definition, { service: prodService.toString() });
    assert.deepEqual([preview.summary.place, preview.summary.keep], [0, 0]);
  });

  test("a definition that ECS rejects is not deployed, with ECS's words", async () => {
    const broken = await writeJson("broken.taskdef.json", {
      family: "broken",
      containerDefinitions: [{ name: "a", image: "a" }],
    });
    const stopped = await call("registerTaskDefinition", broken);
    assert.ok(isFailure(stopped));
    assert.equal(stopped.error.message, "1 error in broken.taskdef.json. Nothing was sent.");
    const answer = await call("registerTaskDefinition", broken, { despiteErrors: true });
    const told = isFailure(answer)
      ? answer.error.message
      : (answer.steps.find((it) => it.outcome === "failed")?.detail ?? "");
    assert.match(told, /memory/i);
  });

  test("the service is deleted and the cluster stopped", async () => {
    const deleted = await done("deleteService", undefined, { serviceName: "datadog-agent-prod" });
    assert.match(deleted.status, /^(DRAINING|INACTIVE)$/);
    assert.deepEqual(await done("stopLocalCluster"), { stopped: true });
    assert.deepEqual(await done("stopLocalCluster"), { stopped: false });
  });
}
