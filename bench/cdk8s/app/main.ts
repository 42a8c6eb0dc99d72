// The workload that cdk8s is measured with: one chart (one file) for each sandbox, holding what one
// Level 1 sandbox of sandbox-cdk holds. `cdk8s synth` runs this file through ts-node; the compiled
// case runs the same file built by the template's `tsc --build`, with the number of charts as its
// argument.
import { ApiObject, App, Chart } from 'cdk8s';
import { Construct } from 'constructs';

class HardenedSandbox extends Chart {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    const labels = { app: id };
    this.healthSettings();
    this.denyAllTraffic(labels);
    this.agent(labels);
  }

  private healthSettings(): void {
    new ApiObject(this, 'health', {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: `${this.node.id}-health` },
      data: {
        'health.json': JSON.stringify({
          writable: ['/tmp', '/home/agent', '/workspace/output'],
          readOnly: ['/', '/workspace/source'],
          uid: 1000,
          capabilities: 0,
          interfaces: ['lo'],
        }),
      },
    });
  }

  private denyAllTraffic(labels: Record<string, string>): void {
    new ApiObject(this, 'network', {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { name: `${this.node.id}-deny-all` },
      spec: {
        podSelector: { matchLabels: labels },
        policyTypes: ['Ingress', 'Egress'],
        ingress: [],
        egress: [],
      },
    });
  }

  private agent(labels: Record<string, string>): void {
    new ApiObject(this, 'agent', {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: `${this.node.id}-agent`, labels },
      spec: {
        replicas: 1,
        selector: { matchLabels: labels },
        template: {
          metadata: { labels },
          spec: {
            automountServiceAccountToken: false,
            enableServiceLinks: false,
            hostNetwork: false,
            hostPID: false,
            hostIPC: false,
            securityContext: {
              runAsNonRoot: true,
              runAsUser: 1000,
              runAsGroup: 1000,
              fsGroup: 1000,
              seccompProfile: { type: 'RuntimeDefault' },
            },
            containers: [this.agentContainer()],
            volumes: [
              { name: 'tmp', emptyDir: { medium: 'Memory', sizeLimit: '256Mi' } },
              { name: 'home', emptyDir: { medium: 'Memory', sizeLimit: '256Mi' } },
              { name: 'output', emptyDir: { sizeLimit: '1Gi' } },
              { name: 'source', hostPath: { path: '/srv/source', type: 'Directory' } },
              { name: 'health', configMap: { name: `${this.node.id}-health`, defaultMode: 0o444 } },
            ],
          },
        },
      },
    });
  }

  private agentContainer(): object {
    return {
      name: 'agent',
      image: 'sandbox-agent:1.0.0',
      command: ['/usr/local/bin/entrypoint.sh'],
      workingDir: '/workspace/source',
      env: [
        { name: 'HOME', value: '/home/agent' },
        { name: 'TMPDIR', value: '/tmp' },
        { name: 'SANDBOX_LEVEL', value: '1' },
      ],
      securityContext: {
        privileged: false,
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        runAsNonRoot: true,
        capabilities: { drop: ['ALL'] },
        seccompProfile: { type: 'RuntimeDefault' },
      },
      resources: {
        requests: { cpu: '500m', memory: '1Gi' },
        limits: { cpu: '2', memory: '4Gi' },
      },
      livenessProbe: {
        exec: { command: ['python3', '/etc/sandbox/healthcheck.py', '/etc/sandbox/health.json'] },
        periodSeconds: 30,
        timeoutSeconds: 10,
        failureThreshold: 3,
        initialDelaySeconds: 10,
      },
      volumeMounts: [
        { name: 'tmp', mountPath: '/tmp' },
        { name: 'home', mountPath: '/home/agent' },
        { name: 'output', mountPath: '/workspace/output' },
        { name: 'source', mountPath: '/workspace/source', readOnly: true },
        { name: 'health', mountPath: '/etc/sandbox', readOnly: true },
      ],
    };
  }
}

const count = Number(process.argv[2] ?? 1);
const app = new App();
for (let index = 1; index <= count; index++) {
  new HardenedSandbox(app, `sandbox-${String(index).padStart(5, '0')}`);
}
app.synth();
