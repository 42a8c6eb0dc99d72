/** Files and folders that hold secrets by their name; and which of them their content decides. */
import { CREDENTIALS } from '../../policy/credential-paths';
import { CREDENTIALS_ANYWHERE } from '../../policy/sensitive-paths';

/** What in the content makes a file a secret; `always` needs no look. */
export type ContentRule =
  | 'private-key'
  | 'key-file'
  | 'assignments'
  | 'registry'
  | 'git'
  | 'logins'
  | 'cluster'
  | 'account';

export type SecretRule = ContentRule | 'always';

/** Files that are templates of secrets, to be filled in. */
const TEMPLATE =
  /(?:^|[._-])(?:example|sample|template|tmpl|tpl|dist|defaults?|schema)(?:[._-][a-z]+)?$/;

/** Files by their whole name, in lower case. */
const NAMED: Readonly<Record<string, SecretRule>> = {
  '.env': 'always',
  '.dev.vars': 'always',
  '.envrc': 'assignments',
  '.htpasswd': 'always',
  '.vault_pass': 'always',
  '.vault-pass': 'always',
  '.vault_pass.txt': 'always',
  '.vault_password': 'always',
  '.vault-password': 'always',
  '.my.cnf': 'assignments',
  '.npmrc': 'registry',
  '.yarnrc': 'registry',
  '.yarnrc.yml': 'registry',
  '.pypirc': 'registry',
  '.condarc': 'registry',
  'pip.conf': 'registry',
  'pip.ini': 'registry',
  'nuget.config': 'registry',
  'settings.xml': 'registry',
  'gradle.properties': 'registry',
  'auth.json': 'registry',
  '.gitconfig': 'git',
  '.dockercfg': 'logins',
  '.dockerconfigjson': 'logins',
  kubeconfig: 'cluster',
  'kubeconfig.yml': 'cluster',
  'kubeconfig.yaml': 'cluster',
  'wp-config.php': 'assignments',
  'terraform.rc': 'assignments',
  '.credentials.json': 'always',
  'oauth_creds.json': 'always',
  'credentials.tfrc.json': 'always',
  'application_default_credentials.json': 'always',
};

/** Files by the end of their path, in lower case. */
const BY_PLACE: readonly (readonly [string, SecretRule])[] = [
  ['.git/config', 'git'],
  ['.git/config.worktree', 'git'],
  ['.docker/config.json', 'logins'],
  ['.codex/auth.json', 'always'],
  ['.bundle/config', 'registry'],
];

/** Files by their ending. */
const ENDINGS: Readonly<Record<string, SecretRule>> = {
  pem: 'private-key',
  p8: 'private-key',
  pk8: 'private-key',
  ovpn: 'private-key',
  asc: 'private-key',
  key: 'key-file',
  p12: 'always',
  pfx: 'always',
  pkcs12: 'always',
  jks: 'always',
  keystore: 'always',
  bks: 'always',
  kdbx: 'always',
  ppk: 'always',
  keytab: 'always',
  tfstate: 'always',
  tfvars: 'always',
  kubeconfig: 'cluster',
  env: 'assignments',
};

const SSH_KEY = /^id_(?:rsa|dsa|ecdsa|ed25519|xmss|ecdsa_sk|ed25519_sk)$/;
const STATE = /\.tf(?:state\..*|vars\.json)$/;
const SECRETS_FILE =
  /^(?:.*[._-])?(?:secrets?|credentials?|passwords?)(?:[._-].*)?\.(?:json|ya?ml|toml|ini|cfg|conf|properties|txt|env|sh|tfvars)$/;
/** Names that cloud providers and people give to the keys of service accounts. */
const ACCOUNT =
  /(?:service[-_.]?account|adminsdk|client[-_]secret|gcp|gcloud|google|firebase|key|-[0-9a-f]{12}\.json$).*$/;
const MODULE_CONFIG = /(?:^|\/)\.git\/(?:modules|worktrees)\/.+\/config(?:\.worktree)?$/;

