// The coverage panel: one for the window. While it is visible the server looks, and every change is handed to the page.

import { randomBytes } from "node:crypto";
import { commands, Uri, ViewColumn, type WebviewPanel, window } from "vscode";
import type { ClusterChoice } from "../../../server/src/lsp/protocol/protocol";
import { clusterSteps } from "../cluster/clusterSteps";
import { commandId } from "../commands/commandIds";
import { isFailure } from "../failures";
import { latestOnly } from "../preview/latestOnly";
import { scriptPage } from "../preview/panelPage";
import type { Server } from "../server";
import { coverageViewType } from "../viewTypes";
import type { CoverageHostMessage, CoveragePageMessage } from "./coverageMessages";
import type { CoverageWatch } from "./coverageWatch";

/** Makes the panel when it is first asked for, and again after it was closed. */
export class CoveragePanels {
  private panel: CoveragePanel | undefined;

  constructor(
    private readonly extensionUri: Uri,
    private readonly server: Server,
    private readonly watch: CoverageWatch,
  ) {}

  /** Shows the panel; with a cluster that is watched, that one. */
  show(cluster: ClusterChoice | undefined): void {
    const shown =
      this.panel ?? this.adopt(window.createWebviewPanel(coverageViewType, "Coverage", ViewColumn.Active));
    shown.reveal(cluster);
  }

  /** Goes on with a panel after a reload of the window. */
  restore(webview: WebviewPanel): void {
    this.adopt(webview);
  }

  private adopt(webview: WebviewPanel): CoveragePanel {
    const panel = new CoveragePanel(webview, this.extensionUri, this.server, this.watch);
    this.panel = panel;
    webview.onDidDispose(() => {
      this.panel = undefined;
    });
    return panel;
  }
}

class CoveragePanel {
  private key: string | undefined;
  private wanted: ClusterChoice | undefined;
  /** What the page was told last: a cluster of 5,000 instances is not sent again before it was read again. */
  private read = "";
  private readonly refresh = latestOnly(() => this.tell());

  constructor(
    private readonly panel: WebviewPanel,
    extensionUri: Uri,
    private readonly server: Server,
    private readonly watch: CoverageWatch,
  ) {
    const { webview } = panel;
    const built = Uri.joinPath(extensionUri, "dist");
    const file = (name: string) => webview.asWebviewUri(Uri.joinPath(built, name)).toString();
    webview.options = { enableScripts: true, localResourceRoots: [built] };
    const icons = Uri.joinPath(extensionUri, "docs", "icons");
    panel.iconPath = {
      light: Uri.joinPath(icons, "preview-light.svg"),
      dark: Uri.joinPath(icons, "preview-dark.svg"),
    };
    const subscriptions = [
      webview.onDidReceiveMessage((message: CoveragePageMessage) => void this.receive(message)),
      watch.onDidChange(() => this.refreshQuietly()),
      server.onReturned(() => this.refreshQuietly()),
      panel.onDidChangeViewState(() => this.see()),
    ];
    panel.onDidDispose(() => {
      watch.see(this, false);
      for (const it of subscriptions) it.dispose();
    });
    webview.html = scriptPage("Coverage", {
      script: file("coverage.js"),
      styles: file("coverage.css"),
      cspSource: webview.cspSource,
      nonce: randomBytes(16).toString("base64url"),
    });
    this.see();
  }

  reveal(cluster: ClusterChoice | undefined): void {
    this.wanted = cluster;
    this.panel.reveal();
    this.refreshQuietly();
  }

  private see(): void {
    this.watch.see(this, this.panel.visible);
    if (this.panel.visible) this.refreshQuietly();
  }

  private refreshQuietly(): void {
    if (this.panel.visible) void this.refresh().catch(() => undefined);
  }

  private send(message: CoverageHostMessage): void {
    void this.panel.webview.postMessage(message);
  }

  private async tell(): Promise<void> {
    const overview = await this.server.request("coverage", {});
    if (isFailure(overview)) return;
    this.send({ kind: "overview", overview, now: Date.now() });
    const wanted = JSON.stringify(this.wanted);
    const found = overview.clusters.find((it) => JSON.stringify(it.choice) === wanted);
    if (found !== undefined) {
      this.wanted = undefined;
      this.send({ kind: "show", key: found.key });
    }
    const own = overview.clusters.find((it) => it.key === this.key);
    const read = JSON.stringify([own?.key, own?.readAt, own?.problem?.code]);
    if (own === undefined || read === this.read) return;
    this.read = read;
    await this.tellCluster(own.key);
  }

  private async tellCluster(key: string): Promise<void> {
    const detail = await this.server.request("clusterCoverage", { key });
    if (key === this.key) this.send({ kind: "cluster", key, detail });
  }

  private async receive(message: CoveragePageMessage): Promise<void> {
    const { server } = this;
    switch (message.kind) {
      case "ready":
        return this.refreshQuietly();
      case "open":
        this.key = message.key;
        this.read = "";
        if (message.key !== undefined) await this.tellCluster(message.key);
        return;
      case "map":
        return this.send({
          kind: "map",
          key: message.key,
          map: await server.request("coverageMap", message),
        });
      case "plan": {
        const { cluster, daemon, instance } = message;
        const plan = await server.request("roomPlan", {
          cluster,
          daemon,
          instances: [instance],
          way: "stop",
        });
        return this.send({ kind: "plan", instance, plan });
      }
      case "makeRoom": {
        const { kind: _, ...options } = message;
        return void commands.executeCommand(commandId("makeRoom"), options);
      }
      case "step":
        return void commands.executeCommand(clusterSteps[message.step].command);
      case "select":
        return void commands.executeCommand(commandId("selectCoverage"));
      case "refresh":
        return void commands.executeCommand(commandId("refreshCluster"));
    }
  }
}
