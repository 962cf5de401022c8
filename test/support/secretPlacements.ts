// Where people put secrets, and what only looks like one: the inputs of every test about secrets.

/** Parts of a task definition's container, of the task definition, and of the service. */
export interface Placement {
  readonly title: string;
  /** The characters that may be in no output. */
  readonly secret: string;
  readonly container?: object;
  readonly task?: object;
  readonly service?: object;
}

const secret = "hunter2-Zx9Qm";
const awsKey = "/alrXUtnFEMIqK7MDENGzbPxRfiCYzEXAMPLEKEY";

const pasted = `ghp_${"a1B2".repeat(9)}`;

const inContainer = (title: string, container: object, planted = secret): Placement => ({
  title,
  secret: planted,
  container,
});
const variable = (name: string, value: string, planted = secret) =>
  inContainer(`${name}=${value.slice(0, 40)}`, { environment: [{ name, value }] }, planted);
const command = (...words: string[]) => inContainer(words.join(" ").slice(0, 70), { command: words });
const shell = (text: string) => inContainer(`sh -c ${text.slice(0, 70)}`, { command: ["sh", "-c", text] });
const label = (name: string, value = secret) =>
  inContainer(`label ${name}`, { dockerLabels: { [name]: value } });
const logOption = (driver: string, name: string, value = secret) =>
  inContainer(`${driver} ${name}`, { logConfiguration: { logDriver: driver, options: { [name]: value } } });

const names = [
  "DB_PASSWORD",
  "db_passwd",
  "PGPASSWORD",
  "HTTP_Passwd",
  "DB_PASS",
  "MYSQL_PWD",
  "CLIENT_SECRET",
  "AppSecret",
  "AUTH_TOKEN",
  "authToken",
  "API_KEY",
  "ApiKey",
  "api-key",
  "apikey",
  "DD_API_KEY",
  "AWS_SECRET_ACCESS_KEY",
  "STORAGE_ACCOUNT_KEY",
  "PRIVATE_KEY",
  "DB_CREDENTIALS",
  "com.example.api.key",
  "PASSWORD_2",
  "TOKEN_PROD",
  "KEY_PASSPHRASE",
  "SENTRY_DSN",
  "AUTHORIZATION",
];

const environment: readonly Placement[] = [
  ...names.map((it) => variable(it, secret)),
  variable("DATABASE", `postgres://app:${secret}@db:5432/x`),
  variable("DATABASE", `app:${secret}@tcp(db:3306)/x`),
  variable("DATABASE", `Server=db;User Id=u;Password=${secret};Encrypt=true`),
  variable("DATABASE", `host=db user=u password=${secret} sslmode=require`),
  variable("DATABASE", `jdbc:postgresql://db/x?user=u&password=${secret}`),
  variable(
    "STORAGE",
    `DefaultEndpointsProtocol=https;AccountName=a;AccountKey=${secret};EndpointSuffix=core`,
  ),
  variable("REMOTE", `https://${secret}:x-oauth-basic@git.example.com/a.git`, "x-oauth-basic"),
  variable("HOOK", `https://example.com/hook?token=${secret}&x=1`),
  variable("OPTS", `-Xmx1g -Dapp.password=${secret}`),
  variable("OPTS", `API_KEY='${secret}'`),
  variable("OPTS", `API_KEY="${secret}" LEVEL=info`),
  variable("HEADERS", `Authorization: Bearer ${secret}`),
  variable("HEADERS", `Authorization=Basic ${secret}`),
  variable("HEADERS", `X-Token: ${secret}`),
  variable("HEADERS", `api-key=${secret},x=y`),
  variable("CONFIG", JSON.stringify({ user: "u", password: secret })),
  variable("CONFIG", JSON.stringify({ outer: JSON.stringify({ apiKey: secret }) })),
  variable("CONFIG", JSON.stringify({ auths: { "r.example.com": { auth: secret } } })),
  variable("CONFIG", JSON.stringify([{ name: "password", value: secret }])),
  variable("CONFIG", JSON.stringify({ credentials: { reader: secret } })),
  variable("CONFIG", `user: u\npassword: ${secret}\n`),
  variable("CONFIG", `db:\n  password: "${secret}"\n`),
  variable("CONFIG", `password: |\n  ${secret}\n`),
  variable("CONFIG", `- name: DB_PASSWORD\n  value: ${secret}\n`),
  variable("CONFIG", `[db]\npassword = ${secret}\n`),
  variable("CONFIG", `<user>u</user><password>${secret}</password>`),
  variable("NETRC", `machine git.example.com login u password ${secret}`),
  variable("SQL", `CREATE USER u IDENTIFIED BY '${secret}'`),
  variable(
    "KEYFILE",
    "-----BEGIN RSA PRIVATE KEY-----\nMIIEsecretbody\n-----END RSA PRIVATE KEY-----",
    "MIIEsecretbody",
  ),
  variable("A", "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl", "eyJzdWIiOiIxIn0"),
  ...[
    "AKIAIOSFODNN7EXAMPLE",
    `ghp_${"a1B2".repeat(9)}`,
    "xoxb-12345-abcdef",
    "sk_live_4eC39HqLyjW",
    "glpat-abcdEFGH1234_x",
    `npm_${"a1B2".repeat(9)}`,
    awsKey,
  ].map((it) => variable("A", it, it)),
  variable("AWS_SECRET_ACCESS_KEY", awsKey, awsKey),
  variable("DATADOG", `{"api_key":"0123456789abcdef0123456789abcdef"}`, "0123456789abcdef0123456789abcdef"),
  inContainer("environment as a map", { environment: { DB_PASSWORD: secret } }),
  inContainer("environment as words", { environment: [`DB_PASSWORD=${secret}`] }),
  inContainer("environment in capitals", { environment: [{ Name: "DB_PASSWORD", Value: secret }] }),
];

