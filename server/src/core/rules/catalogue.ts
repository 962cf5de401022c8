// The catalogue of diagnostics: data, one entry per code. Codes are stable for ever and never reused.
export const catalogue = {} as const;
export type Code = string;
