/** What a service's container is made from: a builder for its Dockerfile. */
import * as z from 'zod';
import { parseProps } from '../lib/core/props';
import * as schemas from '../lib/core/schemas';
import { Agent } from './agent';
import { DEBIAN_RELEASES, type BaseImage, type DebianRelease } from './image/base-image';
import { DIGEST_PATTERN, parseImageReference } from './image/image-reference';
import { debianPackage, npmPackages, pythonPackages } from './image/package-names';
import { renderImage, type ImageContext, type RenderedImage } from './image/render-image';

export type { DebianRelease } from './image/base-image';
export type { ImageContext, ImageHealthcheck, RenderedImage } from './image/render-image';

export interface SandboxImageProps {
  /** Debian packages, with `=version` if it must be one. Default: none. */
  readonly packages?: readonly string[];
  /** npm package to exact version; installed globally, without install scripts. Default: none. */
  readonly npmPackages?: Readonly<Record<string, string>>;
  /** Python package to exact version; from wheels, in a virtual environment. Default: none. */
  readonly pythonPackages?: Readonly<Record<string, string>>;
  /**
   * Files of a company's own certificate authorities, PEM or DER, relative to the project folder.
   * Needed where HTTPS is inspected on its way out. Default: none.
   */
  readonly caCertificates?: readonly string[];
  /** Agents to install. Default: none; a `SandboxService` adds its own. */
  readonly agents?: readonly Agent[];
  /** Digest of the base image, `sha256:…`. Default: whatever the tag means at build time. */
  readonly digest?: string;
  /** The npm registry, an `https://` address without credentials. Default: npm's own. */
  readonly npmRegistry?: string;
  /** The Python package index, an `https://` address without credentials. Default: PyPI. */
  readonly pythonIndex?: string;
}

/** All that an image is made of; the builder's methods make changed copies of it. */
export type ImageSpecification = Readonly<
  Required<Pick<SandboxImageProps, ListProps>> & Omit<SandboxImageProps, ListProps | 'digest'>
> & { readonly base: BaseImage };
type ListProps = 'packages' | 'npmPackages' | 'pythonPackages' | 'caCertificates' | 'agents';

const digest = z
  .string('a digest')
  .regex(DIGEST_PATTERN, 'a digest: sha256: and 64 lower-case hexadecimal digits');