const commands: readonly Placement[] = [
  command("agent", "--password", secret),
  command("agent", `--password=${secret}`),
  command("agent", "-password", secret),
  command("agent", "--api-key", secret, "--level", "info"),
  command("agent", `--apiKey=${secret}`),
  command("agent", "--auth.token", secret),
  command("agent", "-e", `DB_PASSWORD=${secret}`),
  command("agent", "--set", `db.password=${secret}`),
  command("curl", "-u", `u:${secret}`, "https://example.com"),
  command("curl", "--user", `u:${secret}`, "https://example.com"),
  command("curl", `--user=u:${secret}`, "https://example.com"),
  command("curl", "-H", `X-Token: ${secret}`, "https://example.com"),
  command("curl", "-H", `X-Api-Key:${secret}`, "https://example.com"),
  command("curl", "-H", `Authorization: Bearer ${secret}`, "https://example.com"),
  command("mysql", "-u", "root", "-p", secret),
  command("mysql", "-uroot", `-p${secret}`),
  command("sshpass", "-p", secret, "ssh", "h"),
  command("redis-cli", "-a", secret, "ping"),
  command("redis-server", "--requirepass", secret),
  command("docker", "login", "-u", "u", "-p", secret),
  command("agent", "-u", "admin", "-p", secret),
  command("aws", "configure", "set", "aws_secret_access_key", secret),
  command("run", `username=u,password=${secret}`),
  command("run", "token:", secret),
  shell(`agent --api-key ${secret}`),
  shell(`agent --api-key '${secret}' && sleep 1`),
  shell(`API_KEY='${secret}' agent`),
  shell(`export DB_PASSWORD="${secret}"; agent`),
  shell(`bash -c "agent --password ${secret}"`),
  shell(`curl -u u:${secret} https://example.com`),
  shell(`curl -s -H "X-Token: ${secret}" https://example.com | sh`),
  shell(`echo "password: ${secret}" > /etc/x.yml`),
  shell(`mysql -uroot -p${secret} -e 'select 1'`),
  inContainer("entry point and command", { entryPoint: ["agent", "--password"], command: [secret] }),
  inContainer("entry point", { entryPoint: ["agent", "--password", secret] }),
  inContainer("health check", {
    healthCheck: { command: ["CMD-SHELL", `curl -u u:${secret} http://localhost/`] },
  }),
  inContainer("health check words", { healthCheck: { command: ["CMD", "check", "--token", secret] } }),
];

