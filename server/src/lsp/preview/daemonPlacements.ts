// Daemon services and where they land, computed once for as long as texts and cluster stay the same: with every
// keystroke preview and code lens both ask.

import type { Cluster } from "../../core/cluster/containerInstance";
import { daemonServiceOf, type PreviewSubject } from "../../core/language/previewSubject";
import type { Resource } from "../../core/resources/resource";
import { placeDaemon } from "../../core/scheduler/placeDaemon";
import type { DaemonService, Placement } from "../../core/scheduler/placement";

const daemons = new WeakMap<
  Resource,
  { readonly subject: Omit<PreviewSubject, "taskDefinition">; readonly daemon: DaemonService }
>();

/** As `daemonServiceOf`; the same object for the same documents. */
export function daemonOf(subject: PreviewSubject): DaemonService {
  const { taskDefinition, service, byDefault } = subject;
  const known = daemons.get(taskDefinition);
  if (known !== undefined && known.subject.service === service && known.subject.byDefault === byDefault)
    return known.daemon;
  const daemon = daemonServiceOf(subject);
  daemons.set(taskDefinition, { subject: { service, ...(byDefault && { byDefault }) }, daemon });
  return daemon;
}

const placements = new WeakMap<DaemonService, { readonly cluster: Cluster; readonly placement: Placement }>();

/** As `placeDaemon`; the last cluster of each daemon service is remembered. */
export function placementOf(daemon: DaemonService, cluster: Cluster): Placement {
  const known = placements.get(daemon);
  if (known !== undefined && known.cluster === cluster) return known.placement;
  const placement = placeDaemon(daemon, cluster);
  placements.set(daemon, { cluster, placement });
  return placement;
}
