/** What happens to the containers of sandboxes, as their engine tells it. */
import type { OutputSandbox } from '../assembly/read';
import type { EngineClient } from './client';
import { FOLDER_LABEL, findDeployment, realFolder, SERVICE_LABEL } from './deployment';
import { lineSplitter } from './log-records';
import { readUntilAborted, wentAway } from './read-stream';

export interface SandboxEvent {
  readonly sandbox: string;
  readonly service: string;
  /** As the engine names it: `die`, `oom`, `connect`. */
  readonly action: string;
  /** RFC 3339. */
  readonly time: string;
}

/** An event as `/events` writes it. */
interface EngineEvent {
  readonly Type: string;
  readonly Action: string;
  readonly Actor: {
    readonly ID: string;
    readonly Attributes: Readonly<Record<string, string>> | null;
  };
  readonly timeNano: number;
}

/** After which a wall may stand otherwise. Looking at a container makes events too: none of these. */
const OF_CONTAINERS = [
  'create',
  'start',
  'restart',
  'pause',
  'unpause',
  'update',
  'rename',
  'oom',
  'die',
  'destroy',
  'health_status: unhealthy',
];
const OF_NETWORKS = ['connect', 'disconnect'];

/**
 * Events of these sandboxes, until the signal ends it.
 *
 * @param onOpen from now on nothing is missed
 * @throws EngineError ENGINE_UNREACHABLE when the engine goes away
 */
export async function followEvents(
  client: EngineClient,
  sandboxes: readonly OutputSandbox[],
  {
    signal,
    onOpen,
    onEvent,
  }: {
    readonly signal: AbortSignal;
    readonly onOpen: () => void;
    readonly onEvent: (event: SandboxEvent) => void;
  },
): Promise<void> {
  const filters = JSON.stringify({ type: ['container', 'network'] });
  const response = await client.stream('GET', '/events', {
    query: { filters },
    timeout: 0,
    signal,
  });
  const known = await Containers.of(client, sandboxes);
  onOpen();
  const lines = lineSplitter((line) => {
    const event = known.read(JSON.parse(line.toString()) as EngineEvent);
    if (event) onEvent(event);
  });
  await readUntilAborted(client, response, (chunk) => lines.write(chunk), signal);
  if (!signal.aborted) throw wentAway('it ended its events');
}

/** Whose container is whose. Events of a network name the container by its id alone. */
class Containers {
  private readonly owners = new Map<string, Pick<SandboxEvent, 'sandbox' | 'service'>>();
  private readonly sandboxes: ReadonlyMap<string, string>;

  private constructor(sandboxes: readonly OutputSandbox[]) {
    this.sandboxes = new Map(sandboxes.map(({ name, folder }) => [realFolder(folder), name]));
  }

  static async of(client: EngineClient, sandboxes: readonly OutputSandbox[]): Promise<Containers> {
    const known = new Containers(sandboxes);
    const deployments = await Promise.all(sandboxes.map((each) => findDeployment(client, each)));
    for (const { containers } of deployments) {
      for (const { Id, Labels } of containers) known.learn(Id, Labels);
    }
    return known;
  }

  /** `undefined` for what is no concern of these sandboxes. */
  read({ Type, Action, Actor, timeNano }: EngineEvent): SandboxEvent | undefined {
    const attributes = Actor.Attributes ?? {};
    if (Type === 'container') this.learn(Actor.ID, attributes);
    const isOfNetwork = Type === 'network';
    const owner = this.owners.get(isOfNetwork ? (attributes.container ?? '') : Actor.ID);
    if (!owner || !(isOfNetwork ? OF_NETWORKS : OF_CONTAINERS).includes(Action)) return undefined;
    return { ...owner, action: Action, time: new Date(timeNano / 1e6).toISOString() };
  }

  private learn(id: string, labels: Readonly<Record<string, string>>): void {
    const sandbox = this.sandboxes.get(labels[FOLDER_LABEL] ?? '');
    if (sandbox !== undefined) {
      this.owners.set(id, { sandbox, service: labels[SERVICE_LABEL] ?? '' });
    }
  }
}