const elsewhere: readonly Placement[] = [
  ...["password", "com.x.api_key", "com.example.token", "HTTP_Passwd", "traefik.auth.secret"].map((it) =>
    label(it),
  ),
  label("config", `{"password":"${secret}"}`),
  logOption("splunk", "splunk-token"),
  logOption("awsfirelens", "apikey"),
  logOption("awsfirelens", "HTTP_Passwd"),
  logOption("awsfirelens", "Shared_Key"),
  logOption("awsfirelens", "Header", `X-Api-Key ${secret}`),
  logOption("awsfirelens", "Header", `Authorization Bearer ${secret}`),
  logOption("gelf", "env", `password=${secret}`),
  inContainer("FireLens options", {
    firelensConfiguration: { type: "fluentbit", options: { apikey: secret } },
  }),
  inContainer("unknown property", { password: secret }),
  inContainer("unknown object", { credentials: { admin: secret } }),
  inContainer("pasted reference", { secrets: [{ name: "A", valueFrom: `${secret}!` }] }),
  inContainer("pasted reference without sign", { secrets: [{ name: "A", valueFrom: secret }] }),
  inContainer(
    "pasted token",
    { secrets: [{ name: "A", valueFrom: "AKIAIOSFODNN7EXAMPLE" }] },
    "AKIAIOSFODNN7EXAMPLE",
  ),
  inContainer("pasted AWS key", { secrets: [{ name: "A", valueFrom: awsKey }] }, awsKey),
  inContainer("secrets as a map", { secrets: { DB_PASSWORD: secret } }),
  inContainer("secret with a value", { secrets: [{ name: "A", value: `${secret}!` }] }),
  inContainer("secret option", {
    logConfiguration: {
      logDriver: "splunk",
      secretOptions: [{ name: "splunk-token", valueFrom: `${secret}!` }],
    },
  }),
  inContainer("registry credentials", { repositoryCredentials: { credentialsParameter: `${secret}!` } }),
  inContainer("registry credentials as text", { repositoryCredentials: secret }),
  inContainer("system control", { systemControls: [{ namespace: "net.password", value: secret }] }),
  inContainer("environment file", {
    environmentFiles: [{ type: "s3", value: `https://b.s3.amazonaws.com/a.env?X-Amz-Signature=${secret}` }],
  }),
  { title: "tag", secret, task: { tags: [{ key: "api_key", value: secret }] } },
  { title: "tag in capitals", secret, task: { tags: [{ Key: "Password", Value: secret }] } },
  {
    title: "proxy property",
    secret,
    task: {
      proxyConfiguration: {
        type: "APPMESH",
        containerName: "agent",
        properties: [{ name: "AuthToken", value: secret }],
      },
    },
  },
  {
    title: "driver options",
    secret,
    task: {
      volumes: [
        {
          name: "v",
          dockerVolumeConfiguration: { driver: "local", driverOpts: { o: `username=u,password=${secret}` } },
        },
      ],
    },
  },
  {
    title: "volume label",
    secret,
    task: { volumes: [{ name: "v", dockerVolumeConfiguration: { labels: { token: secret } } }] },
  },
  { title: "property of the task definition", secret, task: { dbPassword: secret } },
  { title: "service tag", secret, service: { tags: [{ key: "db-password", value: secret }] } },
  {
    title: "Service Connect",
    secret,
    service: {
      serviceConnectConfiguration: {
        enabled: true,
        namespace: "n",
        logConfiguration: { logDriver: "splunk", options: { "splunk-token": secret } },
      },
    },
  },
  { title: "property of the service", secret, service: { apiToken: secret } },
  ...[
    `attribute:password == ${secret}`,
    `attribute:password==${secret} and attribute:env == prod`,
    `attribute:api-token IN [a,'${secret}']`,
    `not(attribute:token  !=  "${secret}")`,
    `attribute:password =~${secret}.*`,
  ].map((expression) => ({
    title: expression,
    secret,
    service: { placementConstraints: [{ type: "memberOf", expression }] },
  })),
  {
    title: "constraint of the task definition",
    secret,
    task: { placementConstraints: [{ type: "memberOf", expression: `attribute:password==${secret}` }] },
  },
  ...[
    { environment: [{ name: pasted, value: "GITHUB_TOKEN" }] },
    { dockerLabels: { [pasted]: "token" } },
    { logConfiguration: { logDriver: "awsfirelens", options: { [pasted]: "apikey" } } },
  ].map((container) => inContainer(`name and value mixed up ${Object.keys(container)}`, container, pasted)),
];

export const placements: readonly Placement[] = [...environment, ...commands, ...elsewhere];

