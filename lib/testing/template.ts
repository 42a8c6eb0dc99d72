/**
 * Assertions about a synthesized sandbox, for users' own tests. Depends on no test runner: an
 * expectation that does not hold throws an error that shows the closest match.
 */
import type { IConstruct } from 'constructs';
import type { Assembly } from '../assembly/assembly';
import { synthesize } from '../assembly/synthesize';
import { COMPOSE_FILE } from '../assembly/manifest';
import type * as compose from '../compose/generated/document';
import type { Finding } from '../core/finding';
import type { Sandbox } from '../core/sandbox';
import * as assertions from './assertions';
import type { AcceptedFinding, TemplateContent } from './content';
import { contentOfAssembly, contentOfSandbox } from './content';
import type { Dockerfile } from './dockerfile/dockerfile';
import { dockerfileOf } from './dockerfile/of-service';
import type { Expected } from './expectation';
import * as findings from './finding-assertions';
import type { Matcher } from './matcher';
import { contentOfFolder } from './read-folder';

/** How a sandbox is synthesized for a template. */
export interface TemplateOptions {
  /** Look at the sandbox although findings would stop its synthesis. Default: false. */
  readonly allowFindings?: boolean;
}

type ServiceDocument = compose.ServiceDocument;

/**
 * A synthesized sandbox, to be asserted on: its Compose document, its files and its findings.
 *
 * Keys are those of Compose (`read_only`). Objects in an expectation are compared deeply and
 * partially, lists item by item; see `Match` for everything else. All assertions throw an
 * `ExpectationError` and can be chained. A key that the Compose specification does not know is an
 * error whatever is expected of it.
 *
 * @example
 * import { Agent, App, Level1Sandbox } from 'sandbox-cdk';
 * import { Match, Template } from 'sandbox-cdk/testing';
 *
 * const sandbox = new Level1Sandbox(new App(), 'demo', { source: '.', agents: [Agent.codex()] });
 * Template.fromSandbox(sandbox)
 *   .hasService('agent', { network_mode: 'none', cap_drop: ['ALL'], cap_add: Match.absent() })
 *   .serviceCountIs(1);
 */
export class Template {
  /**
   * Synthesizes one sandbox, policy included. Nothing is written.
   *
   * @throws SynthesisError with all findings when one of them is an error, unless `allowFindings`
   */
  static fromSandbox(sandbox: Sandbox, options: TemplateOptions = {}): Template {
    return new Template(contentOfSandbox(sandbox, options.allowFindings ?? false));
  }

  /**
   * Looks at one sandbox of an assembly, such as `app.synth()` gives.
   *
   * @param name the sandbox's name; can be left out when there is only one
   * @throws RangeError when there is no such sandbox, or several and no name
   */
  static fromAssembly(assembly: Assembly, name?: string): Template {
    return new Template(contentOfAssembly(assembly, name));
  }

  /**
   * Synthesizes a whole app and looks at one of its sandboxes. Nothing is written.
   *
   * @throws SynthesisError with all findings when one of them is an error
   * @throws RangeError as `fromAssembly`
   */
  static fromApp(app: IConstruct, name?: string): Template {
    return Template.fromAssembly(synthesize(app), name);
  }

  /**
   * Reads a committed output folder (`sandbox.out`), or the folder of one sandbox in it. Its
   * findings are not recorded there; its acknowledgements are.
   *
   * @throws RangeError when it is no output folder, and as `fromAssembly`
   */
  static fromFolder(folder: string, name?: string): Template {
    return new Template(contentOfFolder(folder, name));
  }

  private constructor(private readonly content: TemplateContent) {}

  /** The sandbox's name. */
  get name(): string {
    return this.content.name;
  }

  /** The service is there, and as expected. */
  hasService(name: string, expected?: Expected<ServiceDocument>): this;
  /** There is a service that is as expected. */
  hasService(expected: Expected<ServiceDocument>): this;
  hasService(name: NameOr<ServiceDocument>, expected?: Expected<ServiceDocument>): this {
    return this.element('services', name, expected);
  }

