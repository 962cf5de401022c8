// Slips that people make in an expression: what is underlined, what is said, and what the first fix makes of it.

import assert from "node:assert/strict";
import { test } from "node:test";
import { parseQuery } from "../../../server/src/core/query/parse/parser";
import { openResource } from "../../../server/src/core/resources/resource";
import { validateDocument } from "../../../server/src/core/rules/validate";

interface Slip {
  readonly text: string;
  /** `code «underlined»` of the first diagnostic; there is no other. */
  readonly found: string;
  /** Part of its message. */
  readonly says: string;
  /** The text after its first fix. */
  readonly fixed?: string;
}

const slips: readonly Slip[] = [
  {
    text: "attribute:env == prod & attribute:rack == a",
    found: "expression-unknown-operator «&»",
    says: "'&' is not an operator. Use '&&' or 'and'.",
    fixed: "attribute:env == prod && attribute:rack == a",
  },
  {
    text: "attribute:env == prod|attribute:rack == a",
    found: "expression-unknown-operator «|»",
    says: "'|' is not an operator. Use '||' or 'or'.",
    fixed: "attribute:env == prod||attribute:rack == a",
  },
  {
    text: "attribute:env exists & not(attribute:rack exists)",
    found: "expression-unknown-operator «&»",
    says: "Use '&&' or 'and'.",
    fixed: "attribute:env exists && not(attribute:rack exists)",
  },
  {
    text: "attribute:env = prod",
    found: "expression-single-equals «=»",
    says: "'=' is not an operator. Use '=='.",
    fixed: "attribute:env == prod",
  },
  {
    text: "attribute:env ≠ prod",
    found: "expression-unknown-operator «≠»",
    says: "Did you mean !=?",
    fixed: "attribute:env != prod",
  },
  {
    text: "attribute:env starts_with prod",
    found: "expression-unknown-operator «starts_with»",
    says: "Did you mean =~?",
    fixed: "attribute:env =~ prod",
  },
  {
    text: "attribute:env == “prod”",
    found: "expression-invalid-attribute-value «“prod”»",
    says: "straight single quotes, 'prod'",
    fixed: "attribute:env == 'prod'",
  },
  {
    text: "attribute:env in [‘a b’, c]",
    found: "expression-invalid-attribute-value «‘a b’»",
    says: "straight single quotes, 'a b'",
    fixed: "attribute:env in ['a b', c]",
  },
  {
    text: "attribute:ecs.instance-type =~ “m5.*”",
    found: "expression-invalid-attribute-value «“m5.*”»",
    says: "straight single quotes",
    fixed: "attribute:ecs.instance-type =~ 'm5.*'",
  },
  {
    text: "attribute:ecs.instance-type =~ *.large",
    found: "expression-invalid-pattern «*.large»",
    says: "A pattern is a regular expression, not a file pattern.",
    fixed: "attribute:ecs.instance-type =~ .*\\.large",
  },
  {
    text: "attribute:ecs.instance-type =~ m5.{large,xlarge}",
    found: "expression-invalid-pattern «m5.{large,xlarge}»",
    says: "regular expression, not a file pattern",
    fixed: "attribute:ecs.instance-type =~ m5\\.(large|xlarge)",
  },
  {
    text: "attribute:ecs.instance-type =~ m5*",
    found: "expression-pattern-star «m5*»",
    says: "regular expression, not a file pattern",
    fixed: "attribute:ecs.instance-type =~ m5.*",
  },
  {
    text: "attribute:env == prod or staging",
    found: "expression-unknown-subject «staging»",
    says: "'or' needs a comparison on each side. Did you mean attribute:env in [prod, staging]?",
    fixed: "attribute:env in [prod, staging]",
  },
  {
    text: "attribute:env==prod || staging || 'my dev' and attribute:rack == a",
    found: "expression-unknown-subject «staging»",
    says: "Did you mean attribute:env in [prod, staging, 'my dev']?",
    fixed: "attribute:env in [prod, staging, 'my dev'] and attribute:rack == a",
  },
  {
    text: "attribute:env != prod and staging",
    found: "expression-unknown-subject «staging»",
    says: "Did you mean attribute:env !in [prod, staging]?",
    fixed: "attribute:env !in [prod, staging]",
  },
  {
    text: "attribute:env =~ prod.* or staging",
    found: "expression-unknown-subject «staging»",
    says: "Did you mean attribute:env =~ (prod.*|staging)?",
    fixed: "attribute:env =~ (prod.*|staging)",
  },
  {
    text: "attribute:env == (prod or staging)",
    found: "expression-unexpected-list «(prod or staging)»",
    says: "Use in [prod, staging].",
    fixed: "attribute:env in [prod, staging]",
  },
  {
    text: "attribute:env == prod or == staging",
    found: "expression-missing-subject «==»",
    says: "A subject is expected before '=='",
    fixed: "attribute:env == prod or attribute:env == staging",
  },
  {
    text: "attribute:env == prod, dev",
    found: "expression-unexpected-text «, dev»",
    says: "a list, in [a, b]",
    fixed: "attribute:env in [prod, dev]",
  },
  {
    text: "attribute:env == prod; attribute:rack == a",
    found: "expression-unexpected-text «;»",
    says: "Join comparisons with 'and' or 'or'.",
    fixed: "attribute:env == prod and attribute:rack == a",
  },
  {
    text: "attribute:env == prod plus attribute:rack == a",
    found: "expression-unexpected-text «plus»",
    says: "Join comparisons with 'and' or 'or'.",
    fixed: "attribute:env == prod and attribute:rack == a",
  },
  {
    text: "attribute:node role == edge",
    found: "expression-invalid-attribute-name «node role»",
    says: "a name has no spaces",
  },
  {
    text: "attribute:my node role exists and attribute:a == b",
    found: "expression-invalid-attribute-name «my node role»",
    says: "a name has no spaces",
  },
  {
    text: "prod == attribute:env",
    found: "expression-unknown-subject «prod»",
    says: "The subject comes first: attribute:env == prod.",
    fixed: "attribute:env == prod",
  },
  // What another reading would select is no matter while the text cannot be read.
  {
    text: "attribute:env != prod and attribute:rack =",
    found: "expression-single-equals «=»",
    says: "Use '=='.",
    fixed: "attribute:env != prod and attribute:rack ==",
  },
];

