// Account settings: kept and answered; the endpoint behaves as if all of them were at their defaults.

import { account } from "../arns";
import { invalidParameter } from "../errors";
import type { Operation } from "../operation";
import { type JsonObject, optionalBoolean, optionalText, requiredText } from "../request/input";
import { pageOf, pageSize } from "../request/paging";
import type { SettingRecord } from "../state/records";
import type { World } from "../state/world";

/** Names of the API model with the values of an account that never changed any. */
const defaults: Readonly<Record<string, string>> = {
  awsvpcTrunking: "disabled",
  containerInsights: "disabled",
  containerInstanceLongArnFormat: "enabled",
  defaultLogDriverMode: "non-blocking",
  fargateEventWindows: "disabled",
  fargateFIPSMode: "disabled",
  fargateTaskRetirementWaitPeriod: "7",
  guardDutyActivate: "off",
  serviceLongArnFormat: "enabled",
  tagResourceAuthorization: "off",
  taskLongArnFormat: "enabled",
};

const rootUser = `arn:aws:iam::${account}:root`;

function nameOf(input: JsonObject): string {
  const name = requiredText(input, "name", "Setting name");
  if (!Object.hasOwn(defaults, name))
    throw invalidParameter(`${name} should be one of [${Object.keys(defaults).join(",")}]`);
  return name;
}

const keyOf = (name: string, principal?: string): string =>
  principal === undefined ? name : `${name} ${principal}`;

function answer({ name, value, principal }: SettingRecord): JsonObject {
  const type = name === "guardDutyActivate" ? "aws_managed" : "user";
  return { name, value, principalArn: principal ?? rootUser, type };
}

export const putAccountSetting: Operation = (world, input) => {
  const name = nameOf(input);
  const value = requiredText(input, "value", "Setting value");
  const principal = optionalText(input, "principalArn") ?? rootUser;
  const setting = { name, value, principal };
  world.settings.put(keyOf(name, principal), setting);
  return { setting: answer(setting) };
};

export const putAccountSettingDefault: Operation = (world, input) => {
  const setting = { name: nameOf(input), value: requiredText(input, "value", "Setting value") };
  world.settings.put(keyOf(setting.name), setting);
  return { setting: answer(setting) };
};

export const deleteAccountSetting: Operation = (world, input) => {
  const name = nameOf(input);
  const principal = optionalText(input, "principalArn") ?? rootUser;
  world.settings.delete(keyOf(name, principal));
  return { setting: answer(effective(world, name, principal)) };
};

function effective(world: World, name: string, principal: string): SettingRecord {
  return (
    world.settings.get(keyOf(name, principal)) ??
    world.settings.get(keyOf(name)) ?? { name, value: defaults[name] ?? "" }
  );
}

export const listAccountSettings: Operation = (world, input) => {
  const name = input.name === undefined ? undefined : nameOf(input);
  const value = optionalText(input, "value");
  const principal = optionalText(input, "principalArn") ?? rootUser;
  const every = Object.keys(defaults).map((it) =>
    optionalBoolean(input, "effectiveSettings") === true
      ? { ...effective(world, it, principal), principal }
      : world.settings.get(keyOf(it, principal)),
  );
  const settings = every
    .filter((it) => it !== undefined)
    .filter((it) => (name === undefined || it.name === name) && (value === undefined || it.value === value));
  const page = pageOf(
    settings,
    (it) => it.name,
    { operation: "ListAccountSettings", input },
    pageSize(input, 100, 10),
  );
  return { settings: page.items.map(answer), nextToken: page.nextToken };
};
