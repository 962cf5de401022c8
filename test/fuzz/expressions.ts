// Expressions for fuzzing: made by the grammar (right, or nearly so), real ones after edits, and any text.

import fc, { type Arbitrary } from "fast-check";
import { expressions } from "./corpus";
import { anyText, editedFile } from "./texts";

const subjects =
  "attribute:env attribute:ecs.instance-type attribute:__proto__ attribute:a.b-c_d/e agentConnected agentVersion ec2InstanceId registeredAt runningTasksCount task:group nonsense";
const operators = "== != in !in =~ !~ > >= < <= exists !exists equals not_in =";
const values = ["'a b'", '"x"', "{{ x }}"].concat(
  "prod t2.* us-east-1a 1.14.5 2018-02-13 3 true service:a (a+)+$ [a-z]+ a{1000} i-1".split(" "),
);

const comparison: Arbitrary<string> = fc
  .tuple(
    fc.constantFrom(...subjects.split(" ")),
    fc.constantFrom(...operators.split(" ")),
    fc.array(fc.constantFrom(...values), { minLength: 1, maxLength: 3 }),
  )
  .map(([subject, operator, given]) => {
    if (operator.endsWith("exists")) return `${subject} ${operator}`;
    const isList = /in$/.test(operator) || given.length === 3;
    return `${subject} ${operator} ${isList ? `[${given.join(", ")}]` : given[0]}`;
  });

/** Expressions of the language, right or nearly so. */
export const grammarExpressions: Arbitrary<string> = fc.letrec<{ any: string; joined: string }>((tie) => ({
  any: fc.oneof({ maxDepth: 4, depthIdentifier: "expression" }, comparison, tie("joined")),
  joined: fc.oneof(
    { depthIdentifier: "expression" },
    fc
      .tuple(tie("any"), fc.constantFrom("and", "or", "&&", "||", "AND"), tie("any"))
      .map((it) => it.join(" ")),
    fc.tuple(fc.constantFrom("not(", "!(", "("), tie("any")).map(([open, it]) => `${open}${it})`),
  ),
})).any;

export const expressionInputs: Arbitrary<string> = fc.oneof(
  { weight: 4, arbitrary: grammarExpressions },
  {
    weight: 4,
    arbitrary: editedFile(expressions.map((text) => ({ name: "", text }))).map((it) => it.text),
  },
  { weight: 1, arbitrary: anyText },
);
