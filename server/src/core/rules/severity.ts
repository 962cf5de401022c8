// How bad a diagnostic is, and what ECS itself says about it.

export const severities = ["error", "warning", "information", "hint"] as const;
export type Severity = (typeof severities)[number];

/** ECS's own exception name and words. */
export interface ServerRejection {
  readonly exception: "ClientException" | "InvalidParameterException" | "SerializationException";
  readonly message: string;
}