/** What must stay readable wherever it is printed: by its text, in the container that has it. */
export const innocent: readonly (readonly [shown: string, container: object])[] = [
  ...(
    [
      ["KEYSPACE", "metrics"],
      ["MONKEY", "george"],
      ["TOKENIZER", "bert-base"],
      ["TOKENIZER_MODEL", "bert-large"],
      ["PARTITION_KEY", "userId"],
      ["LOG_KEY", "message"],
      ["PUBLIC_KEY", "MCowBQYDK2VwAyEAabcdefgh"],
      ["DD_PUBLIC_TOKEN", "pub0123456789abcdef0123456789abcdef"],
      ["SSH_KEY", "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQC7 me@host"],
      ["COMPASS", "north-by-west"],
      ["BYPASS", "10.0.0.0/8"],
      ["AUTHOR", "jane.roe"],
      ["AUTHORITY", "https://login.example.com/t"],
      ["DB_PASSWORD_FILE", "/run/secrets/db_password"],
      ["TOKEN_TTL", "3600s"],
      ["TOKEN_URL", "https://auth.example.com/token"],
      ["SECRET_NAME", "prod/database"],
      ["PASSWORD_MIN_LENGTH", "12345"],
      ["MAX_TOKENS", "128000"],
      ["TOKEN_TYPE", "opaque-v2"],
      ["DB_PASSWORD", "$" + "{DB_PASSWORD}"],
      ["API_KEY", "{{ api_key }}"],
      ["API_TOKEN", "<your token>"],
      ["API_SECRET", "YOUR_API_KEY"],
      ["DB_PASSWORD", "arn:aws:secretsmanager:eu-west-1:123456789012:secret:db-AbCdEf"],
      ["SECRETS_PROVIDER", "vault-agent"],
      ["COMMIT", "da39a3ee5e6b4b0d3255bfef95601890afd80709"],
      ["IMAGE", "agent@sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"],
      ["ENDPOINT", "https://user@example.com:8443/path"],
      ["HOST", "token.example.com:8126"],
      ["PATHS", "/opt/secret/token:/etc/token"],
      ["NOTE", "rotate the password every month"],
      ["QUERY", "select password from users"],
    ] as const
  ).map(([name, value]) => [value, { environment: [{ name, value }] }] as const),
  ["8443", { command: ["agent", "-p", "8443", "--port", "8126"] }],
  ["8080:80", { command: ["proxy", "-p", "8080:80"] }],
  ["1000:1000", { command: ["agent", "--user", "1000:1000"] }],
  ["/run/secrets/token", { command: ["agent", "--token-file", "/run/secrets/token"] }],
  ["--verbose", { command: ["agent", "--password-stdin", "--verbose"] }],
  ["tokenizer", { command: ["agent", "--model", "tokenizer"] }],
  ["$DB_PASSWORD", { command: ["sh", "-c", "agent --password $DB_PASSWORD"] }],
  ["registry.example.com/token:1.4.2", { image: "registry.example.com/token:1.4.2" }],
  ["secret-agent:v3", { image: "secret-agent:v3" }],
  [
    "arn:aws:ssm:eu-west-1:123456789012:parameter/token",
    {
      secrets: [{ name: "TOKEN", valueFrom: "arn:aws:ssm:eu-west-1:123456789012:parameter/token" }],
    },
  ],
  ["prod-db-password", { secrets: [{ name: "DB_PASSWORD", valueFrom: "prod-db-password" }] }],
  ["/prod/db/Password", { secrets: [{ name: "DB_PASSWORD", valueFrom: "/prod/db/Password" }] }],
  ["registry-login", { repositoryCredentials: { credentialsParameter: "registry-login" } }],
  [
    "http://localhost:8126/token/health",
    { healthCheck: { command: ["CMD-SHELL", "curl -f http://localhost:8126/token/health"] } },
  ],
  ["npm_config_legacy_peer_deps", { environment: [{ name: "npm_config_legacy_peer_deps", value: "true" }] }],
  ["sk-monitoring-agent-of-production", { hostname: "sk-monitoring-agent-of-production" }],
  ["edge-team", { dockerLabels: { "com.example.team": "edge-team" } }],
  [
    "/aws/ecs/token-service",
    { logConfiguration: { logDriver: "awslogs", options: { "awslogs-group": "/aws/ecs/token-service" } } },
  ],
  ["kernel.keys.maxkeys", { systemControls: [{ namespace: "kernel.keys.maxkeys", value: "2000" }] }],
];
