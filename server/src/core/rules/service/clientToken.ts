// The token by which ECS recognizes a repeated request, of a service and of a managed daemon.

import { get, stringOf } from "../../source/tree";
import { invalid } from "../catalogueEntry";
import type { Rule } from "../rule";
import { removal } from "../ruleHelpers";

export const clientToken: Rule = {
  codes: ["bad-client-token"],
  check({ input }, report) {
    const token = get(input, "clientToken");
    const text = stringOf(token);
    // ECS reads an empty text as no token (community.aws.ecs_service always sends one).
    if (!token || text === undefined || /^[!-~]{0,36}$/.test(text)) return;
    const server = text.length > 36 ? { server: invalid("idempotency token longer than 36.") } : {};
    report("bad-client-token", token, {}, { fixes: [removal(token)], ...server });
  },
};
