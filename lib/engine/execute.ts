/** A program inside a container, run over the Engine API: what it says, apart, and how it ends. */
import type { Duplex, Readable, Writable } from 'node:stream';
import type { EngineClient } from './client';

export interface Execution {
  readonly command: readonly string[];
  /** `uid:gid`. Default: the container's own user. */
  readonly user?: string;
  readonly workingDir?: string;
  /** `NAME=value` each. */
  readonly env?: readonly string[];
}

export interface Captured {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Streams {
  /** Default: none, the program reads an end at once. */
  readonly stdin?: Readable;
  readonly stdout: Writable;
  readonly stderr: Writable;
}

/** Runs a program that reads nothing, and keeps all that it says. */
export async function capture(
  client: EngineClient,
  container: string,
  execution: Execution,
): Promise<Captured> {
  const id = await create(client, container, execution, false);
  const response = await client.stream('POST', `/exec/${id}/start`, {
    body: { Detach: false, Tty: false },
  });
  const said: Record<Channel, Buffer[]> = { stdout: [], stderr: [] };
  const read = demultiplexer((channel, data) => said[channel].push(data));
  for await (const chunk of response) read(chunk as Buffer);
  return {
    exitCode: await exitCodeOf(client, id),
    stdout: Buffer.concat(said.stdout).toString('utf8'),
    stderr: Buffer.concat(said.stderr).toString('utf8'),
  };
}

/** Runs a program with its three streams connected; gives its exit code. */
export async function connect(
  client: EngineClient,
  container: string,
  execution: Execution,
  { stdin, stdout, stderr }: Streams,
): Promise<number> {
  const id = await create(client, container, execution, stdin !== undefined);
  const socket = await client.upgrade(`/exec/${id}/start`, { Detach: false, Tty: false });
  if (stdin) stdin.pipe(socket);
  else socket.end();
  await pump(socket, { stdout, stderr });
  stdin?.unpipe(socket);
  return exitCodeOf(client, id);
}

async function create(
  client: EngineClient,
  container: string,
  { command, user, workingDir, env }: Execution,
  hasInput: boolean,
): Promise<string> {
  const { Id } = await client.post<{ Id: string }>(`/containers/${container}/exec`, {
    body: {
      AttachStdin: hasInput,
      AttachStdout: true,
      AttachStderr: true,
      Tty: false,
      Cmd: command,
      User: user,
      WorkingDir: workingDir,
      Env: env,
    },
  });
  return Id;
}

async function exitCodeOf(client: EngineClient, id: string): Promise<number> {
  const { ExitCode } = await client.get<{ ExitCode: number | null }>(`/exec/${id}/json`);
  return ExitCode ?? 255;
}

/** Reads the socket to its end; a reader of ours that is slow makes the program wait. */
async function pump(socket: Duplex, out: Record<Channel, Writable>): Promise<void> {
  let full: Writable[] = [];
  const read = demultiplexer((channel, data) => {
    if (!out[channel].write(data)) full.push(out[channel]);
  });
  for await (const chunk of socket) {
    read(chunk as Buffer);
    await Promise.all(full.map(drained));
    full = [];
  }
}

/** A reader that has gone (`| head`) never drains, and need not be waited for. */
function drained(stream: Writable): Promise<void> {
  if (!stream.writableNeedDrain) return Promise.resolve();
  return new Promise((resolve) => {
    for (const event of ['drain', 'close', 'error']) stream.once(event, () => resolve());
  });
}

type Channel = 'stdout' | 'stderr';
const STDERR = 2;
const HEADER = 8;

/**
 * Takes the stream of an attached program apart. Each frame has a header of 8 bytes: the channel,
 * three zeros, and the length as 32 bits, big end first (Engine API, "Stream format").
 */
export function demultiplexer(
  emit: (channel: Channel, data: Buffer) => void,
): (chunk: Buffer) => void {
  let header = Buffer.alloc(0);
  let channel: Channel = 'stdout';
  let left = 0;
  return (chunk) => {
    let rest = chunk;
    while (rest.length > 0) {
      if (left > 0) {
        const data = rest.subarray(0, left);
        emit(channel, data);
        left -= data.length;
        rest = rest.subarray(data.length);
        continue;
      }
      const missing = HEADER - header.length;
      header = Buffer.concat([header, rest.subarray(0, missing)]);
      rest = rest.subarray(missing);
      if (header.length < HEADER) return;
      channel = header[0] === STDERR ? 'stderr' : 'stdout';
      left = header.readUInt32BE(4);
      header = Buffer.alloc(0);
    }
  };
}
