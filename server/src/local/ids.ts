// Names that nobody has used before, in the forms that ECS gives them.

import { randomBytes, randomInt, randomUUID } from "node:crypto";

/** Random bytes in stock: asking for a few thousand times costs a hundred times more than asking once. */
let stock = "";
let taken = 0;

function randomHex(bytes: number): string {
  if (taken + 2 * bytes > stock.length) {
    stock = randomBytes(16_384).toString("hex");
    taken = 0;
  }
  taken += 2 * bytes;
  return stock.slice(taken - 2 * bytes, taken);
}

/** 32 hexadecimal digits: container instances, tasks, containers. */
export const newId = (): string => randomHex(16);

/** 19 digits: deployments, service deployments, service revisions. */
export const newNumber = (): string =>
  `${randomInt(1, 10)}${String(randomInt(0, 10 ** 9)).padStart(9, "0")}${String(randomInt(0, 10 ** 9)).padStart(9, "0")}`;

/** 21 letters and digits: deployments of managed daemons. */
export const newDeploymentId = (): string =>
  BigInt(`0x${randomHex(16)}`)
    .toString(36)
    .padStart(21, "0")
    .slice(-21);

export const newUuid = (): string => randomUUID();

export const newEc2InstanceId = (): string => `i-0${randomHex(8)}`;

/** A network interface in 10.0.0.0/16: the attachment, the interface, its address. */
export function newEni(): {
  readonly attachment: string;
  readonly id: string;
  readonly address: string;
  readonly mac: string;
} {
  const [third, fourth] = [randomInt(0, 256), randomInt(4, 255)];
  const mac = ["0a", ...(randomHex(5).match(/../g) ?? [])].join(":");
  return {
    attachment: newUuid(),
    id: `eni-0${randomHex(8)}`,
    address: `10.0.${third}.${fourth}`,
    mac,
  };
}

/** The id of a running container as Docker gives it. */
export const newRuntimeId = (): string => randomHex(32);