/** What decides whether the file of this relative path is a secret; `undefined` when nothing can. */
export function secretFile(relative: string): SecretRule | undefined {
  const file = relative.toLowerCase();
  const name = file.slice(file.lastIndexOf('/') + 1);
  if (Object.hasOwn(NAMED, name)) return NAMED[name];
  return placeOf(file, name) ?? (isTemplate(name) ? undefined : patternOf(name));
}

/** `.env.example`, `secrets.sample.yml` */
function isTemplate(name: string): boolean {
  const dot = name.lastIndexOf('.');
  return TEMPLATE.test(name) || (dot > 0 && TEMPLATE.test(name.slice(0, dot)));
}

function patternOf(name: string): SecretRule | undefined {
  if (name.startsWith('.env.') || SSH_KEY.test(name) || STATE.test(name)) return 'always';
  const dot = name.lastIndexOf('.');
  const ending = dot < 0 ? '' : name.slice(dot + 1);
  if (Object.hasOwn(ENDINGS, ending)) return ENDINGS[ending];
  if (SECRETS_FILE.test(name)) return ending === 'json' ? 'account' : 'assignments';
  return ending === 'json' && ACCOUNT.test(name) ? 'account' : undefined;
}

function placeOf(file: string, name: string): SecretRule | undefined {
  if (CREDENTIALS_ANYWHERE.has(name)) return 'always';
  if (name === 'config' || name.startsWith('config.')) {
    if (MODULE_CONFIG.test(file)) return 'git';
    return BY_PLACE.find(([place]) => endsWithPath(file, place))?.[1];
  }
  const places = homePlaces().get(name);
  if (places?.some((place) => endsWithPath(file, place))) return 'always';
  return BY_PLACE.find(([place]) => endsWithPath(file, place))?.[1];
}

/** True when the folder of this relative path holds credentials, whatever is in it. */
export function secretFolder(relative: string): boolean {
  const folder = relative.toLowerCase();
  const name = folder.slice(folder.lastIndexOf('/') + 1);
  if (CREDENTIALS_ANYWHERE.has(name)) return true;
  return (
    homePlaces()
      .get(name)
      ?.some((place) => endsWithPath(folder, place)) ?? false
  );
}

function endsWithPath(file: string, place: string): boolean {
  return (
    file.endsWith(place) && (file.length === place.length || file.at(-1 - place.length) === '/')
  );
}

/**
 * Of the places where a home folder keeps credentials those that a project has for its own, harmless
 * settings. What is a secret in them is found by the names and contents above.
 */
const ALSO_IN_PROJECTS = new Set([
  ...['.docker', '.npmrc', '.yarnrc', '.yarnrc.yml', '.pypirc', '.pip', '.bundle/config', '.hex'],
  ...['.fly', '.wrangler', '.config/.wrangler', '.config/git', '.config/pip', '.config/nuget'],
  ...['.m2/settings.xml', '.gradle/gradle.properties', '.pulumi', '.databricks', '.terraformrc'],
  ...['.claude', '.codex', '.gemini', '.copilot', '.cursor', '.windsurf', '.codeium', '.continue'],
  ...['.qwen', '.kiro', '.amazonq', '.factory', '.openhands', '.huggingface', '.my.cnf'],
  ...['.config/composer', '.config/helm', '.config/argocd', '.config/containers', '.config/code'],
]);

let places: ReadonlyMap<string, readonly string[]> | undefined;

/** The places by their last component. */
function homePlaces(): ReadonlyMap<string, readonly string[]> {
  if (places) return places;
  const byName = new Map<string, string[]>();
  for (const { kind, paths } of CREDENTIALS) {
    for (const each of paths) {
      const place = each.slice('~/'.length);
      if (kind !== 'credentials' || !each.startsWith('~/.') || each.includes('*')) continue;
      if (ALSO_IN_PROJECTS.has(place)) continue;
      const name = place.slice(place.lastIndexOf('/') + 1);
      byName.set(name, [...(byName.get(name) ?? []), place]);
    }
  }
  return (places = byName);
}
