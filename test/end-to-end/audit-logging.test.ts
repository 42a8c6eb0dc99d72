/** AuditLogging on a real syslog server: rsyslog from Debian's packages, fed by the engine's driver. */
import * as fs from 'node:fs';
import * as path from 'node:path';
import { describeWithEngine } from './support/engine';
import { Project, type RunningSandbox } from './support/project';
import { run, tryRun } from './support/run';

const PORT = 5514;
const SERVER = 'sandbox-cdk-e2e-rsyslog';

const DOCKERFILE = `FROM debian:trixie-slim
RUN apt-get update && apt-get install --yes --no-install-recommends rsyslog && rm -rf /var/lib/apt/lists/*
COPY rsyslog.conf /etc/rsyslog.conf
CMD ["rsyslogd", "-n"]
`;

const CONFIG = `module(load="imudp")
input(type="imudp" address="127.0.0.1" port="${PORT}")
template(name="raw" type="string" string="%rawmsg%\\n")
template(name="parsed" type="string" string="%protocol-version%|%syslogfacility-text%|%app-name%|%msg%\\n")
action(type="omfile" file="/var/log/raw.log" template="raw")
action(type="omfile" file="/var/log/parsed.log" template="parsed")
`;

const PROGRAM = `
import { App, AuditLogging, Sandbox, SandboxImage, SandboxService } from 'sandbox-cdk';

const app = new App();
const sandbox = new Sandbox(app, 'audited');
const agent = new SandboxService(sandbox, 'agent', {
  image: SandboxImage.debian('trixie'),
  command: ['sh', '-c', 'echo first record; echo "second, with $HOME and ü" >&2; exec sleep infinity'],
});
new AuditLogging(sandbox, 'audit', {
  syslog: { address: 'udp://127.0.0.1:${PORT}', facility: 'local3', tag: 'acme/payments' },
}).record(agent);
app.synth();
`;

describeWithEngine('AuditLogging to a syslog server', () => {
  let project: Project;
  let sandbox: RunningSandbox;

  beforeAll(() => {
    project = new Project();
    project.write('server/Dockerfile', DOCKERFILE);
    project.write('server/rsyslog.conf', CONFIG);
    tryRun('docker', ['rm', '--force', SERVER]);
    run('docker', ['build', '--quiet', '--tag', SERVER, path.join(project.folder, 'server')]);
    run('docker', ['run', '--detach', '--name', SERVER, '--network', 'host', SERVER]);
    project.write('cdk-like.json', '{ "app": "sandbox.ts" }');
    project.write(
      'tsconfig.json',
      fs.readFileSync(path.join(__dirname, 'support/tsconfig.user.json'), 'utf8'),
    );
    project.write('sandbox.ts', PROGRAM);
    project.link();
    project.sandboxCdk('synth');
    sandbox = project.sandbox('audited');
    sandbox.build();
    sandbox.up();
  }, 600_000);

  afterAll(() => {
    sandbox.down();
    tryRun('docker', ['rm', '--force', SERVER]);
    tryRun('docker', ['rmi', SERVER]);
    project.remove();
  }, 120_000);

  function received(file: string): string[] {
    return run('docker', ['exec', SERVER, 'cat', `/var/log/${file}`])
      .trim()
      .split('\n');
  }

  test('every line arrives once, with version, facility and tag of its own', () => {
    expect(
      received('parsed.log')
        .map((line) => line.trim())
        .sort(),
    ).toEqual([
      '1|local3|acme/payments|first record',
      '1|local3|acme/payments|second, with /home/agent and ü',
    ]);
  });

  test('records are in the format of RFC 5424, with microseconds', () => {
    // <PRI>VERSION TIMESTAMP HOSTNAME APP-NAME PROCID MSGID STRUCTURED-DATA MSG; local3 is 19.
    const header =
      /^<(15[0-9])>1 \d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}(?:Z|[+-]\d\d:\d\d) \S+ acme\/payments \d+ acme\/payments - /;
    for (const record of received('raw.log')) expect(record).toMatch(header);
  });
});
