import { eachService, inFile } from '../checks';
import { substitute, type Dockerfile } from '../dockerfile';
import type { Rule } from '../rule';
import type { ServiceDockerfile } from '../service-dockerfile';
import { parseUser } from '../user-spec';
import { show } from '../values';

/** The image is not root's by default either. */
export const dockerfileRootUser: Rule = {
  id: 'dockerfile-root-user',
  title: 'A Dockerfile ends with a numeric user that is not root',
  severity: 'error',
  acknowledgeable: true,
  why: 'Whoever runs the image without the compose file, a scanner or a colleague, runs it as root.',
  fix: 'end the last stage with USER and numbers: USER 1000:1000',
  threats: ['K1', 'F7'],
  controls: ['least-privilege'],
  check: eachService((_, { dockerfile: built }) => {
    if (!built?.dockerfile) return undefined;
    const user = lastUser(built.dockerfile, built);
    if (user === undefined)
      return inFile(built, 'no USER: it ends as root, or as its base image says');
    const { uid } = parseUser(user);
    if (uid === undefined) return inFile(built, `ends with USER ${show(user)}, which is no number`);
    return uid === 0 ? inFile(built, `ends with USER ${show(user)}`) : undefined;
  }),
};

/** The user of the stage that is built, or of the stages that it is based on. */
function lastUser({ stages, args }: Dockerfile, built: ServiceDockerfile): string | undefined {
  const named = stages.findIndex(({ name }) => name !== undefined && name === built.target);
  for (let index = named >= 0 ? named : stages.length - 1; index >= 0;) {
    const { instructions, base } = stages[index]!;
    const user = instructions.findLast(({ keyword }) => keyword === 'USER');
    if (user) {
      const known = new Map([...args, ...stageArgs(instructions), ...built.args]);
      return substitute(user.text, known);
    }
    const earlier = stages.slice(0, index);
    index = earlier.findIndex(({ name }) => name === base.toLowerCase());
  }
  return undefined;
}

function* stageArgs(instructions: readonly { keyword: string; text: string }[]) {
  for (const { keyword, text } of instructions) {
    const match = keyword === 'ARG' ? /^(\w+)=["']?([^"'\s]*)/.exec(text) : null;
    if (match) yield [match[1]!, match[2]!] as const;
  }
}
