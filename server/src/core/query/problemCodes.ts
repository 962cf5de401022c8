// Everything that can be wrong with, or surprising about, an expression: one entry per code, as data. The
// diagnostics catalogue takes these entries over as they are; codes are stable for ever and never reused.

/** `{name}` in a message is filled from the problem's parameters; `wrong` and `right` are expressions. */
interface QueryProblemEntry {
  readonly severity: "error" | "warning" | "information" | "hint";
  readonly title: string;
  readonly message: string;
  readonly why: string;
  readonly wrong: string;
  readonly right: string;
}

/** Syntax: the text is no expression of the language. */
const syntaxProblems = {
  "expression-empty": {
    severity: "error",
    title: "The expression is empty",
    message: "The expression is empty. Write one such as attribute:ecs.instance-type == m5.large.",
    why: "A memberOf constraint selects container instances by its expression; an empty one selects nothing that could be named.",
    wrong: " ",
    right: "attribute:ecs.instance-type == m5.large",
  },
  "expression-too-long": {
    severity: "error",
    title: "The expression is longer than ECS accepts",
    message:
      "The expression has {length} characters and ECS accepts at most {limit}. Use a list, a pattern, or an attribute of your own.",
    why: "The API limits the expression of a placement constraint to 2,000 characters.",
    wrong: `attribute:rack in [${Array.from({ length: 300 }, (_, it) => `rack-${it}`).join(", ")}]`,
    right: "attribute:rack =~ rack-[0-9]+",
  },
  "expression-too-deep": {
    severity: "error",
    title: "The expression nests too deeply",
    message:
      "The expression nests more than {limit} levels deep; nothing deeper is read. Remove parentheses.",
    why: "No useful expression nests that deeply, and a limit keeps a hostile one from exhausting the stack.",
    wrong: `${"(".repeat(210)}attribute:env == prod and attribute:tier == web${")".repeat(210)}`,
    right: "attribute:env == prod and attribute:tier == web",
  },
  "expression-missing-comparison": {
    severity: "error",
    title: "A comparison is missing",
    message: "A comparison is expected {where}, such as attribute:env == prod.",
    why: "`and`, `or` and `not` join comparisons, and parentheses enclose them; each needs one.",
    wrong: "attribute:env == prod and",
    right: "attribute:env == prod and attribute:tier == web",
  },
  "expression-missing-subject": {
    severity: "error",
    title: "A comparison has no subject",
    message: "A subject is expected before '{operator}', such as attribute:env.",
    why: "A comparison is a subject, an operator and, for most operators, a value.",
    wrong: "== prod",
    right: "attribute:env == prod",
  },
  "expression-missing-attribute-name": {
    severity: "error",
    title: "The attribute's name is missing",
    message: "The name of an attribute is expected right after 'attribute:', without a space.",
    why: "A subject is one word: `attribute:` followed at once by the name.",
    wrong: "attribute: env == prod",
    right: "attribute:env == prod",
  },
  "expression-unknown-subject": {
    severity: "error",
    title: "The subject does not exist",
    message: "'{subject}' is no subject of the query language. {advice}",
    why: "Subjects are attribute:NAME, agentConnected, agentVersion, ec2InstanceId, registeredAt, runningTasksCount and task:group, spelled exactly so.",
    wrong: "attributes:env == prod",
    right: "attribute:env == prod",
  },
  "expression-expected-operator": {
    severity: "error",
    title: "A comparison has no operator",
    message: "An operator is expected after '{subject}', such as == or exists.",
    why: "A subject alone says nothing; `exists` asks whether an instance has an attribute.",
    wrong: "attribute:env",
    right: "attribute:env exists",
  },
  "expression-single-equals": {
    severity: "error",
    title: "A single = is no operator",
    message: "A single = is no operator of the query language. Did you mean ==?",
    why: "The documented spellings of equality are `==` and `equals`.",
    wrong: "attribute:env = prod",
    right: "attribute:env == prod",
  },
  "expression-unknown-operator": {
    severity: "error",
    title: "The operator does not exist",
    message: "'{operator}' is no operator of the query language. {advice}",
    why: "Operators are ==, !=, >, >=, <, <=, in, !in, =~, !~, exists and !exists, or their word forms (equals, not_equals, greater_than, greater_than_equal, less_than, less_than_equal, not_in, matches, not_matches, not_exists).",
    wrong: "attribute:env <> prod",
    right: "attribute:env != prod",
  },
  "expression-missing-value": {
    severity: "error",
    title: "A comparison has no value",
    message: "A value is expected after '{operator}'. A value that is a keyword needs quotes.",
    why: "Every operator but exists and !exists compares with a value.",
    wrong: "attribute:env ==",
    right: "attribute:env == prod",
  },
  "expression-unexpected-value": {
    severity: "error",
    title: "A value where none belongs",
    message: "'{operator}' takes no value, so '{value}' cannot follow it.",
    why: "`exists` and `!exists` only ask whether an instance has the attribute.",
    wrong: "attribute:env exists true",
    right: "attribute:env exists",
  },
  "expression-unexpected-list": {
    severity: "error",
    title: "A list where a single value belongs",
    message: "'{operator}' compares with one value, not with a list. Use {instead}.",
    why: "Lists belong to `in` and `!in`.",
    wrong: "attribute:env == [prod, stage]",
    right: "attribute:env in [prod, stage]",
  },
  "expression-expected-list": {
    severity: "error",
    title: "The list has no square brackets",
    message: "'{operator}' takes a list in square brackets, such as [a, b].",
    why: "The argument of `in` and `!in` is documented as a list in square brackets.",
    wrong: "attribute:env in prod",
    right: "attribute:env in [prod]",
  },
  "expression-parenthesized-list": {
    severity: "error",
    title: "A list in parentheses",
    message: "A list is written in square brackets, [a, b]; parentheses only group comparisons.",
    why: "An early draft of the language wrote lists in parentheses; the released one uses square brackets.",
    wrong: "attribute:env in (prod, stage)",
    right: "attribute:env in [prod, stage]",
  },
  "expression-unclosed-list": {
    severity: "error",
    title: "The list is not closed",
    message: "The list that starts here has no closing {bracket}.",
    why: "A list runs from `[` to `]`.",
    wrong: "attribute:env in [prod, stage",
    right: "attribute:env in [prod, stage]",
  },
  "expression-list-separator": {
    severity: "error",
    title: "List items are separated by single commas",
    message: "The items of a list are separated by one comma each; {what}.",
    why: "A list is `[a, b, c]`: one comma between two items, none at the ends.",
    wrong: "attribute:env in [prod stage]",
    right: "attribute:env in [prod, stage]",
  },
  "expression-unclosed-string": {
    severity: "error",
    title: "The quoted value is not closed",
    message: "The value that starts here has no closing {quote}.",
    why: "A quoted value runs from one quote to the next; the language documents no escapes.",
    wrong: "attribute:env == 'prod",
    right: "attribute:env == 'prod'",
  },
  "expression-unbalanced-parenthesis": {
    severity: "error",
    title: "Parentheses do not balance",
    message: "This parenthesis has no {partner} partner.",
    why: "Every `(` needs its `)`.",
    wrong: "(attribute:env == prod and attribute:tier == web",
    right: "(attribute:env == prod and attribute:tier == web)",
  },
  "expression-missing-conjunction": {
    severity: "error",
    title: "Two comparisons without and/or between them",
    message: "Before '{next}' the word and (or the word or) is missing.",
    why: "Comparisons are joined by `and`/`&&` or `or`/`||`.",
    wrong: "attribute:env == prod attribute:tier == web",
    right: "attribute:env == prod and attribute:tier == web",
  },
  "expression-unexpected-text": {
    severity: "error",
    title: "Text that belongs to nothing",
    message: "'{text}' cannot stand here. {advice}",
    why: "A value ends at a space or a comma unless it is quoted, and nothing but and, or, or a closing parenthesis can follow a comparison.",
    wrong: "attribute:team == data platform",
    right: "attribute:team == 'data platform'",
  },
  "expression-not-equals-sign": {
    severity: "error",
    title: "not takes no equals sign",
    message: "not is followed by what it negates, without '{operator}': not(…).",
    why: "`not` is written before a comparison or a parenthesis and is no operator.",
    wrong: "not=(attribute:env == prod)",
    right: "not(attribute:env == prod)",
  },
} as const satisfies Record<string, QueryProblemEntry>;

