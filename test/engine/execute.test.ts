/** Programs inside, against an engine that ends and breaks as it is told; real ones are in test/end-to-end. */
import type { ServerResponse } from 'node:http';
import { PassThrough, Readable, Writable, type Duplex } from 'node:stream';
import {
  capture,
  CAPTURE_LIMITS,
  connect,
  type CaptureLimits,
  type Watching,
} from '../../lib/engine/execute';
import { ProgramInside } from '../../lib/engine/program-inside';
import { FakeEngine, frame } from './support/fake-engine';

const CONTAINER = 'c'.repeat(64);
const COMPLAINT = 'OCI runtime exec failed: exec: "nosuch": executable file not found in $PATH\r\n';

let engine: FakeEngine;
beforeEach(async () => {
  engine = new FakeEngine();
  await engine.listen();
  engine.answer(`POST /containers/${CONTAINER}/exec`, { Id: 'e1' });
  ended({ ExitCode: 0 });
});
afterEach(() => engine.close());

const ended = (state: object) =>
  engine.answer('GET /exec/e1/json', { Running: false, Pid: 4711, ...state });

/** Keeps what is written to it. */
function kept(options = {}) {
  const parts: Buffer[] = [];
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      parts.push(chunk);
      setImmediate(done);
    },
    ...options,
  });
  return { stream, text: () => Buffer.concat(parts).toString('latin1') };
}

async function run(stdin?: Readable, watching?: Watching, stdout = kept()) {
  const stderr = kept();
  const streams = { stdin, stdout: stdout.stream, stderr: stderr.stream };
  const code = await connect(engine.client, CONTAINER, { command: ['x'] }, streams, watching);
  return { code, stdout: stdout.text(), stderr: stderr.text() };
}

test('channels and exit code come apart', async () => {
  ended({ ExitCode: 7 });
  engine.onAttach = (socket) => {
    socket.write(frame('stdout', 'a'));
    socket.write(frame('stderr', 'oops'));
    socket.end(frame('stdout', 'b'));
  };
  expect(await run()).toEqual({ code: 7, stdout: 'ab', stderr: 'oops' });
});

test('input is sent to its end, and its end is sent', async () => {
  engine.onAttach = (socket) => {
    let seen = 0;
    socket.on('data', (chunk: Buffer) => (seen += chunk.length));
    socket.on('end', () => socket.end(frame('stdout', `${seen}`)));
  };
  const megabytes = Readable.from(Array.from({ length: 100 }, () => Buffer.alloc(100_000)));
  expect((await run(megabytes)).stdout).toBe('10000000');
});

test('without input the program reads an end at once', async () => {
  engine.onAttach = (socket) => socket.resume().on('end', () => socket.end());
  expect((await run()).code).toBe(0);
});

test('what was said before the end is whole, also when the input was left unread', async () => {
  const size = 3_000_000;
  engine.onAttach = (socket) => {
    socket.write(frame('stdout', Buffer.alloc(size, 'x')), () => socket.destroy());
  };
  const endless = new Readable({
    read() {
      this.push(Buffer.alloc(65_536));
    },
  });
  const { stdout } = await run(endless);
  expect(stdout.length).toBe(size);
});

test('input that cannot be read ends', async () => {
  engine.onAttach = (socket) => socket.resume().on('end', () => socket.end());
  const broken = new Readable({
    read() {
      this.destroy(new Error('EISDIR'));
    },
  });
  expect((await run(broken)).code).toBe(0);
});

test('a slow reader gets everything', async () => {
  engine.onAttach = (socket) => {
    for (let line = 0; line < 500; line++) socket.write(frame('stdout', 'x'.repeat(1000)));
    socket.end();
  };
  expect((await run(undefined, {}, kept({ highWaterMark: 10 }))).stdout.length).toBe(500_000);
});

test('a reader that goes is told once, and the program is read to its end', async () => {
  const gone = kept({
    write: (_chunk: Buffer, _encoding: string, done: (error: Error) => void) =>
      done(new Error('EPIPE')),
  });
  let told = 0;
  ended({ ExitCode: 141 });
  engine.onAttach = (socket) => {
    for (let line = 0; line < 50; line++) socket.write(frame('stdout', 'y\n'));
    socket.end(frame('stderr', 'bye'));
  };
  const { code, stderr } = await run(undefined, { onGone: () => (told += 1) }, gone);
  expect({ code, stderr, told }).toEqual({ code: 141, stderr: 'bye', told: 1 });
});

test('the complaint about a program that never started is an error, not an output', async () => {
  ended({ ExitCode: 127, Pid: 0 });
  engine.onAttach = (socket) => void socket.end(frame('stdout', COMPLAINT));
  expect(await run()).toEqual({ code: 127, stdout: '', stderr: COMPLAINT });
});

test.each([
  [COMPLAINT, 127],
  ['OCI runtime exec failed: exec: "/etc/passwd": permission denied\r\n', 126],
])('an old engine’s 126 is read as a shell would say it: %j', async (complaint, code) => {
  ended({ ExitCode: 126, Pid: 0 });
  engine.onAttach = (socket) => void socket.end(frame('stdout', complaint));
  expect(await run()).toEqual({ code, stdout: '', stderr: complaint });
});

