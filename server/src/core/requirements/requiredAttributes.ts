// The capability attributes that ECS requires of an instance for what a task definition uses: those of the table, and
// those whose name is in the definition itself.

import { asObject, member, type PlainObject } from "../text/plainValue";
import { unknownAt } from "../text/unknownValue";
import { agentCapability, type CapabilityRow, dockerApi, dockerCapability } from "./capabilityRow";
import { capabilityTable } from "./capabilityTable";
import { type DefinitionView, textAt } from "./definitionView";
import type { AttributeRequirement, UnknownAttribute } from "./requirements";

type NamedRow = Pick<CapabilityRow, "because" | "attributes"> & Pick<AttributeRequirement, "plugin">;

/** Required attributes of a definition, each once, sorted by name. */
export function requiredAttributes(view: DefinitionView): readonly AttributeRequirement[] {
  const required = new Map<string, AttributeRequirement>();
  const rows: readonly NamedRow[] = [...capabilityTable.filter((it) => it.uses(view)), ...namedRows(view)];
  for (const { because, attributes, plugin } of rows) {
    for (const name of attributes)
      if (!required.has(name))
        required.set(name, { name, because, ...(plugin === undefined ? {} : { plugin }) });
  }
  return [...required.values()].sort((left, right) => (left.name < right.name ? -1 : 1));
}

/** Attributes that the definition may require as well, depending on what its placeholders are filled with. */
export function unknownAttributes(view: DefinitionView): readonly UnknownAttribute[] {
  const fixed = capabilityTable.flatMap(({ because, attributes, uses, reads }): UnknownAttribute[] => {
    if (uses(view)) return [];
    const values = [...new Set(reads.flatMap((it) => unknownAt(view.task, ...it.split("."))))];
    return values.length === 0 ? [] : attributes.map((name) => ({ values, name, because }));
  });
  const named = nameDeciders.flatMap(({ because, path }): UnknownAttribute[] => {
    const values = unknownAt(view.task, ...path.split("."));
    return values.length === 0 ? [] : [{ values, name: undefined, because }];
  });
  return [...fixed, ...named];
}

/** What the names of attributes are made of. */
const nameDeciders = [
  { because: "log driver", path: "containerDefinitions.logConfiguration.logDriver" },
  { because: "volume driver", path: "volumes.dockerVolumeConfiguration.driver" },
  { because: "FireLens type", path: "containerDefinitions.firelensConfiguration.type" },
  {
    because: "FireLens configuration",
    path: "containerDefinitions.firelensConfiguration.options.config-file-type",
  },
] as const;

/** The lowest Docker API version that has a log driver, as far as ECS names one in what it requires. */
const loggingApi: ReadonlyMap<string, number> = new Map([
  ["json-file", 18],
  ["syslog", 18],
  ["journald", 19],
  ["gelf", 20],
  ["fluentd", 20],
  ["awslogs", 19],
  ["splunk", 22],
]);

/** Rows whose attribute has a name from the definition: log drivers, volume drivers, FireLens. */
function namedRows(view: DefinitionView): readonly NamedRow[] {
  const drivers = view.containers
    .map((it) => textAt(it, "logConfiguration", "logDriver"))
    .filter((it) => it !== undefined && plainName.test(it));
  const volumeDrivers = view.volumes
    .map((it) => textAt(it, "dockerVolumeConfiguration", "driver"))
    .filter((it) => it !== undefined && plainName.test(it));
  const dockerVolumes = view.volumes.some(
    (it) => asObject(member(it, "dockerVolumeConfiguration")) !== undefined,
  );
  return [
    ...drivers.map((driver) => ({
      because: `log driver ${driver}`,
      attributes: [dockerCapability(`logging-driver.${driver}`), ...apiOf(driver)],
    })),
    ...(dockerVolumes ? [{ because: "a Docker volume", attributes: [dockerApi(25)] }] : []),
    ...volumeDrivers.map((driver) => ({
      because: `volume driver ${driver}`,
      // The agent writes the colon of a plug-in's tag as a dot, since attribute names have none.
      attributes: [agentCapability(`docker-plugin.${driver?.replaceAll(":", ".")}`)],
      // `local` is part of Docker: every agent reports it.
      ...(driver === "local" ? {} : { plugin: driver }),
    })),
    ...view.containers.flatMap(firelensRows),
  ];
}

/** A template is no name. */
const plainName = /^[\w./:@-]+$/;

function apiOf(driver: string | undefined): readonly string[] {
  const version = loggingApi.get(driver ?? "");
  return version === undefined ? [] : [dockerApi(version)];
}

function firelensRows(container: PlainObject): readonly NamedRow[] {
  const type = textAt(container, "firelensConfiguration", "type");
  if (type !== "fluentd" && type !== "fluentbit") return [];
  const config = textAt(container, "firelensConfiguration", "options", "config-file-type");
  return [
    { because: `FireLens with ${type}`, attributes: [agentCapability(`firelens.${type}`)] },
    ...(config === "s3" || config === "file"
      ? [
          {
            because: `a FireLens configuration from ${config}`,
            attributes: [agentCapability(`firelens.options.config.${config}`)],
          },
        ]
      : []),
  ];
}