/** Spelling that is accepted here, and which ECS does not document. */
const spellingProblems = {
  "expression-double-quotes": {
    severity: "warning",
    title: "Double quotes are not documented",
    message: "Only single quotes are documented for values. Write {replacement}.",
    why: "Whether ECS reads double quotes as quotes or as part of the value is documented nowhere.",
    wrong: 'attribute:env == "prod"',
    right: "attribute:env == 'prod'",
  },
  "expression-keyword-case": {
    severity: "warning",
    title: "Keywords are documented in lower case",
    message: "'{keyword}' is documented in lower case only. Write {replacement}.",
    why: "Whether ECS reads keywords in another case is documented nowhere.",
    wrong: "attribute:env == prod AND attribute:tier == web",
    right: "attribute:env == prod and attribute:tier == web",
  },
  "expression-needless-parentheses": {
    severity: "warning",
    title: "Parentheses around a single comparison",
    message: "Parentheses around a single comparison are not part of the documented language. Remove them.",
    why: "Parentheses are documented for precedence only: a single expression may not contain them (`not(…)` is the documented exception).",
    wrong: "(attribute:env == prod) and attribute:tier == web",
    right: "attribute:env == prod and attribute:tier == web",
  },
} as const satisfies Record<string, QueryProblemEntry>;

