import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { openResource } from "../../../server/src/core/resources/resource";
import { type Environment, nodeEnvironment } from "../../../server/src/lsp/base/environment";
import { loadLater } from "../../../server/src/lsp/loadLater";
import type { DocumentStore } from "../../../server/src/lsp/workspace/documentStore";
import { createWorkspaceIndex } from "../../../server/src/lsp/workspace/workspaceIndex";
import { type TemporaryFolder, temporaryFolder } from "../../support/temporaryFolder";

const nothingOpen: DocumentStore = {
  get: () => undefined,
  all: () => [],
  text: () => undefined,
  setModules: () => {},
  setKinds: () => {},
  version: () => undefined,
  uris: () => [],
  onOpened: () => {},
  onChanged: () => {},
  onClosed: () => {},
};

const folders: TemporaryFolder[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) folder.remove();
});

async function indexOf(files: Readonly<Record<string, string>>, more: Partial<Environment> = {}) {
  const folder = temporaryFolder(files);
  folders.push(folder);
  const index = createWorkspaceIndex({ ...nodeEnvironment(loadLater), ...more }, nothingOpen);
  index.setFolders([folder.uri]);
  await index.ready();
  return { folder, index };
}

const definition = (family: string) => JSON.stringify({ family, containerDefinitions: [] });
const service = (taskDefinition: string, schedulingStrategy = "DAEMON") =>
  JSON.stringify({ serviceName: "s", taskDefinition, schedulingStrategy });

test("task definitions and services are found under any name, other JSON is not kept", async () => {
  const { folder, index } = await indexOf({
    "deep/er/whatever.json": definition("agent"),
    "agent.service.json": service("agent"),
    "package.json": '{ "name": "x" }',
    "broken.json": "{ nothing",
    "node_modules/x/y.taskdef.json": definition("vendored"),
    ".cache/z.taskdef.json": definition("hidden"),
  });
  assert.deepEqual(
    index.workspace().documents.map((it) => it.source.file),
    [folder.uriOf("agent.service.json"), folder.uriOf("deep/er/whatever.json")],
  );
});

test("a service refers to its family by name, revision or ARN", async () => {
  const { folder, index } = await indexOf({ "a.taskdef.json": definition("agent") });
  const meant = (reference: string) =>
    index.workspace().definitionOf(openResource(folder.uriOf("x.service.json"), service(reference)));
  for (const reference of [
    "agent",
    "agent:12",
    "arn:aws:ecs:eu-west-1:123456789012:task-definition/agent:12",
  ])
    assert.equal(meant(reference)?.source.file, folder.uriOf("a.taskdef.json"), reference);
  for (const reference of ["agents", "{{ family }}", "", "arn:aws:ecs:::task-definition/"])
    assert.equal(meant(reference), undefined, reference);
});

test("only daemon services belong to a daemon, every service refers", async () => {
  const { index, folder } = await indexOf({
    "a.taskdef.json": definition("agent"),
    "daemon.service.json": service("agent"),
    "replica.service.json": service("agent", "REPLICA"),
  });
  const found = index.find(folder.uriOf("a.taskdef.json"));
  assert.ok(found);
  assert.equal(index.workspace().daemonsOf(found).length, 1);
  assert.equal(index.workspace().servicesOf(found).length, 2);
});

test("a file that appears, changes or goes is read anew", async () => {
  const { index, folder } = await indexOf({ "a.taskdef.json": definition("agent") });
  folder.write("b.taskdef.json", definition("router"));
  assert.equal(await index.filesChanged([folder.uriOf("b.taskdef.json")]), true);
  const router = openResource(folder.uriOf("x.service.json"), service("router"));
  assert.ok(index.workspace().definitionOf(router));
  folder.write("b.taskdef.json", definition("gateway"));
  await index.filesChanged([folder.uriOf("b.taskdef.json")]);
  assert.equal(index.workspace().definitionOf(router), undefined);
  folder.write("c.json", "{}");
  assert.equal(await index.filesChanged([folder.uriOf("c.json")]), false);
});

test("the folders are read when something first asks, once", async () => {
  const listed: string[] = [];
  const environment = nodeEnvironment(loadLater);
  const folder = temporaryFolder({ "a.taskdef.json": definition("agent") });
  folders.push(folder);
  const index = createWorkspaceIndex(
    {
      ...environment,
      listFolder: (path) => {
        listed.push(path);
        return environment.listFolder(path);
      },
    },
    nothingOpen,
  );
  index.setFolders([folder.uri]);
  assert.deepEqual(listed, []);
  await Promise.all([index.ready(), index.ready()]);
  // The folder itself, its workflows, and what is beside the task definition.
  assert.equal(listed.length, 3);
  await index.ready();
  assert.equal(listed.length, 3);
});

test("the files around a document show who sends it, from when they are there", async () => {
  const { index, folder } = await indexOf({ "ecs/a.taskdef.json": definition("agent") });
  const document = openResource(folder.uriOf("ecs/a.taskdef.json"), definition("agent"));
  assert.equal(index.senderOf(document), "awsCli");
  folder.write("ecs/ecspresso.yml", "region: eu-west-1");
  assert.equal(await index.filesChanged([folder.uriOf("ecs/ecspresso.yml")]), true);
  assert.equal(index.senderOf(document), "ecspresso");
  const flow =
    "- uses: aws-actions/amazon-ecs-deploy-task-definition@v2\n  with: { task-definition: ecs/b.taskdef.json }";
  folder.write(".github/workflows/deploy.yml", flow);
  folder.write("b/ecs/b.taskdef.json", definition("other"));
  await index.filesChanged([
    folder.uriOf(".github/workflows/deploy.yml"),
    folder.uriOf("b/ecs/b.taskdef.json"),
  ]);
  const other = openResource(folder.uriOf("b/ecs/b.taskdef.json"), definition("other"));
  assert.equal(index.senderOf(other), "githubAction");
});

test("a configuration of ecspresso pairs the files that it names, from when it is there until it is gone", async () => {
  const { index, folder } = await indexOf({
    "a/first.taskdef.json": definition("first"),
    "a/s.service.json": JSON.stringify({ schedulingStrategy: "DAEMON", launchType: "EC2" }),
  });
  const pairedNow = () => {
    const service = index.find(folder.uriOf("a/s.service.json"));
    assert.ok(service);
    return index.workspace().pairingOf(service).taskDefinition?.source.file;
  };
  assert.equal(pairedNow(), undefined);
  const config = folder.uriOf("a/ecspresso.yml");
  folder.write("a/ecspresso.yml", "service_definition: s.service.json\ntask_definition: first.taskdef.json");
  await index.filesChanged([config]);
  assert.equal(pairedNow(), folder.uriOf("a/first.taskdef.json"));
  folder.write("a/ecspresso.yml", "service_definition: s.service.json");
  await index.filesChanged([config]);
  assert.equal(pairedNow(), undefined);
});

test("a workspace without end is read up to a bound", async () => {
  const endless = createWorkspaceIndex(
    {
      ...nodeEnvironment(loadLater),
      listFolder: async () => [
        { name: "again", isFolder: true },
        { name: "more", isFolder: true },
        { name: "x.json", isFolder: false },
      ],
      fileStamp: async () => ({ modified: 0, size: 10 }),
      readFile: async () => "{}",
    },
    nothingOpen,
  );
  endless.setFolders(["file:///endless"]);
  await endless.ready();
  assert.deepEqual(endless.workspace().documents, []);
});
