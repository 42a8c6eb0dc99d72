/**
 * Assertions about a synthesized sandbox, for users' own tests. Depends on no test runner: an
 * expectation that does not hold throws an error that shows the closest match.
 */
import type { Assembly } from '../assembly/assembly';
import { synthesize } from '../assembly/synthesize';
import type {
  ComposeDocument,
  ConfigDocument,
  ModelDocument,
  NetworkDocument,
  SecretDocument,
  ServiceDocument,
  VolumeDocument,
} from '../compose/generated/document';
import type { ComposeSection } from '../compose/element';
import type { Finding } from '../core/finding';
import type { Sandbox } from '../core/sandbox';
import type { IConstruct } from 'constructs';
import { fail, type EntryPoint } from './assertion-error';
import { judge } from './closest-matches';
import {
  COMPOSE_FILE,
  contentOfAssembly,
  contentOfSandbox,
  type AcceptedFinding,
  type TemplateContent,
} from './content';
import { Dockerfile } from './dockerfile/dockerfile';
import { dockerfileOf } from './dockerfile/of-service';
import { checkExpectation, type Expected } from './expectation';
import { assertAcknowledgement, assertFinding, assertNone, describeFinding } from './findings';
import { assertAll, assertCount, assertFile, assertSection, fileOf, assertDocument } from './assertions';
import { contentOfFolder } from './read-folder';