const httpsAddress = z
  .string('an address')
  .regex(
    /^https:\/\/[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?(?::[0-9]{1,5})?(?:\/[A-Za-z0-9._~-]+)*\/?$/,
    'an https:// address without credentials, query and fragment',
  );

const imageProps = z.strictObject({
  packages: z.array(debianPackage, 'a list of Debian packages').optional(),
  npmPackages: npmPackages.optional(),
  pythonPackages: pythonPackages.optional(),
  caCertificates: z.array(schemas.hostPath, 'a list of paths').optional(),
  agents: z
    .array(schemas.instance(Agent, 'an Agent, such as Agent.claudeCode()'), 'a list of agents')
    .optional(),
  digest: digest.optional(),
  npmRegistry: httpsAddress.optional(),
  pythonIndex: httpsAddress.optional(),
});

const release = z.enum(DEBIAN_RELEASES, `one of ${DEBIAN_RELEASES.join(', ')}`);

const reference = z.string('an image reference').superRefine((value, context) => {
  const parsed = parseImageReference(value);
  const refuse = (allowed: string) => context.addIssue(allowed);
  if (!parsed)
    refuse('an image reference with its tag, such as registry.example.com/team/base:2.1');
  else if (parsed.tag === undefined) refuse(`the image with its tag, such as ${parsed.name}:2.1`);
  else if (parsed.tag === 'latest') refuse('a tag that names a version; latest can be anything');
});

/**
 * The image of a service: Debian or a company's own base image, with packages and agents, a numeric
 * user who is not root, and no setuid bits. A value: each method gives a changed copy.
 *
 * `synth` writes its Dockerfile; the engine builds it when the sandbox is started.
 *
 * Rules: `image-not-pinned`.
 *
 * @throws InvalidPropsError for unknown or invalid props
 * @see docs/IMAGES.md; Dockerfile reference
 * @example
 * import { SandboxImage } from 'sandbox-cdk';
 *
 * SandboxImage.debian('trixie', { packages: ['git', 'python3'] })
 *   .withNpmPackages({ typescript: '6.0.3' })
 *   .withCaCertificates('certificates/acme-root.pem');
 */
export class SandboxImage {
  /** Plain Debian: `debian:RELEASE-slim`. */
  static debian(debianRelease: DebianRelease, props: SandboxImageProps = {}): SandboxImage {
    const owner = { kind: 'SandboxImage.debian' };
    const own = parseProps(z.strictObject({ release }), { release: debianRelease }, owner);
    return SandboxImage.make(owner.kind, props, {
      reference: `debian:${own.release}-slim`,
      digest: undefined,
      release: own.release,
    });
  }

  /**
   * A base image of one's own, with its tag. It must be made from Debian or a relative of it, since
   * packages are installed with apt.
   */
  static from(imageReference: string, props: SandboxImageProps = {}): SandboxImage {
    const owner = { kind: 'SandboxImage.from' };
    const own = parseProps(z.strictObject({ reference }), { reference: imageReference }, owner);
    const parsed = parseImageReference(own.reference)!;
    return SandboxImage.make(owner.kind, props, {
      reference: `${parsed.name}:${parsed.tag}`,
      digest: parsed.digest,
      release: undefined,
    });
  }

  private static make(kind: string, props: SandboxImageProps, base: BaseImage): SandboxImage {
    const { digest: given, ...rest } = parseProps(imageProps, props, { kind });
    return new SandboxImage({
      packages: [],
      npmPackages: {},
      pythonPackages: {},
      caCertificates: [],
      agents: [],
      ...rest,
      base: { ...base, digest: given ?? base.digest },
    });
  }

  private constructor(private readonly specification: ImageSpecification) {}

  /** Name and tag of the base image, without its digest. */
  get reference(): string {
    return this.specification.base.reference;
  }

  /** Digest of the base image, where it is pinned. */
  get digest(): string | undefined {
    return this.specification.base.digest;
  }

  /** Adds Debian packages. A package given twice is installed in the version given last. */
  withPackages(...packages: string[]): SandboxImage {
    const added = this.parse('withPackages', { packages }).packages ?? [];
    return this.with({ packages: [...this.specification.packages, ...added] });
  }

  /** Adds npm packages; a version given again takes the place of the earlier one. */
  withNpmPackages(packages: Readonly<Record<string, string>>): SandboxImage {
    const { npmPackages: added } = this.parse('withNpmPackages', { npmPackages: packages });
    return this.with({ npmPackages: { ...this.specification.npmPackages, ...added } });
  }

  /** Adds Python packages; a version given again takes the place of the earlier one. */
  withPythonPackages(packages: Readonly<Record<string, string>>): SandboxImage {
    const { pythonPackages: added } = this.parse('withPythonPackages', {
      pythonPackages: packages,
    });
    return this.with({ pythonPackages: { ...this.specification.pythonPackages, ...added } });
  }

  /** Adds files of certificate authorities, relative to the project folder. */
  withCaCertificates(...paths: string[]): SandboxImage {
    const added = this.parse('withCaCertificates', { caCertificates: paths }).caCertificates ?? [];
    return this.with({ caCertificates: [...this.specification.caCertificates, ...added] });
  }

  /** Adds agents. */
  withAgents(...agents: Agent[]): SandboxImage {
    const added = this.parse('withAgents', { agents }).agents ?? [];
    return this.with({ agents: [...this.specification.agents, ...added] });
  }

  /** The same image, from the base image of this digest. */
  pinnedTo(baseDigest: string): SandboxImage {
    const { digest: pinned } = this.parse('pinnedTo', { digest: baseDigest });
    return this.with({ base: { ...this.specification.base, digest: pinned } });
  }

  /**
   * The Dockerfile of one service, and all that its build needs but the health check.
   *
   * @throws InvalidPropsError for certificates that cannot be used, for two versions of one package,
   * and for an agent that the base image's Node.js is too old for
   */
  render(context: ImageContext): RenderedImage {
    return renderImage(this.specification, context);
  }

  private parse(method: string, props: SandboxImageProps): z.output<typeof imageProps> {
    return parseProps(imageProps, props, { kind: `SandboxImage.${method}` });
  }

  private with(changes: Partial<ImageSpecification>): SandboxImage {
    return new SandboxImage({ ...this.specification, ...changes });
  }
}