test.each([[[COMPLAINT]], [[COMPLAINT, 'and more']], [['first ', COMPLAINT]]])(
  'a program that says the same is believed: %j',
  async (words) => {
    engine.onAttach = (socket) => {
      for (const word of words) socket.write(frame('stdout', word));
      socket.end();
    };
    expect(await run()).toEqual({ code: 0, stdout: words.join(''), stderr: '' });
  },
);

test('a program that closed its outputs is waited for', async () => {
  let asked = 0;
  engine.handle('GET /exec/e1/json', (_request, response) => {
    asked += 1;
    const state = asked < 3 ? { Running: true, ExitCode: null } : { Running: false, ExitCode: 9 };
    response.setHeader('Content-Type', 'application/json');
    response.end(JSON.stringify({ Pid: 1, ...state }));
  });
  expect((await run()).code).toBe(9);
});

test('an engine that goes away in the middle is told', async () => {
  engine.onAttach = (socket: Duplex) => {
    socket.write(frame('stdout', 'half'));
    socket.destroy();
  };
  engine.handle('GET /exec/e1/json', (request) => request.socket.destroy());
  await expect(run()).rejects.toMatchObject({ code: 'ENGINE_UNREACHABLE' });
});

test('a container that stopped meanwhile is the engine’s to tell', async () => {
  engine.refuse(`POST /containers/${CONTAINER}/exec`, 409, 'container is not running');
  await expect(run()).rejects.toMatchObject({ code: 'ENGINE_REFUSED', status: 409 });
});

describe('a signal', () => {
  const attached = async () => {
    const socket = new Promise<Duplex>((resolve) => (engine.onAttach = resolve));
    let program: Parameters<NonNullable<Watching['onStart']>>[0] | undefined;
    const done = run(new PassThrough(), { onStart: (started) => (program = started) });
    return { socket: await socket, program: program!, done };
  };

  test('is not sent to a process of this host that is not the container’s', async () => {
    ended({ Running: true, Pid: process.pid });
    const { socket, program, done } = await attached();
    expect(await program.signal('SIGKILL')).toBe(false);
    ended({ ExitCode: 0 });
    socket.end();
    await done;
  });

  test('is not sent to a program that has ended, or to everybody', async () => {
    const { socket, program, done } = await attached();
    expect(await program.signal('SIGKILL')).toBe(false);
    for (const Pid of [-1, 0, 1]) {
      ended({ Running: true, Pid });
      expect(await program.signal('SIGKILL')).toBe(false);
    }
    ended({ ExitCode: 0 });
    socket.end();
    await done;
  });
});

test('a signal waits until the engine knows the program’s number', async () => {
  const states = [
    { Running: true, Pid: 0 },
    { Running: true, Pid: 0 },
    { Running: false, Pid: 7 },
  ];
  engine.handle('GET /exec/e1/json', (_request, response) => {
    const state = { ExitCode: 0, ...(states.shift() ?? { Running: false, Pid: 7 }) };
    response.setHeader('Content-Type', 'application/json').end(JSON.stringify(state));
  });
  expect(await new ProgramInside(engine.client, CONTAINER, 'e1').signal('SIGTERM')).toBe(false);
  expect(states).toEqual([]);
});

test('what a program says is kept whole, with its exit code', async () => {
  ended({ ExitCode: 3 });
  engine.handle('POST /exec/e1/start', (_request, response) => {
    response.end(Buffer.concat([frame('stdout', 'é'), frame('stderr', 'no')]));
  });
  expect(await capture(engine.client, CONTAINER, { command: ['x'] })).toEqual({
    exitCode: 3,
    stdout: 'é',
    stderr: 'no',
  });
});

describe('of a program that is not to be trusted', () => {
  const starts = (talk: (response: ServerResponse) => void) =>
    engine.handle('POST /exec/e1/start', (_request, response) => talk(response));
  const asked = (limits: CaptureLimits) =>
    capture(engine.client, CONTAINER, { command: ['x'] }, limits);
  const within = (milliseconds: number) => asked({ ...CAPTURE_LIMITS, milliseconds });

  test.each(['stdout', 'stderr'] as const)('no flood on %s is kept', async (channel) => {
    let isLeft = false;
    starts((response) => {
      const flood = () => {
        if (!response.destroyed) response.write(frame(channel, 'x'.repeat(999)), flood);
      };
      response.on('close', () => (isLeft = true));
      flood();
    });
    const refused = {
      code: 'ENGINE_REFUSED',
      message: expect.stringContaining('said too much') as string,
    };
    await expect(asked({ ...CAPTURE_LIMITS, bytes: 10_000 })).rejects.toMatchObject(refused);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(isLeft).toBe(true);
  });

  test('no silence is waited for', async () => {
    starts((response) => response.flushHeaders());
    await expect(within(100)).rejects.toThrow('the program inside did not end in 0.1 s');
  });

  test('no trickle is waited for', async () => {
    starts((response) => {
      const drip = setInterval(() => response.write(frame('stdout', '.')), 10);
      response.on('close', () => clearInterval(drip));
    });
    await expect(within(200)).rejects.toThrow('did not end in 0.2 s');
  });

  test('no end is waited for that does not come', async () => {
    starts((response) => response.end());
    ended({ Running: true, ExitCode: null });
    await expect(within(250)).rejects.toThrow('did not end in 0.25 s');
  });
});
