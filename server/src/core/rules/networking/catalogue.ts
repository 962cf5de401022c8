// Diagnostics about network mode, ports and names.

import { type CatalogueEntry, client } from "../catalogueEntry";

export const networkDiagnostics = {
  "host-port-mismatch": {
    severity: "error",
    title: "Host port differs from container port",
    message:
      "With network mode {mode} the host port ({hostPort}) has to equal the container port ({containerPort}). Make them equal, or leave hostPort out.",
    why: "In the modes host and awsvpc nothing translates ports: the container's port is the port.",
    server: client(
      "When networkMode={mode}, the host ports and container ports in port mappings must match.",
    ),
  },
  "ports-without-network": {
    severity: "error",
    title: "Port mappings without a network",
    message:
      "With network mode none a container has no network, so it cannot map ports. Remove 'portMappings', or change the mode.",
    why: "The mode none gives containers no connection to the outside.",
  },
  "bad-port": {
    severity: "error",
    title: "Not a port",
    message: "'{member}' is {port}; it has to be {range}.",
    why: "TCP and UDP ports go from 1 to 65535; as a host port, 0 means any free one.",
    server: client("Invalid '{member}' setting for container '{name}'."),
  },
  "port-mapping-without-port": {
    severity: "error",
    title: "Port mapping without a container port",
    message: "A port mapping needs 'containerPort' or 'containerPortRange'. Add one.",
    why: "It maps a port of the container, so it has to name one.",
    server: client("Invalid 'containerPort' setting for container '{name}'."),
  },
  "unknown-protocol": {
    severity: "warning",
    title: "Unknown protocol",
    message: "'{value}' is not a protocol that ECS knows; it takes it for tcp. Write 'tcp' or 'udp'.",
    why: "ECS does not refuse other values, it reads them as tcp.",
  },
  "port-with-two-protocols": {
    severity: "warning",
    title: "Container port with two protocols",
    message:
      "The container port {port} is already mapped with {other}. ECS maps a container port for one protocol only. Use different ports.",
    why: "The API documents that one container port cannot be exposed for two protocols and that an error is returned; no such refusal was observed.",
  },
  "port-used-twice": {
    severity: "error",
    title: "Container port mapped twice",
    message:
      "{other} already maps the container port {port}. Containers of one task share their ports in the mode {mode}.",
    why: "In the modes awsvpc and host all containers of a task share one network.",
    server: client("container port is used multiple times in task"),
  },
  "host-port-used-twice": {
    severity: "error",
    title: "Host port mapped twice",
    message: "The {protocol} host port {port} is already taken by {other}. Use another one.",
    why: "A port of an instance belongs to one container.",
    server: client("{protocol} host port '{port}' is mapped multiple times in task."),
  },
  "reserved-host-port": {
    severity: "warning",
    title: "Host port that every container instance already uses",
    message:
      "The host port {port} is always in use on container instances ({user}), so no instance could take the task. Use another one.",
    why: "The agent reserves the ports of SSH, Docker and itself (on Windows also those of the system) before any task comes.",
  },
  "dynamic-host-port": {
    severity: "hint",
    title: "Host port in the dynamic range",
    message:
      "The host port {port} lies in the range from which dynamic ports are taken ({range}), so it may be in use by chance. Below 32768 is safer.",
    why: "Docker takes dynamic host ports and the kernel outgoing ones from the ephemeral range.",
  },
  "too-many-host-ports": {
    severity: "warning",
    title: "More than 100 host ports",
    message:
      "The task needs {count} fixed host ports, and an instance has at most 100 in all. Use fewer, or dynamic ones.",
    why: "ECS reserves at most 100 host ports per instance, dynamic ones not counted.",
  },
  "bad-port-range": {
    severity: "error",
    title: "Port range not understood",
    message:
      "'{value}' is not a valid port range. Write the first and the last port with a hyphen, the first below the last, between 1 and 65535: \"8000-8010\".",
    why: "A range goes from a lower to a higher port.",
    server: client("Invalid 'containerPortRange' setting"),
  },
  "port-range-and-port": {
    severity: "error",
    title: "Port range together with a single port",
    message: "'{member}' cannot be set together with 'containerPortRange'. Remove one of them.",
    why: "A mapping is for one port or for a range.",
    server: client("cannot specify both single port and port range"),
  },
  "port-range-overlap": {
    severity: "error",
    title: "Port ranges overlap",
    message: "The ports {value} overlap with {other}. Ranges may not share ports.",
    why: "A container port can be mapped once.",
    server: client("container port is used multiple times in task"),
  },
  "port-range-network-mode": {
    severity: "error",
    title: "Port range in this network mode",
    message:
      "Port ranges work with the network modes bridge and awsvpc, not with {mode}. List the ports one by one.",
    why: "With the mode host the container has all ports of the instance anyway.",
    server: client("Invalid 'containerPortRange' setting"),
  },
  "too-many-port-ranges": {
    severity: "error",
    title: "More than 100 port ranges",
    message: "The container has {count} port ranges and ECS accepts at most 100.",
    why: "100 ranges is the limit of a container.",
  },
  "bad-port-name": {
    severity: "error",
    title: "Port name not allowed",
    message:
      "The port name '{name}' is not allowed. Use up to 64 lowercase letters, digits, underscores and hyphens, not beginning with a hyphen.",
    why: "Service Connect and VPC Lattice refer to ports by name, and ECS documents which characters a name can have.",
  },
  "duplicate-port-name": {
    severity: "error",
    title: "Two ports with one name",
    message: "Another port mapping is already called '{name}'. Give this one a name of its own.",
    why: "Service Connect finds ports by name.",
    server: client("port mapping name is already used"),
  },
  "awsvpc-links": {
    severity: "error",
    title: "Links in awsvpc mode",
    message:
      "'links' does not work with network mode awsvpc. Remove it: containers of one task reach each other at localhost.",
    why: "Links belong to Docker's bridge network.",
    server: client("Links are not supported when networkMode=awsvpc."),
  },
  "awsvpc-hostname": {
    severity: "error",
    title: "Host name in awsvpc mode",
    message: "'hostname' does not work with network mode awsvpc. Remove it.",
    why: "The task has the host name of its own network interface.",
    server: client("hostname is not supported on container when networkMode=awsvpc."),
  },
  "awsvpc-extra-hosts": {
    severity: "error",
    title: "Extra hosts in awsvpc mode",
    message: "'extraHosts' does not work with network mode awsvpc. Remove it, or change the mode.",
    why: "All containers of the task share one /etc/hosts, which the agent writes.",
    server: client("Extra hosts are not supported on container when networkMode=awsvpc"),
  },
  "awsvpc-dns-servers": {
    severity: "error",
    title: "DNS servers in awsvpc mode",
    message: "'dnsServers' does not work with network mode awsvpc. Remove it, or change the mode.",
    why: "The task resolves names through the VPC of its network interface.",
    server: client("DNS servers are not supported on container when networkMode=awsvpc"),
  },
  "awsvpc-disable-networking": {
    severity: "error",
    title: "Networking disabled in awsvpc mode",
    message: "'disableNetworking' does not work with network mode awsvpc. Remove it, or use the mode none.",
    why: "All containers of the task share its network interface.",
    server: client("Disable Networking is not supported on container when networkMode=awsvpc"),
  },
  "links-outside-bridge": {
    severity: "warning",
    title: "Links outside bridge mode",
    message: "'links' is for the network mode bridge, and this is {mode}. Remove it.",
    why: "Links belong to Docker's bridge network.",
  },
  "managed-instances-network-mode": {
    severity: "warning",
    title: "Network mode that Managed Instances do not have",
    message: "Managed Instances do not have the network mode {mode}. Use awsvpc or host.",
    why: "ECS documents awsvpc and host for Managed Instances, and their agent refuses bridge.",
  },
  "fault-injection-network-mode": {
    severity: "warning",
    title: "Fault injection in a network mode without it",
    message:
      "Fault injection works with the network modes awsvpc and host, and this is {mode}. Change it, or remove it.",
    why: "Faults are injected into the network of the task, which is its own or that of the instance.",
  },
  "unknown-link": {
    severity: "error",
    title: "Link to a container that does not exist",
    message: "No container is called '{name}'. {advice}",
    why: "A link connects to a container of the same task, as name or name:alias.",
  },
  "bad-extra-host": {
    severity: "warning",
    title: "Not an IP address",
    message: "'{value}' is not a valid IP address, which an entry of /etc/hosts needs.",
    why: "Docker writes the entries into /etc/hosts as they are.",
  },
  "bad-dns-server": {
    severity: "warning",
    title: "DNS server that is not an IP address",
    message: "'{value}' is not a valid IP address, which a DNS server needs.",
    why: "A container could not resolve the name of its DNS server, and Docker refuses to start it.",
  },
} as const satisfies Record<string, CatalogueEntry>;