/** Well-formed, and wrong or likely not what was meant. */
const meaningProblems = {
  "expression-operator-mismatch": {
    severity: "error",
    title: "The operator does not go with the subject",
    message: "'{operator}' cannot be asked of {subject}, which is {type}. It takes {operators}.",
    why: "Each subject documents the operators it supports, and this one makes no sense for its type.",
    wrong: "ec2InstanceId > i-0abc",
    right: "ec2InstanceId == i-0abc",
  },
  "expression-undocumented-operator": {
    severity: "warning",
    title: "The operator is not documented for the subject",
    message: "'{operator}' is not documented for {subject}, and ECS may reject it. It documents {operators}.",
    why: "Each subject documents the operators it supports; what ECS does with another one is not known.",
    wrong: "runningTasksCount in [0, 1]",
    right: "runningTasksCount <= 1",
  },
  "expression-attribute-ordering": {
    severity: "warning",
    title: "Attributes have no documented order",
    message:
      "Attribute values are text, and how ECS orders them with '{operator}' is not documented, so the outcome is unknown. Compare with ==, in or =~.",
    why: "9 and 10 order differently as numbers and as text; nothing says which one ECS uses.",
    wrong: "attribute:generation >= 5",
    right: "attribute:generation in [5, 6, 7]",
  },
  "expression-value-type": {
    severity: "error",
    title: "The value has the wrong type",
    message: "{subject} is compared with {expected}; '{value}' is none.",
    why: "registeredAt takes dates, agentVersion versions, runningTasksCount whole numbers, agentConnected true or false.",
    wrong: "runningTasksCount == none",
    right: "runningTasksCount == 0",
  },
  "expression-invalid-attribute-name": {
    severity: "error",
    title: "No attribute can have this name",
    message:
      "No attribute can be named '{name}': a name has 1 to 128 letters, digits, hyphens, underscores, slashes, backslashes and periods.",
    why: "ECS accepts only such names for attributes, so the comparison could never find one.",
    wrong: "attribute:cost+center == 42",
    right: "attribute:cost-center == 42",
  },
  "expression-invalid-attribute-value": {
    severity: "warning",
    title: "No attribute can have this value",
    message: "No attribute can have the value '{value}': {reason}.",
    why: "A value has 1 to 128 letters, digits, hyphens, underscores, periods, at signs, slashes, backslashes, colons and inner spaces.",
    wrong: "attribute:owner == a&b",
    right: "attribute:owner == a-b",
  },
  "expression-invalid-pattern": {
    severity: "error",
    title: "The pattern is no regular expression",
    message: "'{pattern}' is no valid Java regular expression: {reason}.",
    why: "Patterns follow java.util.regex.Pattern.",
    wrong: "attribute:ecs.instance-type =~ *5.large",
    right: "attribute:ecs.instance-type =~ .*5.large",
  },
  "expression-unsupported-pattern": {
    severity: "warning",
    title: "The pattern cannot be evaluated here",
    message:
      "The pattern is valid for ECS, but {feature} cannot be evaluated here, so the outcome is unknown. Write the pattern without it to get a preview.",
    why: "Patterns are evaluated by an engine whose time is linear in its input; it has no look-around and no backreferences.",
    wrong: "attribute:ecs.instance-type =~ (?!t2).*",
    right: "not(attribute:ecs.instance-type =~ t2.*)",
  },
  "expression-pattern-anchoring": {
    severity: "hint",
    title: "The pattern has to match the whole value",
    message:
      "The pattern has to match the whole value: '{pattern}' selects no value that merely {contains} it. {advice}",
    why: "AWS does not document whether =~ searches or matches. The whole value is the reading used here; with this pattern a search would select more instances.",
    wrong: "attribute:ecs.instance-type =~ g4*",
    right: "attribute:ecs.instance-type =~ g4.*",
  },
  "expression-value-case": {
    severity: "warning",
    title: "The value differs from the real one in case",
    message: "{name} never has the value '{value}': ECS writes it {replacement}.",
    why: "Attribute values are compared exactly. Task definitions say ARM64 and X86_64, the attribute says arm64 and x86_64; instance types are lower case; operating system families are upper case.",
    wrong: "attribute:ecs.cpu-architecture == ARM64",
    right: "attribute:ecs.cpu-architecture == arm64",
  },
  "expression-impossible-value": {
    severity: "warning",
    title: "The built-in attribute never has this value",
    message: "{name} never has the value '{value}': {reason}.",
    why: "ECS or its agent sets the built-in attributes; their possible values are known.",
    wrong: "attribute:ecs.os-type == macos",
    right: "attribute:ecs.os-type == linux",
  },
  "expression-name-only-attribute": {
    severity: "warning",
    title: "Capability attributes have no value",
    message:
      "{name} is a name without a value, so no comparison with a value is ever true. Ask {replacement}.",
    why: "Capabilities are attributes with a name only: an instance has them or not.",
    wrong: "attribute:ecs.capability.task-eni == true",
    right: "attribute:ecs.capability.task-eni exists",
  },
  "expression-skips-missing-attribute": {
    severity: "hint",
    title: "Instances without the attribute are skipped",
    message:
      "Instances that lack the attribute {name} are not selected: '{operator}' is false for them. Write {replacement} to select them too.",
    why: "A comparison on an attribute that an instance lacks is false, != included; only not(…) of it is true.",
    wrong: "attribute:retiring != true",
    right: "not(attribute:retiring == true)",
  },
  "expression-mixed-and-or": {
    severity: "hint",
    title: "and and or without parentheses",
    message: "This is read as {grouping}. Add parentheses to say so.",
    why: "AWS does not document which of and and or binds tighter; in the usual reading, used here, and does.",
    wrong: "attribute:a == 1 or attribute:b == 2 and attribute:c == 3",
    right: "attribute:a == 1 or (attribute:b == 2 and attribute:c == 3)",
  },
  "expression-contradiction": {
    severity: "warning",
    title: "The expression can never be true",
    message: "This is never true: {reason}.",
    why: "An instance has one value for an attribute, so it cannot meet both demands, and no instance is selected.",
    wrong: "attribute:env == prod and attribute:env == dev",
    right: "attribute:env in [prod, dev]",
  },
  "expression-tautology": {
    severity: "warning",
    title: "The expression is always true",
    message: "This is always true: {reason}.",
    why: "A condition that every instance meets selects every instance and only costs readers time.",
    wrong: "attribute:env exists or attribute:env !exists",
    right: "attribute:env exists",
  },
  "expression-redundant-clause": {
    severity: "information",
    title: "A clause that cannot matter",
    message: "'{clause}' changes nothing: {reason}.",
    why: "A clause that another one implies selects and excludes nothing.",
    wrong: "attribute:env == prod and attribute:env exists",
    right: "attribute:env == prod",
  },
  "expression-empty-list": {
    severity: "warning",
    title: "The list is empty",
    message: "The list is empty, so '{operator}' has nothing to compare with. Name at least one value.",
    why: "No value is in an empty list.",
    wrong: "attribute:env in []",
    right: "attribute:env in [prod]",
  },
  "expression-duplicate-list-item": {
    severity: "information",
    title: "The list names a value twice",
    message: "'{value}' is already in the list.",
    why: "A value counts once, however often a list names it.",
    wrong: "attribute:env in [prod, prod]",
    right: "attribute:env in [prod]",
  },
  "expression-unknown-attribute": {
    severity: "warning",
    title: "No container instance has the attribute",
    message: "None of the {instances} container instances of the cluster has an attribute {name}. {advice}",
    why: "The chosen cluster tells which attributes its container instances have.",
    wrong: "attribute:envv == prod",
    right: "attribute:env == prod",
  },
  "expression-unknown-value": {
    severity: "warning",
    title: "No container instance has the value",
    message: "None of the container instances of the cluster has {name} with the value '{value}'. {advice}",
    why: "The chosen cluster tells which values its container instances have.",
    wrong: "attribute:env == prd",
    right: "attribute:env == prod",
  },
} as const satisfies Record<string, QueryProblemEntry>;

export const queryProblems = { ...syntaxProblems, ...spellingProblems, ...meaningProblems } as const;

/** The code of something to say about an expression. */
export type QueryProblemCode = keyof typeof queryProblems;
