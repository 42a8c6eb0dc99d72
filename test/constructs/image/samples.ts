/** What the tests of images share: a service's context, and two certificate authorities of nobody. */
import { Agent } from '../../../constructs/agent';
import type { ImageContext, RenderedImage } from '../../../constructs/image/render-image';
import type { SandboxImage } from '../../../constructs/sandbox-image';
import { HOST_USER } from '../../../constructs/service-user';
import { InvalidPropsError } from '../../../lib/core/errors';
import { Dockerfile } from '../../../lib/testing/dockerfile/dockerfile';
import { simpleCommands } from '../../../lib/testing/dockerfile/shell';

export const TOOL_FOLDER = '/usr/local/lib/sandbox-cdk';

export const CONTEXT: ImageContext = {
  owner: { kind: 'SandboxService: image', id: 'agent' },
  title: 'Sandbox demo, service agent.',
  projectDir: '/nowhere',
  user: HOST_USER,
  agents: [],
  homeDir: '/home/agent',
  workdir: '/workspace',
  outputDir: '/output',
  toolFolder: TOOL_FOLDER,
  healthcheck: {
    command: [`${TOOL_FOLDER}/python3`, '-I', '-S', `${TOOL_FOLDER}/healthcheck.py`],
    interval: '30s',
    timeout: '10s',
    startPeriod: '5s',
    retries: 1,
  },
};

export const ALL_AGENTS: readonly Agent[] = Agent.names.map((name) => Agent.byName(name));

export function rendered(image: SandboxImage, context: Partial<ImageContext> = {}): RenderedImage {
  return image.render({ ...CONTEXT, ...context });
}

export function dockerfileOf(image: SandboxImage, context: Partial<ImageContext> = {}): Dockerfile {
  return Dockerfile.parse(rendered(image, context).dockerfile);
}

/** Every instruction with its keyword and flags, and for `RUN` every program with its options. */
export function skeleton(dockerfile: Dockerfile): string[] {
  return dockerfile.instructions.map(({ keyword, flags, arguments: text }) => {
    const commands = keyword === 'RUN' ? simpleCommands(text) : [];
    const called = commands.flatMap(([program, ...words]) => [
      program,
      ...words.filter((word) => word.startsWith('-')),
    ]);
    return [keyword, ...flags, ...called].join(' ');
  });
}

/** The words of the first command of a `RUN` that calls the program with these first words. */
export function wordsOf(dockerfile: Dockerfile, ...start: string[]): string[] | undefined {
  return dockerfile.instructions
    .filter(({ keyword }) => keyword === 'RUN')
    .flatMap(({ arguments: text }) => simpleCommands(text))
    .filter((command) => start.every((word, index) => command[index] === word))
    .at(-1);
}

/** True when the call is accepted, false when its props are refused; anything else is thrown. */
export function accepted(call: () => unknown): boolean {
  try {
    call();
    return true;
  } catch (error) {
    if (error instanceof InvalidPropsError) return false;
    throw error;
  }
}

export const CERTIFICATE_ONE = `\
-----BEGIN CERTIFICATE-----
MIIBkjCCATmgAwIBAgIUavG7ZlaZwPiV+bUwPYuI3qLe68UwCgYIKoZIzj0EAwIw
HjEcMBoGA1UEAwwTRXhhbXBsZSB0ZXN0IENBIG9uZTAgFw0yNjExMjQwNTAxMjla
GA8yMTI2MTAzMTA1MDEyOVowHjEcMBoGA1UEAwwTRXhhbXBsZSB0ZXN0IENBIG9u
ZTBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABDrIwFWk4yvmDy3HZFKenDnOtvHM
egDO5R9jRfk/knTIcnyxYODe+z9Cr6yyE4nhOp19jDMuuOpLPdS/l6NhMX2jUzBR
MB0GA1UdDgQWBBTrn3vPzHHTcnbTuXH8n1AxZV5PrTAfBgNVHSMEGDAWgBTrn3vP
zHHTcnbTuXH8n1AxZV5PrTAPBgNVHRMBAf8EBTADAQH/MAoGCCqGSM49BAMCA0cA
MEQCIBV6R1vNX/sREPrehUcvKHTDqA0ID0qYgWhFTQDmQBaHAiAXn4i4tZUKPahr
TaHNS7qIRvNhaF11psdToFdJ8XNXdA==
-----END CERTIFICATE-----
`;

export const CERTIFICATE_TWO = `\
-----BEGIN CERTIFICATE-----
MIIBkjCCATmgAwIBAgIUPzDvDeB7QlXn9tdbInV+szDrq5YwCgYIKoZIzj0EAwIw
HjEcMBoGA1UEAwwTRXhhbXBsZSB0ZXN0IENBIHR3bzAgFw0yNjExMjQwNTAxMjla
GA8yMTI2MTAzMTA1MDEyOVowHjEcMBoGA1UEAwwTRXhhbXBsZSB0ZXN0IENBIHR3
bzBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABD5Qm5wh5/YGw6zw6gdUZDkh9i2t
/XXEeAtniDkbxhQluFldBjSOvgD/5WVrC/ni5/4sfgJ2DlXMq3OjaWHl+4ijUzBR
MB0GA1UdDgQWBBRMCVuHO+719rYIJbybBABlw1MfazAfBgNVHSMEGDAWgBRMCVuH
O+719rYIJbybBABlw1MfazAPBgNVHRMBAf8EBTADAQH/MAoGCCqGSM49BAMCA0cA
MEQCIBhIuwI9HtawTMEwqKLXcybLGMOElhkzwNeEazDbbpyrAiBhV/+jjNlkAOwW
tTIWgVhkAUtmpuqRXSceG35bDOzHFw==
-----END CERTIFICATE-----
`;
