/** From an image's parts to the files of its build: everything is checked and sorted here. */
import { posix } from 'node:path';
import { EnvRef } from '../../lib/core/env-ref';
import { invalidProps, type PropsOwner } from '../../lib/core/props';
import { isGvisor } from '../../lib/policy/runtimes';
import { asset, render } from '../../lib/templates/render';
import type { Agent } from '../agent';
import type { ImageSpecification } from '../sandbox-image';
import type { ServiceUser } from '../service-user';
import { readCertificates, type CaCertificate } from './certificates';
import { packagesOf, type Packages } from './packages';
import { npmStage, pythonStage } from './stages';

/** What a service tells its image. Paths consist of letters, digits and `._-`. */
export interface ImageContext {
  /** Shown with findings. */
  readonly owner: PropsOwner;
  /** First line of the Dockerfile: what the image is for. */
  readonly title: string;
  /** Where paths of certificates start. */
  readonly projectDir: string;
  readonly user: ServiceUser;
  /** OCI runtime; gVisor must be able to read what it runs. */
  readonly runtime?: string | EnvRef;
  /** Agents beside those that the image has already. */
  readonly agents: readonly Agent[];
  readonly homeDir: string;
  readonly workdir: string;
  readonly outputDir: string;
  /** Folder of the health check and the entrypoint. */
  readonly toolFolder: string;
  readonly healthcheck: ImageHealthcheck;
}

/** Durations as Docker spells them: `30s`, `1m30s`. */
export interface ImageHealthcheck {
  readonly command: readonly string[];
  readonly interval: string;
  readonly timeout: string;
  readonly startPeriod: string;
  readonly retries: number;
}

export interface RenderedImage {
  readonly dockerfile: string;
  /**
   * Path in the build context to text: the Dockerfile, `.dockerignore`, `entrypoint.sh`, settings
   * and certificates. Not `healthcheck.py` and `healthcheck.json`, which the Dockerfile expects.
   */
  readonly contextFiles: ReadonlyMap<string, string>;
  /** Values known only when the sandbox is started. */
  readonly buildArgs: Readonly<Record<string, EnvRef>>;
}

const DEFAULT_ID = '1000';

const DOCKERIGNORE = `\
# Only what the Dockerfile copies takes part in the build.
*
!ca-certificates
!entrypoint.sh
!healthcheck.json
!healthcheck.py
!settings
`;

export function renderImage(image: ImageSpecification, context: ImageContext): RenderedImage {
  const certificates = certificatesOf(image, context);
  const packages = packagesOf(image, context);
  const dockerfile = render('Dockerfile', dockerfileData(image, context, packages, certificates));
  const contextFiles = new Map([
    ['Dockerfile', dockerfile],
    ['.dockerignore', DOCKERIGNORE],
    ['entrypoint.sh', asset('entrypoint.sh')],
    ...certificates.map(({ fileName, pem }) => [`ca-certificates/${fileName}`, pem] as const),
    ...packages.settings.map(([path, text]) => [`settings${path}`, text] as const),
  ]);
  return { dockerfile, contextFiles, buildArgs: buildArgsOf(context) };
}

function certificatesOf(
  { caCertificates }: ImageSpecification,
  { owner, projectDir }: ImageContext,
): readonly CaCertificate[] {
  const { certificates, problems } = readCertificates(caCertificates, projectDir);
  if (problems.length > 0) throw invalidProps(owner, problems);
  return certificates;
}

function dockerfileData(
  image: ImageSpecification,
  context: ImageContext,
  packages: Packages,
  certificates: readonly CaCertificate[],
): object {
  const { base } = image;
  // With certificates, the base stage has installed this package already.
  const missing = (names: readonly string[]) =>
    names.filter((name) => certificates.length === 0 || name !== 'ca-certificates');
  const npm = npmStage(packages, base.release, image.npmRegistry, missing);
  const python = pythonStage(packages, image.pythonIndex, certificates.length > 0, missing);
  return {
    title: plain(context.title),
    baseImage: base.digest ? `${base.reference}@${base.digest}` : base.reference,
    foreignBase: base.release === undefined,
    certificates: certificates.map(({ fileName }) => fileName),
    stages: npm !== undefined || python !== undefined,
    npm,
    python,
    packages: missing(packages.debian),
    searchPath: [...(npm ? ['/opt/npm/bin'] : []), ...(python ? ['/opt/venv/bin'] : [])].join(':'),
    settings: packages.settings.map(([path]) => path),
    folders: foldersOf(packages, context),
    uid: defaultId(context.user.uid),
    gid: defaultId(context.user.gid),
    homeDir: plainPath(context.homeDir),
    workdir: plainPath(context.workdir),
    outputDir: plainPath(context.outputDir),
    toolFolder: plainPath(context.toolFolder),
    ...runtimeData(context.runtime),
    health: healthData(context.healthcheck),
  };
}

/** Made beforehand: a folder that `COPY --chmod` makes takes on the mode of its file. */
function foldersOf({ settings }: Packages, { toolFolder }: ImageContext): string[] {
  const folders = [toolFolder, ...settings.map(([path]) => posix.dirname(path))];
  return [...new Set(folders)].sort();
}

function healthData({ command, interval, timeout, startPeriod, retries }: ImageHealthcheck) {
  return {
    interval: plain(interval),
    timeout: plain(timeout),
    startPeriod: plain(startPeriod),
    retries,
    command: `[${command.map((word) => JSON.stringify(plain(word))).join(', ')}]`,
  };
}

/** Which runtime the image is for: known, or only at the build (`defaultRuntime`). */
function runtimeData(runtime: ImageContext['runtime']) {
  if (!EnvRef.is(runtime)) return { onGvisor: isGvisor(runtime) };
  return { defaultRuntime: plain(runtime.defaultValue ?? 'runc') };
}

/** The last check before a value of the service's own becomes part of the Dockerfile. */
function plain(text: string): string {
  return checked(text, /^[A-Za-z0-9/._-][A-Za-z0-9 ,/._-]*$/, 'letters, digits, spaces and ,/._-');
}

function plainPath(text: string): string {
  return checked(text, /^(?:\/[A-Za-z0-9._-]+)+$/, 'an absolute path of letters, digits and ._-');
}

function checked(text: string, pattern: RegExp, allowed: string): string {
  if (pattern.test(text)) return text;
  throw new RangeError(
    `SandboxImage.render: received ${JSON.stringify(text)}; allowed: ${allowed}`,
  );
}

function defaultId(id: number | EnvRef): string {
  const text = EnvRef.is(id) ? (id.defaultValue ?? '') : String(id);
  return /^[1-9][0-9]*$/.test(text) ? text : DEFAULT_ID;
}

function buildArgsOf({ user: { uid, gid }, runtime }: ImageContext): Record<string, EnvRef> {
  return {
    ...(EnvRef.is(uid) && { SANDBOX_UID: uid }),
    ...(EnvRef.is(gid) && { SANDBOX_GID: gid }),
    ...(EnvRef.is(runtime) && { SANDBOX_RUNTIME: runtime }),
  };
}
