// The Python SDK against the endpoint, where python3 has it.

import assert from "node:assert/strict";
import { execFile, spawnSync } from "node:child_process";
import { test } from "node:test";
import { startTestEndpoint } from "../support/localEndpoint";

const story = `
import json, sys, boto3
from botocore.config import Config
from botocore.exceptions import ClientError

ecs = boto3.client(
    "ecs", endpoint_url=sys.argv[1], region_name="eu-central-1",
    aws_access_key_id="test", aws_secret_access_key="test",
    config=Config(retries={"max_attempts": 3, "mode": "standard"}),
)
out = {}
ecs.register_task_definition(family="agent", containerDefinitions=[{"name": "agent", "image": "a", "memory": 128}])
ecs.create_service(serviceName="agent", taskDefinition="agent", schedulingStrategy="DAEMON")
ecs.get_waiter("services_stable").wait(services=["agent"], WaiterConfig={"Delay": 1, "MaxAttempts": 5})
pages = list(ecs.get_paginator("list_tasks").paginate(serviceName="agent", PaginationConfig={"PageSize": 2}))
tasks = [arn for page in pages for arn in page["taskArns"]]
out["pages"] = [len(page["taskArns"]) for page in pages]
out["region"] = tasks[0].split(":")[3]
described = ecs.describe_tasks(tasks=tasks)["tasks"]
out["created"] = type(described[0]["createdAt"]).__name__
instances = ecs.list_container_instances()["containerInstanceArns"]
ecs.put_attributes(attributes=[{"name": "env", "value": "prod", "targetId": instances[0]}])
out["filtered"] = len(ecs.list_container_instances(filter="attribute:env == prod")["containerInstanceArns"])
try:
    ecs.describe_clusters(clusters=["x"])
    ecs.list_tasks(cluster="x")
except ecs.exceptions.ClusterNotFoundException as error:
    out["error"] = error.response["Error"]
try:
    ecs.execute_command(cluster="default", task=tasks[0], command="ls", interactive=True)
except ClientError as error:
    out["unsupported"] = error.response["Error"]["Code"]
print(json.dumps(out))
`;

function pythonWithBoto3(): string | undefined {
  return ["python3", "/usr/bin/python3"].find((it) => spawnSync(it, ["-c", "import boto3"]).status === 0);
}

const python = pythonWithBoto3();
if (python !== undefined) {
  test("boto3 registers, creates, waits, pages and reads errors", async (t) => {
    const { endpoint, local } = await startTestEndpoint(t);
    await local("SetFault", { operation: "ListTasks", effect: "throttle", count: 1 });
    const output = await new Promise<string>((resolve, reject) => {
      execFile(python, ["-c", story, endpoint.url], { encoding: "utf8" }, (error, stdout, stderr) =>
        error === null ? resolve(stdout) : reject(new Error(stderr)),
      );
    });
    assert.deepEqual(JSON.parse(output), {
      pages: [2, 2, 1],
      region: "eu-central-1",
      created: "datetime",
      filtered: 1,
      error: { Message: "Cluster not found.", Code: "ClusterNotFoundException" },
      unsupported: "UnsupportedFeatureException",
    });
  });
}
