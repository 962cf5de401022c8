// Names whose values are likely secrets: `DB_PASSWORD`, `com.example.apiKey`, `HTTP_Passwd`, but not `TOKEN_TTL`.

/** A word that makes a name a secret's, wherever it is in the name. Matched at the end of a word, too: `PGPASSWORD`. */
const telling =
  /(?:pass(?:word|wd|phrase|wort|code)s?|kennwort|requirepass|masterauth|pwd|secrets?|(?<!de)tokens?|credentials?|apikeys?|(?:secret|private|access|auth|signing|encryption|shared|account|license)keys?|connectionstring)$/;

/** Telling only as a whole word at the end of a name. */
const tellingLast = new Set([
  ..."pass auth authorization authentication dsn salt signature sig creds cred otp jwt sas pem cookie".split(
    " ",
  ),
]);

/** Words that end in `pass` and are no short form of password are not listed: only these glued forms are. */
const gluedPass = /^(?:db|my|pg|sql|admin|user|root|smtp|mail|redis|http|proxy|login|ftp|ldap)pass$/;

/** What an ordinary key is for: `PARTITION_KEY`, `PUBLIC_KEY`, `log_key`. */
const ordinaryKey = new Set(
  "public partition sort primary foreign cache time log message tag hash range group label meta metadata record object bucket lookup index config registry metric map kms host known column row attribute field header".split(
    " ",
  ),
);

/** A name with one of these at its end describes the secret: where it is, how long it lives. */
const describing = new Set(
  "file files path dir directory folder name names url uri endpoint host hostname port arn arns type mode header headers prefix suffix format ttl timeout length size count limit min max expiry expiration expires lifetime duration age policy enabled disabled required rotation interval days hours minutes seconds region bucket version provider store manager backend driver plugin class field param parameter parameters variable var env issuer audience scope scopes algorithm alg method location mount stdin ref reference service server exchange user username config configuration specs spec options id ids".split(
    " ",
  ),
);

/** A name with one of these anywhere is about a number or a switch, or about what everybody may read. */
const harmless = new Set("max min enable disable public".split(" "));

/** The words of a name in lower case, without digits at their ends: `apiKey_2` is `api`, `key`. */
function wordsOf(name: string): readonly string[] {
  return name
    .slice(0, 300)
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .replace(/([A-Z]+)([A-Z][a-z])/g, "$1 $2")
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .map((it) => it.replace(/\d+$/, ""))
    .filter((it) => it !== "");
}

/** Whether a value of this name is likely a secret. */
export function isTellingName(name: string): boolean {
  // A change of case inside a word separates words, but not in `PassWord`.
  return hasTellingWords(wordsOf(name)) || hasTellingWords(wordsOf(name.toLowerCase()));
}

function hasTellingWords(words: readonly string[]): boolean {
  const last = words.at(-1);
  if (last === undefined || words.some((it) => harmless.has(it))) return false;
  const before = words.at(-2) ?? "";
  if (last === "id" && (words.includes("secret") || `${words.at(-3)} ${before}` === "access key"))
    return true;
  if (describing.has(last)) return false;
  if (last === "key" || last === "keys") return before !== "" && !ordinaryKey.has(before);
  if (tellingLast.has(last) || gluedPass.test(last)) return true;
  return words.some((it, index) => telling.test(it) || telling.test((words[index - 1] ?? "") + it));
}

const surely =
  /(^|[_-])(PASSWORD|PASSWD|SECRET|SECRET_?KEY|TOKEN|API_?KEY|PRIVATE_?KEY|ACCESS_?KEY|CREDENTIALS?)$/i;
/** What these builders put into web pages is meant to be read by everybody. */
const publicName = /^(NEXT_PUBLIC|NUXT_PUBLIC|EXPO_PUBLIC|REACT_APP|VUE_APP|GATSBY|VITE|PUBLIC)_/;

/** Whether the name alone makes it sure enough for a warning. */
export function isSureName(name: string): boolean {
  return surely.test(name) && !publicName.test(name);
}
