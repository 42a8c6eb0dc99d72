/** What looks like a secret: by the name it is given, and by the formats of well-known keys. */

/** Long words tell anywhere in a name (PGPASSWORD, githubToken), short ones only as a word. */
const LONG =
  '(?:api|access|secret|private)[_.-]?key|token|secret|password|passwd|passphrase|credentials?';
const SHORT =
  '(?:signing|encryption|master|account|auth|service|ssh|gpg|license)[_.-]?key|passwo?r?d|pwd|pass|authorization|auth|cookie|dsn|connection[_.-]?string';
const SECRET_NAME = new RegExp(
  `(?:(?:^|[^a-z])(?:${SHORT})|${LONG})(?:[_.-]?(?:\\d+|id|b64|base64|value|prod|dev|test))*$`,
  'i',
);

/** Names of things about a secret, not of one. */
const NOT_A_SECRET =
  /^(?:pwd|oldpwd)$|(?:file|path|dir|folder|url|uri|name|type|ttl|helper|sock)$/i;

/** Keys that tell what they are; each long enough not to be met by accident. */
const KNOWN_KEY = new RegExp(
  [
    '\\b(?:AKIA|ASIA)[0-9A-Z]{16}\\b',
    '\\bgh[pousr]_[A-Za-z0-9]{36,}',
    '\\bgithub_pat_\\w{22,}',
    '\\bgl(?:pat|dt|rt|ptt|cbt)-[\\w-]{20,}',
    '\\bsk-[A-Za-z0-9_-]{20,}',
    '\\b(?:sk|rk|pk)_live_[A-Za-z0-9]{16,}',
    '\\bAIza[\\w-]{35}',
    '\\bya29\\.[\\w-]{20,}',
    '\\bxox[abeprs]-[A-Za-z0-9-]{10,}',
    '\\bnpm_[A-Za-z0-9]{36}',
    '\\bpypi-[\\w-]{40,}',
    '\\bhf_[A-Za-z0-9]{30,}',
    '\\b(?:gsk|r8|dop_v1|doo_v1|shpat|shpss|dckr_pat|tfp)_[\\w-]{20,}',
    '\\bxai-[A-Za-z0-9]{40,}',
    '\\bSG\\.[\\w-]{16,}\\.[\\w-]{16,}',
    '\\bhv[sb]\\.[\\w-]{20,}',
    '\\beyJ[\\w-]{10,}\\.eyJ[\\w-]{10,}\\.[\\w-]{10,}',
    '\\bAGE-SECRET-KEY-1[0-9A-Z]{50,}',
    '-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----',
    '\\b[a-z][a-z0-9+.-]{1,20}:\\/\\/[^\\s:\\/@]{0,64}:[^\\s\\/@]{3,128}@',
  ].join('|'),
);

/** What stands in for a key where a program insists on one. */
const PLACEHOLDER =
  /^(?:|<.*>|\*+|x+|none|null|nil|true|false|yes|no|on|off|unused|dummy|placeholder|not[-_ ]?(?:a[-_ ]?)?(?:needed|used|set|secret|real|required).*|set[-_ ]by[-_ ].*|gateway|sandbox|disabled?)$/i;

/** True when a variable of this name usually holds a secret. */
export function isSecretName(name: string): boolean {
  return SECRET_NAME.test(name) && !NOT_A_SECRET.test(name);
}

/** True when a value of a secret's name is no secret: empty, a placeholder, a number. */
export function isPlaceholder(value: string): boolean {
  return PLACEHOLDER.test(value.trim()) || /^\d{1,5}$/.test(value.trim());
}

/** True when the text has a key in a well-known format in it. */
export function hasKnownKey(text: string): boolean {
  return text.length >= SHORTEST_KEY && KNOWN_KEY.test(text);
}
const SHORTEST_KEY = 10;
