/** Whether a file whose name leaves it open has a secret in it. */
import * as fs from 'node:fs';
import { READ } from '../../assembly/open-flags';
import { hasKnownKey, isPlaceholder, isSecretName } from '../../policy/secret-text';
import type { ContentRule } from './secret-names';

/** A key stands at the beginning of a file, or behind the certificates at its end. */
const HEAD = 256 * 1024;
const TAIL = 64 * 1024;

/** True when it has one, and when it cannot be read, so that nobody knows. */
export function holdsSecret(file: string, rule: ContentRule): boolean {
  const text = readEnds(file);
  return text === undefined || RULES[rule](text);
}

const PRIVATE_KEY = /-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----/;
const ONE_WORD = /^\s*[A-Za-z0-9+/_=-]{16,}\s*$/;
const CREDENTIALS_IN_URL = /[a-z][a-z0-9+.-]*:\/\/[^\s/@:]*:[^\s/@]+@|\/\/[A-Za-z0-9_-]{20,}@/i;
const REGISTRY =
  /(?:_auth(?:token)?|_password|npmauth(?:token|ident)|password|token)["']?[ \t]*[:=][ \t]*["']?([^\s"']+)/gi;
const XML_PASSWORD =
  /<(?:password|passphrase)>\s*([^<]+?)\s*<|key="(?:ClearText)?Password"\s+value="([^"]+)"/gi;
const CLUSTER =
  /^\s*-?\s*"?(?:client-key-data|client-key|token|password|id-token|refresh-token)"?\s*:\s*\S/m;
const LOGIN = /"(?:auth|identitytoken|registrytoken|password)"\s*:\s*"[^"]+"/;
const ACCOUNT =
  /"(?:private_key|client_secret|refresh_token|secret_?access_?key)"\s*:\s*"[^"]{8,}"/i;

const RULES: Readonly<Record<ContentRule, (text: string) => boolean>> = {
  'private-key': (text) => PRIVATE_KEY.test(text),
  'key-file': (text) => PRIVATE_KEY.test(text) || ONE_WORD.test(text),
  assignments: hasSecretAssignment,
  registry: (text) => hasRegistryToken(text) || hasKnownKey(text) || CREDENTIALS_IN_URL.test(text),
  git: (text) =>
    CREDENTIALS_IN_URL.test(text) || /^\s*extraheader\s*=\s*\S/im.test(text) || hasKnownKey(text),
  logins: (text) => LOGIN.test(text),
  cluster: (text) => CLUSTER.test(text) || hasKnownKey(text),
  account: (text) => ACCOUNT.test(text) || hasSecretAssignment(text),
};

function hasRegistryToken(text: string): boolean {
  for (const pattern of [REGISTRY, XML_PASSWORD]) {
    for (const [, first, second] of text.matchAll(pattern)) {
      if (isValue(first ?? second ?? '')) return true;
    }
  }
  return false;
}

const ASSIGNMENT =
  /(?:^|[\s,{;(])["']?([A-Za-z_][\w.-]{1,80})["']?[ \t]*(?:=>|[:=,])[ \t]*["']?([^\s"',;)}]+)/g;

/** `API_KEY=…`, `password: …`, `"token": "…"`, `define('DB_PASSWORD', '…')`. */
function hasSecretAssignment(text: string): boolean {
  if (hasKnownKey(text)) return true;
  for (const [, name, value] of text.matchAll(ASSIGNMENT)) {
    if (isSecretName(name!) && isValue(value!)) return true;
  }
  return false;
}

/** A value itself, and not where to get it from: `${NPM_TOKEN}`, `{{ vault }}`, `%TOKEN%`. */
function isValue(value: string): boolean {
  return !isPlaceholder(value) && !/^(?:\$|\{\{|%|<|process\.env|os\.environ|!)/.test(value);
}

/** The beginning and the end of a file; `undefined` when it cannot be read. */
function readEnds(file: string): string | undefined {
  let handle: number | undefined;
  try {
    // Between the look at the folder and this a link, or a pipe without a writer, may have come here.
    handle = fs.openSync(file, READ);
    const { size } = fs.fstatSync(handle);
    const head = readAt(handle, 0, Math.min(size, HEAD));
    if (size <= HEAD) return head;
    const tail = Math.min(TAIL, size - HEAD);
    return `${head}\n${readAt(handle, size - tail, tail)}`;
  } catch {
    return undefined;
  } finally {
    if (handle !== undefined) fs.closeSync(handle);
  }
}

function readAt(handle: number, position: number, length: number): string {
  const buffer = Buffer.alloc(length);
  return buffer.toString('utf8', 0, fs.readSync(handle, buffer, 0, length, position));
}
