import { eachInstruction } from '../checks';
import type { Rule } from '../rule';

const SHELL = '(?:\\S*\\/)?(?:(?:ba|da|z|k|a|fi)?sh|python3?|node|perl|ruby|php)\\b';
const DOWNLOAD = '\\b(?:curl|wget|aria2c|fetch)\\b';
const PIPED = new RegExp(
  [
    // curl … | sh
    `${DOWNLOAD}[^;&\\n]*\\|\\s*(?:sudo\\s+(?:-\\S+\\s+)*|env\\s+)?${SHELL}`,
    // sh -c "$(curl …)", eval "$(curl …)", source <(curl …)
    `(?:\\beval|\\bsource|\\b${SHELL}\\s+(?:-\\S+\\s+)*|(?:^|\\s)\\.\\s)\\s*["']?(?:\\$\\(|\`|<\\()\\s*${DOWNLOAD}`,
  ].join('|'),
);

/** What is downloaded is looked at before it runs. */
export const dockerfilePipeToShell: Rule = {
  id: 'dockerfile-pipe-to-shell',
  title: 'No build step pipes a download into a shell',
  severity: 'error',
  acknowledgeable: true,
  why: 'Whoever controls the address, today or at the next build, runs code as root in the image.',
  fix: 'install a package of a known version, or check a digest before running what was downloaded',
  threats: ['K8'],
  controls: ['image-provenance'],
  check: eachInstruction(({ keyword, text }) =>
    keyword === 'RUN' && PIPED.test(text) ? 'a download is piped into a shell' : undefined,
  ),
};
