// ECS places tasks only where the container agent is connected.

import type { Filter } from "./filter";

export const agent: Filter = {
  name: "agent",
  title: "Agent",
  check: ({ instance }) =>
    instance.agentConnected
      ? []
      : [
          {
            filter: "agent",
            code: "agent-disconnected",
            message: "The container agent is not connected, so that ECS cannot start a task.",
            requested: "connected",
            available: "disconnected",
            remedy: "Start the agent, or give it back its way to ECS.",
          },
        ],
};
