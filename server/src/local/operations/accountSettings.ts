// Account settings: kept and answered; the endpoint behaves as if all of them were at their defaults.

import { account } from "../arns";
import { invalidParameter } from "../errors";
import type { Operation } from "../operation";
import { type JsonObject, optionalBoolean, optionalText, requiredText } from "../request/input";
import { pageOf, pageSize } from "../request/paging";
import type { SettingRecord } from "../state/records";
import type { World } from "../state/world";

const switched = ["enabled", "disabled"] as const;

/** Names of the API model with the values that each can have; first that of an account that never changed any. */
const settings: Readonly<Record<string, readonly [string, ...string[]]>> = {
  awsvpcTrunking: ["disabled", "enabled"],
  containerInsights: ["disabled", "enabled", "enhanced"],
  containerInstanceLongArnFormat: switched,
  defaultLogDriverMode: ["non-blocking", "blocking"],
  fargateEventWindows: ["disabled", "enabled"],
  fargateFIPSMode: ["disabled", "enabled"],
  fargateTaskRetirementWaitPeriod: ["7", "0", "14"],
  guardDutyActivate: ["off", "on"],
  serviceLongArnFormat: switched,
  tagResourceAuthorization: ["off", "on"],
  taskLongArnFormat: switched,
};

const rootUser = `arn:aws:iam::${account}:root`;

function nameOf(input: JsonObject): string {
  const name = requiredText(input, "name", "Setting name");
  if (!Object.hasOwn(settings, name))
    throw invalidParameter(`${name} should be one of [${Object.keys(settings).join(",")}]`);
  return name;
}

/** Seen in aws/aws-cli#3785: ECS takes no other case either. */
function settingValue(input: JsonObject, name: string): string {
  const value = requiredText(input, "value", "Setting value");
  if (settings[name]?.includes(value) !== true) throw invalidParameter("Invalid setting 'value'");
  return value;
}

const keyOf = (name: string, principal?: string): string =>
  principal === undefined ? name : `${name} ${principal}`;

function answer({ name, value, principal }: SettingRecord): JsonObject {
  const type = name === "guardDutyActivate" ? "aws_managed" : "user";
  return { name, value, principalArn: principal ?? rootUser, type };
}

export const putAccountSetting: Operation = (world, input) => {
  const name = nameOf(input);
  const value = settingValue(input, name);
  const principal = optionalText(input, "principalArn") ?? rootUser;
  const setting = { name, value, principal };
  world.settings.put(keyOf(name, principal), setting);
  return { setting: answer(setting) };
};

export const putAccountSettingDefault: Operation = (world, input) => {
  const name = nameOf(input);
  const setting = { name, value: settingValue(input, name) };
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
    world.settings.get(keyOf(name)) ?? { name, value: settings[name]?.[0] ?? "" }
  );
}

export const listAccountSettings: Operation = (world, input) => {
  const name = input.name === undefined ? undefined : nameOf(input);
  const value = optionalText(input, "value");
  const principal = optionalText(input, "principalArn") ?? rootUser;
  const every = Object.keys(settings).map((it) =>
    optionalBoolean(input, "effectiveSettings") === true
      ? { ...effective(world, it, principal), principal }
      : world.settings.get(keyOf(it, principal)),
  );
  const found = every
    .filter((it) => it !== undefined)
    .filter((it) => (name === undefined || it.name === name) && (value === undefined || it.value === value));
  const page = pageOf(
    found,
    (it) => it.name,
    { operation: "ListAccountSettings", input },
    pageSize(input, 100, 10),
  );
  return { settings: page.items.map(answer), nextToken: page.nextToken };
};
