import { eachInstruction, eachService } from '../checks';
import type { Rule } from '../rule';
import { entriesOf, keywordOf, show } from '../values';

/** Variables, in lower case, that switch certificate checks off when they have one of these values. */
const VARIABLES: Readonly<Record<string, RegExp>> = {
  node_tls_reject_unauthorized: /^0$/,
  pythonhttpsverify: /^0$/,
  git_ssl_no_verify: /^(?!$|0$|false$)/,
  npm_config_strict_ssl: /^false$/,
  yarn_enable_strict_ssl: /^(?:0|false)$/,
  pip_trusted_host: /./,
  curl_insecure: /./,
};

const IN_DOCKERFILE =
  /\bcurl\b[^|;&\n]*\s(?:-[a-zA-Z]*k[a-zA-Z]*|--insecure)\b|--no-check-certificate\b|--trusted-host\b|\bstrict-ssl[ =]+false\b|\bsslVerify[ =]+false\b|--allow-unauthenticated\b|--no-gpg-check\b|--nogpgcheck\b|--force-yes\b|NODE_TLS_REJECT_UNAUTHORIZED[= ]["']?0|GIT_SSL_NO_VERIFY[= ]["']?(?:1|true)|\[\s*trusted=yes/i;

const inEnvironment = eachService((service) => {
  const wrong = entriesOf(service.environment).filter(({ name, value }) => {
    const variable = name.toLowerCase();
    return Object.hasOwn(VARIABLES, variable) && VARIABLES[variable]!.test(keywordOf(value) ?? '');
  });
  return wrong.map(({ name, key, value }) => ({
    property: `environment.${key}`,
    message: `sets ${name} to ${show(value)}`,
  }));
});

const inDockerfile = eachInstruction(({ text }) => {
  const [found] = IN_DOCKERFILE.exec(text) ?? [];
  return found === undefined ? undefined : `received ${show(found)}`;
});

/** Whoever is at the other end proves it. */
export const tlsVerificationDisabled: Rule = {
  id: 'tls-verification-disabled',
  title: 'Certificate and package signature checks are not switched off',
  severity: 'error',
  acknowledgeable: true,
  why: 'Without the check anybody on the way gives the image its packages, or the agent its model.',
  fix: 'give SandboxImage the company’s CA certificates instead',
  threats: ['S3', 'N8'],
  controls: ['image-provenance'],
  check: (subject) => [...inEnvironment(subject), ...inDockerfile(subject)],
};
