// Strings of a document that are the name of something with a page of its own: images, roles, secrets, log groups.

import { isService, traitsOf } from "../resources/kinds/registry";
import type { Resource } from "../resources/resource";
import { contentSpanOf, get, items, type JsonNode, stringOf } from "../source/tree";
import type { Span } from "../text/span";

export interface Link {
  readonly span: Span;
  readonly target: string;
  readonly tooltip: string;
}

export function linksIn(document: Resource): readonly Link[] {
  const { input } = document;
  if (isService(document))
    return items(get(input, "loadBalancers")).flatMap((it) =>
      link(get(it, "targetGroupArn"), targetGroupPage, "Open the target group in the console"),
    );
  if (!traitsOf(document).hasContainers) return [];
  const containers = items(get(input, "containerDefinitions"));
  return [
    ...["taskRoleArn", "executionRoleArn"].flatMap((it) =>
      link(get(input, it), rolePage, "Open the role in the console"),
    ),
    ...containers.flatMap((it) => link(get(it, "image"), imagePage, "Open the image's page")),
    ...containers.flatMap((it) =>
      items(get(it, "secrets")).flatMap((secret) =>
        link(get(secret, "valueFrom"), secretPage, "Open the secret in the console"),
      ),
    ),
    ...containers.flatMap((it) => logGroup(get(get(it, "logConfiguration"), "options"))),
  ];
}

function link(
  node: JsonNode | undefined,
  page: (value: string) => string | undefined,
  tooltip: string,
): readonly Link[] {
  const value = stringOf(node);
  const target = value === undefined ? undefined : page(value);
  if (node === undefined || target === undefined) return [];
  return [{ span: contentSpanOf(node), target, tooltip }];
}

/** Of the awslogs driver; its page is in the Region that stands beside it. */
function logGroup(options: JsonNode | undefined): readonly Link[] {
  const region = stringOf(get(options, "awslogs-region"));
  if (region === undefined || !regionName.test(region)) return [];
  const page = (group: string) =>
    `https://${region}.console.aws.amazon.com/cloudwatch/home?region=${region}#logsV2:log-groups/log-group/${encodeURIComponent(encodeURIComponent(group)).replaceAll("%", "$")}`;
  return link(get(options, "awslogs-group"), page, "Open the log group in the console");
}

const regionName = /^[a-z]{2}(?:-[a-z]+)+-\d$/;

function targetGroupPage(arn: string): string | undefined {
  const region = /^arn:aws:elasticloadbalancing:([a-z0-9-]+):\d*:targetgroup\//.exec(arn)?.[1];
  return region === undefined || !regionName.test(region)
    ? undefined
    : `https://${region}.console.aws.amazon.com/ec2/home?region=${region}#TargetGroup:targetGroupArn=${encodeURIComponent(arn)}`;
}

function rolePage(arn: string): string | undefined {
  const name = /^arn:aws:iam::\d*:role\/(?:[\w+=,.@/-]*\/)?([\w+=,.@-]+)$/.exec(arn)?.[1];
  return name === undefined
    ? undefined
    : `https://console.aws.amazon.com/iam/home#/roles/details/${encodeURIComponent(name)}`;
}

/** Docker Hub and the public gallery of ECR; other registries have no page that one could know. */
function imagePage(image: string): string | undefined {
  const name = /^([a-z0-9][a-z0-9._/-]*)(?::[\w.-]+)?(?:@sha256:[0-9a-f]{64})?$/.exec(image)?.[1];
  if (name === undefined) return undefined;
  if (name.startsWith("public.ecr.aws/"))
    return `https://gallery.ecr.aws/${name.slice("public.ecr.aws/".length)}`;
  const [first = "", ...rest] = name.split("/");
  if (rest.length === 0) return `https://hub.docker.com/_/${first}`;
  return rest.length === 1 && !first.includes(".") ? `https://hub.docker.com/r/${name}` : undefined;
}

function secretPage(reference: string): string | undefined {
  const [, , service, region, , ...rest] = reference.split(":");
  if (!reference.startsWith("arn:aws:") || region === undefined || !/^[a-z0-9-]+$/.test(region))
    return undefined;
  const base = `https://${region}.console.aws.amazon.com`;
  if (service === "secretsmanager" && rest[0] === "secret" && rest[1] !== undefined)
    return `${base}/secretsmanager/secret?name=${encodeURIComponent(rest[1].replace(/-[A-Za-z0-9]{6}$/, ""))}`;
  const parameter = rest[0]?.startsWith("parameter/") ? rest[0].slice("parameter".length) : undefined;
  if (service !== "ssm" || parameter === undefined) return undefined;
  return `${base}/systems-manager/parameters/${encodeURIComponent(parameter)}/description`;
}
