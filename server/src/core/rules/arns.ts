// What is wrong with an ARN whatever it names: its partition or its account.

import { nearest } from "../text/spelling";

const partitions = [
  "aws",
  "aws-cn",
  "aws-us-gov",
  "aws-iso",
  "aws-iso-b",
  "aws-iso-e",
  "aws-iso-f",
  "aws-eusc",
];

/**
 * What to say of an ARN behind "is not a valid ARN": an account with a digit too few or too many, or a misspelled
 * partition, is hard to see. Empty where there is nothing to say; words in their places may be placeholders.
 */
export function aboutArn(arn: string): string {
  const [, partition, account] = /^arn:([^:]*):[^:]*:[^:]*:([^:]*):/.exec(arn) ?? [];
  if (partition === undefined || account === undefined) return "";
  if (/^\d+$/.test(account) && account.length !== 12)
    return `: its account has ${account.length} digits, not 12`;
  const isMisspelt = !/^aws(?:-[a-z]+)*$/.test(partition) && nearest(partition, partitions) !== undefined;
  return isMisspelt ? `: '${partition}' is not a partition of AWS` : "";
}
