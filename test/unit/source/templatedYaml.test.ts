// YAML that another tool fills in first: what is not known is unknown, the rest is read, and the places are those of the text.

import assert from "node:assert/strict";
import { test } from "node:test";
import { openResources } from "../../../server/src/core/resources/openResources";
import { validateDocument } from "../../../server/src/core/rules/validate";
import { applied } from "../../support/hostFixes";

const go = `Resources:
  {{- if .Enabled }}
  Task:
    Type: AWS::ECS::TaskDefinition
    Properties:
      Family: {{ .Name }}-agent
      {{- if .Host }}
      NetworkMode: {{ .Mode }}
      {{- else }}
      NetworkMode: awsvpc
      {{- end }}
      ContainerDefinitions:
        - Name: {{ .Name | quote }}
          Image: "{{ .Image }}:{{ .Tag | default "latest" }}"
          Essental: true
          {{- range $k, $v := .Env }}
          Environment:
            - { Name: {{ $k }}, Value: {{ $v }} }
          {{- end }}
          {{ template "memory" . }}
      {{- with .Volumes }}
      Volumes:
{{ toYaml . | indent 8 }}
      {{- end }}
  {{- end }}
  Service:
    Type: AWS::ECS::Service
    Properties:
      SchedulingStrategy: {{ if .Daemon }}DAEMON{{ else }}REPLICA{{ end }}
      DesiredCount: 2
      TaskDefinition: !Ref Task
`;

const jinja = `{% set names = ["a"] %}
Resources:
{% for name in names %}
  {{ name }}Task:
    Type: AWS::ECS::TaskDefinition
    Properties:
      ContainerDefinitions:
        {% for c in containers %}
        - Name: {{ c.name }}
          Image: {{ c.image }}:{{ c.tag }}
          Essental: true
          {% if c.memory %}
          Memory: {{ c.memory }}
          {% endif %}
        {% endfor %}
{% endfor %}
`;

const erb = `Resources:
  Task:
    Type: AWS::ECS::TaskDefinition
    Properties:
      Family: <%= name %>
      ContainerDefinitions:
        - Name: agent
          Image: <%= image %>
          Memory: \${MEMORY}
          Cpu: $CPU
          Essental: true
        - Name: "{{resolve:ssm:/name}}"
          Image: "{{resolve:ssm:/image}}"
          Memory: "{{resolve:ssm:/memory}}"
`;

for (const [name, text] of Object.entries({ go, jinja, erb }))
  test(`a text of ${name} has the diagnostic of its slip alone, and its fix`, () => {
    const found = openResources("stack.yaml", text).flatMap((it) => validateDocument(it));
    assert.deepEqual(
      found.map((it) => [it.code, text.slice(it.span.start, it.span.end)]),
      [["misspelt-member", "Essental"]],
    );
    assert.equal(applied(text, found[0]?.fixes?.[0]?.edits ?? []), text.replace("Essental", "Essential"));
  });

test("what a condition may leave out contradicts nothing", () => {
  const text = `Resources:
  Service:
    Type: AWS::ECS::Service
    Properties:
      TaskDefinition: agent
{% if daemon %}
      SchedulingStrategy: DAEMON
{% else %}
      DesiredCount: 2
{% endif %}
{% if fargate %}
      LaunchType: FARGATE
{% endif %}
`;
  assert.deepEqual(
    openResources("stack.yaml", text).flatMap((it) => validateDocument(it).map(({ message }) => message)),
    [],
  );
});

test("whatever prefix of such a text is read, nothing is thrown and every place is inside", () => {
  for (const text of [go, jinja, erb])
    for (let at = 0; at < text.length; at += 7) {
      const prefix = text.slice(0, at);
      for (const resource of openResources("stack.yaml", prefix))
        for (const { span } of validateDocument(resource))
          assert.ok(span.start >= 0 && span.start <= span.end && span.end <= at);
    }
});