  /** The network is there, and as expected. */
  hasNetwork(name: string, expected?: Expected<compose.NetworkDocument>): this {
    return this.element('networks', name, expected);
  }
  /** The volume is there, and as expected. */
  hasVolume(name: string, expected?: Expected<compose.VolumeDocument>): this {
    return this.element('volumes', name, expected);
  }
  /** The secret is there, and as expected. */
  hasSecret(name: string, expected?: Expected<compose.SecretDocument>): this {
    return this.element('secrets', name, expected);
  }
  /** The config is there, and as expected. */
  hasConfig(name: string, expected?: Expected<compose.ConfigDocument>): this {
    return this.element('configs', name, expected);
  }
  /** The model is there, and as expected. */
  hasModel(name: string, expected?: Expected<compose.ModelDocument>): this {
    return this.element('models', name, expected);
  }

  /** The document as a whole is as expected. */
  hasDocument(expected: Expected<compose.ComposeDocument>): this {
    assertions.assertDocument(this.content, expected);
    return this;
  }

  /** Every service is as expected, and there is at least one. */
  allServices(expected: Expected<ServiceDocument>): this {
    assertions.assertAllElements(this.content, 'services', expected);
    return this;
  }

  /** There are exactly so many services. */
  serviceCountIs(count: number): this {
    assertions.assertCount(this.content, 'services', count);
    return this;
  }
  /** There are exactly so many networks. */
  networkCountIs(count: number): this {
    assertions.assertCount(this.content, 'networks', count);
    return this;
  }
  /** There are exactly so many volumes. */
  volumeCountIs(count: number): this {
    assertions.assertCount(this.content, 'volumes', count);
    return this;
  }

  /** The services that are as expected, by name, as plain data; all when nothing is expected. */
  findServices(expected: Expected<ServiceDocument> = {}): Record<string, ServiceDocument> {
    const found = assertions.findElements(this.content, 'services', expected);
    return structuredClone(found) as Record<string, ServiceDocument>;
  }

  /** The file is there (path relative to the sandbox's folder), and its content as expected. */
  hasFile(path: string, expected?: string | Matcher): this {
    assertions.assertFile(this.content, path, expected);
    return this;
  }

  /** The content of a file, for a snapshot. Throws when there is no such file. */
  file(path: string): string {
    return assertions.contentOfFile(this.content, path);
  }

  /** The paths of all files, relative to the sandbox's folder. */
  get filePaths(): readonly string[] {
    return [...this.content.files.keys()];
  }

  /** The Dockerfile that a service is built from. Throws when it is built from none. */
  dockerfile(service: string): Dockerfile {
    return dockerfileOf(this.content, service);
  }

  /** Findings that nobody acknowledged. Throws for a template from a folder. */
  get findings(): readonly Finding[] {
    return findings.findingsOf(this.content);
  }

  /** There are no findings but acknowledged ones; notes do not count. */
  hasNoFindings(): this {
    findings.assertNoFindings(this.content);
    return this;
  }

  /** There is a finding of the rule that nobody acknowledged, and it is as expected. */
  hasFinding(rule: string, expected: Expected<Finding> = {}): this {
    findings.assertFinding(this.content, rule, expected);
    return this;
  }

  /** A finding of the rule is acknowledged, as expected. */
  hasAcknowledgement(rule: string, expected: Expected<AcceptedFinding> = {}): this {
    findings.assertAcknowledgement(this.content, rule, expected);
    return this;
  }

  /** Nothing is acknowledged: every default stands. */
  hasNoAcknowledgements(): this {
    findings.assertNoAcknowledgements(this.content);
    return this;
  }

  /**
   * The Compose document as plain data, the caller's to change. Text is as the container sees it;
   * a value known only at start is in Compose's syntax (`${SANDBOX_UID:-1000}`).
   */
  toJSON(): Record<string, unknown> {
    return structuredClone(this.content.document);
  }

  /** The compose file as it is written: the same bytes for the same sandbox. */
  toYaml(): string {
    return this.file(COMPOSE_FILE);
  }

  private element(
    section: Parameters<typeof assertions.assertElement>[1],
    nameOrExpected: NameOr<object>,
    expected: unknown,
  ): this {
    const [name, pattern] =
      typeof nameOrExpected === 'string'
        ? [nameOrExpected, expected ?? {}]
        : [undefined, nameOrExpected];
    assertions.assertElement(this.content, section, name, pattern);
    return this;
  }
}

type NameOr<T> = string | Expected<T>;
