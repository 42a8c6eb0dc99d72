/** A project whose engine a test can cut off or silence: made before the tests around it, gone after them. */
import { EngineProxy } from './engine-proxy';
import type { Project } from './project';
import { ALLOWED, newProject } from './solo';

export class BehindProxy {
  project!: Project;
  proxy!: EngineProxy;

  constructor() {
    beforeAll(() => void (this.project = newProject()));
    beforeEach(async () => void (this.proxy = await new EngineProxy().listen()));
    afterEach(() => this.proxy.close());
    afterAll(() => {
      this.project.trySandboxCdk('clean', '--yes', '--outputs');
      this.project.remove();
    });
  }

  /** Of its only service, asked past the proxy. */
  state(): string {
    const { stdout, stderr } = this.project.trySandboxCdk('status', '--json');
    expect(stderr).toBe('');
    const { sandboxes } = JSON.parse(stdout) as {
      sandboxes: { services: { state: string }[] }[];
    };
    return sandboxes[0]!.services[0]!.state;
  }

  start() {
    return this.project.trySandboxCdk('start', ...ALLOWED);
  }
}