for (const { text, found, says, fixed } of slips)
  test(`${text}: ${says}`, () => {
    const [first, ...others] = validateDocument(openResource("x.ecsquery", text)).filter(
      (it) => it.code !== "expression-missing-value",
    );
    assert.ok(first !== undefined);
    assert.equal(`${first.code} «${text.slice(first.span.start, first.span.end)}»`, found);
    assert.ok(first.message.includes(says), first.message);
    assert.deepEqual(
      others.map((it) => it.code),
      [],
    );
    const edits = first.fixes?.[0]?.edits;
    assert.equal(edits === undefined ? undefined : applyEdits(text, edits), fixed);
  });

test("what is written right is no slip", () => {
  const right = [
    "attribute:env == prod && attribute:rack == a || attribute:b exists",
    "attribute:env =~ (a|b)&?c or attribute:env =~ [a&&b]+",
    "task:group == service:web",
    "attribute:url == https://x/y",
    "attribute:ecs.instance-type =~ m5\\.large|c5\\.large",
  ];
  for (const text of right) assert.deepEqual(parseQuery(text).problems, [], text);
});

function applyEdits(
  text: string,
  edits: readonly {
    readonly span: { readonly start: number; readonly end: number };
    readonly newText: string;
  }[],
): string {
  return [...edits]
    .sort((left, right) => right.span.start - left.span.start)
    .reduce((it, { span, newText }) => it.slice(0, span.start) + newText + it.slice(span.end), text);
}
