// ECS places tasks only where the container agent is connected.

import { accepted, type Filter } from "./filter";

export const agent: Filter = {
  name: "agent",
  check: ({ instance }) =>
    instance.agentConnected === undefined
      ? [
          {
            filter: "agent",
            code: "unknown-agent",
            message: "Whether the container agent is connected is not known: its value cannot be read.",
            requested: "connected",
            unknown: true,
            remedy: "Write true or false for agentConnected, or capture the snapshot again.",
          },
        ]
      : instance.agentConnected
        ? accepted
        : [
            {
              filter: "agent",
              code: "agent-disconnected",
              message: "The container agent is not connected, so ECS cannot start a task.",
              requested: "connected",
              available: "disconnected",
              remedy: "Start the container agent, or restore its connection to ECS.",
            },
          ],
};
