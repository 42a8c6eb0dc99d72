// Composes the parts of RESULTS.md: what was measured, on what machine, how to repeat it, and what limits
// it. Each of the two benchmarks writes its own part and leaves the other's as it is.
import { cpus, loadavg, totalmem, type as osType, arch } from 'node:os';
import { Cdk8s } from './cdk8s';
import { engineVersions } from './engine-project';
import { type Answer, formatAnswer } from './report';

export type Part = 'synth' | 'engine';

/** RESULTS.md with one part measured anew. */
export function resultsFile(
  before: string,
  part: Part,
  answers: readonly Answer[],
  load: readonly number[],
): string {
  const texts: Record<Part, string> = {
    synth: partOf(before, 'synth'),
    engine: partOf(before, 'engine'),
  };
  texts[part] = [
    INTRODUCTION[part],
    machine(part, load),
    ...answers.map(formatAnswer),
    LIMITS[part],
  ].join('\n');
  return `# Benchmark results\n\n${HOW}\n${mark('synth', texts.synth)}\n${mark('engine', texts.engine)}`;
}

function mark(part: Part, text: string): string {
  return `<!-- ${part} -->\n\n${text.trim()}\n\n<!-- /${part} -->\n`;
}

function partOf(file: string, part: Part): string {
  return new RegExp(`<!-- ${part} -->(.*)<!-- /${part} -->`, 's').exec(file)?.[1] ?? '';
}

/** The load of the machine now; ask before measuring, because measuring is itself a load. */
export function currentLoad(): number[] {
  return loadavg();
}

const HOW = `Every time is that of a whole process, from its start to its end, unless a table says otherwise, and every
series ran interleaved with the ones that it is compared with (A B A B …), after warm-up runs that are not
counted. A multiple is the median of the ratios of each round, not the ratio of the medians; so is a
difference. CPU is processor time, of the program and all that it starts; where it is far below the time,
the program waited for the disk or for its turn. Memory is the peak resident set of the largest process of
a run, in megabytes of 10^6 bytes.
`;

const INTRODUCTION: Record<Part, string> = {
  synth: `# Synthesis

Written by \`npm run bench\`. Repeat with:

    npm ci
    npm run bench                 # or: npm run bench -- --quick, npm run bench -- --only one
`,
  engine: `# On a container engine

Written by \`npm run bench:engine\`. Repeat, where \`docker\` reaches an engine, with:

    npm ci
    npm run bench:engine          # or: npm run bench:engine -- --quick, -- --only exec
`,
};

function machine(part: Part, load: readonly number[]): string {
  return `## Machine

- ${cpus().length} CPUs, ${Math.round(totalmem() / 2 ** 30)} GiB memory, ${osType()} ${arch()}
- Node ${process.versions.node}
- load before the first run: ${load[0]!.toFixed(2)} (1 minute), ${load[1]!.toFixed(2)} (5 minutes)
- ${new Date().toISOString().slice(0, 10)}
- ${part === 'synth' ? `peer: ${Cdk8s.versions()}` : engineVersions()}
`;
}

const LIMITS: Record<Part, string> = {
  synth: `## What limits these numbers

- A small machine that other programs use as well: the same command differs by 10 to 25 % from one batch
  to the next. Compare within a table, never between tables or between files.
- sandbox-cdk is measured as users get it: packed, installed with npm in a folder of its own, run as its
  command. Starting the process is part of every time, for every program alike.
- cdk8s is the peer because it is the closest in kind: constructs in, files of YAML out. The workload is
  the same in kind, not in bytes: a hardened container with its limits, volumes and health check, a
  network that denies everything, and the health check's settings.
- Three things are left out in favour of cdk8s. The template's \`cdk8s import k8s\` downloads its schema, so
  the app uses plain \`ApiObject\`s, and the large generated types are not type-checked. \`cdk8s-plus\` and
  jest, which the template also installs, are not used by the app and not installed. The check for a newer
  \`cdk8s-cli\` is off.
- cdk8s is not run with more than 1,000 charts: each chart validates the whole app again, so its time
  grows with the square of their number.
- The page cache is warm and files are not flushed to the disk, for every program alike.
`,
  engine: `## What limits these numbers

- A small machine that other programs use as well; the engine, its containers and what is measured share
  two processors. Compare within a table, never between tables.
- sandbox-cdk is measured as users get it: packed, installed with npm in a folder of its own.
- The workloads time themselves inside the container, so that no start of a process of ours or of docker's
  is in the figure. One unit of each is under a second: health checks and other programs that run meanwhile
  are noise, which the median of many rounds takes out.
- There is one kind of machine, one engine and one file system behind these numbers.
`,
};
