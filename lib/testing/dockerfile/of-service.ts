/** The Dockerfile that a service is built from. */
import * as path from 'node:path';
import { fail } from '../assertion-error';
import { elementsOf, noSuch, contentOfFile } from '../assertions';
import type { TemplateContent } from '../content';
import { Dockerfile } from './dockerfile';

interface PlainBuild {
  readonly context?: string;
  readonly dockerfile?: string;
  readonly dockerfile_inline?: string;
}

/** Finds and parses it by the service's `build` section. */
export function dockerfileOf(content: TemplateContent, service: string): Dockerfile {
  const services = elementsOf(content, 'services');
  if (!Object.hasOwn(services, service)) {
    fail(noSuch('service', service, Object.keys(services), content.name));
  }
  const { build } = services[service] as { build?: string | PlainBuild };
  if (build === undefined) fail(`service ${service} has no build section, so no Dockerfile`);
  const {
    context = '.',
    dockerfile = 'Dockerfile',
    dockerfile_inline: inline,
  } = typeof build === 'string' ? { context: build } : build;
  if (inline !== undefined) return Dockerfile.parse(inline);
  const file = path.posix.join(context, dockerfile);
  return Dockerfile.parse(contentOfFile(content, file));
}
