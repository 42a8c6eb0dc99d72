/** The checks of `healthcheck.py` that read /proc/PID/status: ids, capabilities, privileges, seccomp. */
import fc from 'fast-check';
import { HealthcheckModule } from './python';

const python = new HealthcheckModule();
afterAll(() => python.stop());

const NONE = '0000000000000000';
const OWN = '1000\t1000\t1000\t1000';

/** The lines that matter, as the kernel writes them; `undefined` leaves a line out. */
function status(changes: Record<string, string | undefined> = {}): string {
  const fields: Record<string, string | undefined> = {
    Name: 'agent',
    State: 'S (sleeping)',
    Uid: OWN,
    Gid: '1000\t1000\t1000\t1000',
    Groups: '1000 ',
    CapInh: NONE,
    CapPrm: NONE,
    CapEff: NONE,
    CapBnd: NONE,
    CapAmb: NONE,
    NoNewPrivs: '1',
    Seccomp: '2',
    ...changes,
  };
  const present = Object.entries(fields).filter(([, value]) => value !== undefined);
  return present.map(([key, value]) => `${key}:\t${value}\n`).join('');
}

/** Judges process 1, which is as it should be, and process 7, which has the changes. */
function judge(judgement: string, changes: Record<string, string | undefined> = {}) {
  const texts = { '1': status(), '7': status(changes) };
  const statuses = '{pid: parse_status(text) for pid, text in texts.items()}';
  return python.judge(judgement.replace('STATUSES', statuses), { texts });
}

describe('a process that is entering', () => {
  const entering = status({ CapPrm: '00000000a80425fb', Seccomp: '0', Uid: '0\t0\t0\t0' });
  const settled = (looks: readonly string[]) =>
    python.evaluate(
      "settled({'7': parse_status(looks[0])}, uids, lambda it=iter(looks[1:]): {'7': parse_status(next(it))})",
      { looks, uids: OWN },
      { overrides: { SECOND_LOOKS: '[0, 0, 0]' } },
    );

  it('is looked at again, until it has become what it is', async () => {
    const found = (await settled([entering, entering, status()])) as Record<string, object>;
    expect(found['7']).toMatchObject({ Seccomp: '2', Uid: OWN });
  });

  it('is what it was where it never becomes another', async () => {
    const found = await settled([entering, entering, entering, entering]);
    expect(found).toMatchObject({ 7: { Seccomp: '0' } });
  });

  it('is none of those that stay, when it came at the last look', async () => {
    const looks =
      "lambda it=iter([['7'], ['7'], ['7', '9']]), weak=parse_status(text): {pid: weak for pid in next(it)}";
    const found = await python.evaluate(
      `settled({'7': parse_status(text)}, uids, ${looks})`,
      { text: entering, uids: OWN },
      { overrides: { SECOND_LOOKS: '[0, 0, 0]' } },
    );
    expect(Object.keys(found as object)).toEqual(['7']);
  });

  it.each<[string, Record<string, string>]>([
    ['capabilities', { CapBnd: '0000000000000001' }],
    ['no filter', { Seccomp: '0' }],
    ['another user', { Uid: '65533\t65533\t65533\t65533' }],
  ])('is one with %s', async (_what, changes) => {
    const ask = (text: string) =>
      python.evaluate('may_be_entering(parse_status(text), uids)', { text, uids: OWN });
    expect(await ask(status(changes))).toBe(true);
    expect(await ask(status())).toBe(false);
  });
});

describe('uid', () => {
  const USER = "{'uid': 1000, 'gid': 1000}";
  const expected = (changes?: Record<string, string>) =>
    judge(`judge_ids(STATUSES, ${USER})`, changes);
  const anyUser = (changes?: Record<string, string>) => judge('judge_ids(STATUSES, None)', changes);

  it('is proven when every process has the expected ids', async () => {
    expect(await expected()).toEqual(['proven', 'all 2 processes run as uid 1000']);
  });

  it('is broken by root in any of the real, effective, saved and filesystem ids', async () => {
    for (const ids of ['0\t1\t1\t1', '1\t0\t1\t1', '1\t1\t0\t1', '1\t1\t1\t0']) {
      for (const key of ['Uid', 'Gid']) {
        expect(await anyUser({ [key]: ids })).toEqual([
          'broken',
          'process 7 has an id or group of root',
        ]);
      }
    }
  });

  it('is broken by the supplementary group of root', async () => {
    expect((await anyUser({ Groups: '4 0 1000 ' }))[0]).toBe('broken');
    expect((await anyUser({ Groups: '10 1000 ' }))[0]).toBe('proven');
  });

  it('is broken by another user than the expected one, in any of the four ids', async () => {
    expect(await expected({ Uid: '1001\t1001\t1001\t1001' })).toEqual([
      'broken',
      'process 7 has uid 1001, not 1000',
    ]);
    expect((await expected({ Uid: '1000\t1000\t1001\t1000' }))[0]).toBe('broken');
    expect((await expected({ Gid: '1000\t1000\t1000\t50' }))[0]).toBe('broken');
  });

  it('takes any user but root when none is expected', async () => {
    expect((await anyUser({ Uid: '1001\t1001\t1001\t1001' }))[0]).toBe('proven');
  });

  it('is unproven without the lines it needs', async () => {
    await expect(anyUser({ Groups: undefined as never })).rejects.toThrow(
      'Unproven: /proc/7/status has no Groups',
    );
  });
});

describe('capabilities', () => {
  const capabilities = (changes?: Record<string, string | undefined>) =>
    judge('judge_capabilities(STATUSES)', changes);

  it('is proven when all five sets are empty', async () => {
    expect(await capabilities()).toEqual(['proven', 'every set of all 2 processes is empty']);
  });

  it('is broken by one bit in any set, the bounding set among them', async () => {
    for (const set of ['CapInh', 'CapPrm', 'CapEff', 'CapBnd', 'CapAmb']) {
      expect(await capabilities({ [set]: '0000000000002000' })).toEqual([
        'broken',
        `process 7 has ${set} 2000`,
      ]);
    }
  });

  it('is unproven without a set, but for the ambient one that the permitted one contains', async () => {
    expect(await capabilities({ CapBnd: undefined })).toEqual([
      'unproven',
      '/proc/7/status has no CapBnd',
    ]);
    expect((await capabilities({ CapAmb: undefined }))[0]).toBe('proven');
  });
});

describe('no-new-privileges', () => {
  const privileges = (changes?: Record<string, string | undefined>) =>
    judge('judge_no_new_privileges(STATUSES)', changes);

  it('is proven when it is set on every process', async () => {
    expect(await privileges()).toEqual(['proven', 'set on all 2 processes']);
  });

  it('is broken when one process lacks it', async () => {
    expect(await privileges({ NoNewPrivs: '0' })).toEqual([
      'broken',
      'process 7 can gain privileges',
    ]);
  });

  it('is unproven where the kernel does not say', async () => {
    await expect(privileges({ NoNewPrivs: undefined })).rejects.toThrow(
      'Unproven: /proc/7/status has no NoNewPrivs',
    );
  });
});

describe('seccomp', () => {
  const seccomp = (changes?: Record<string, string | undefined>) =>
    judge('judge_seccomp(STATUSES)', changes);

  it('is proven when every process is filtered', async () => {
    expect(await seccomp()).toEqual(['proven', 'a filter is on all 2 processes']);
  });

  it('is broken without a filter, and in the mode that is no filter', async () => {
    expect(await seccomp({ Seccomp: '0' })).toEqual(['broken', 'process 7 is in mode 0']);
    expect((await seccomp({ Seccomp: '1' }))[0]).toBe('broken');
  });

  it("is proven on gVisor, whose kernel stands between the agent and the host's", async () => {
    const overrides = { on_gvisor: 'lambda: True' };
    expect((await python.check('seccomp', {}, {}, overrides))[0]).toBe('proven');
  });

  it('is unproven where the kernel does not say', async () => {
    await expect(seccomp({ Seccomp: undefined })).rejects.toThrow('Unproven');
  });
});

describe('the list of processes', () => {
  it('holds this process and the first one, or gives no answer', async () => {
    const own = await python.evaluate('str(os.getpid()) in processes() and "1" in processes()');
    expect(own).toBe(true);
    await expect(python.evaluate('processes()', {}, { files: {} })).rejects.toThrow('Unproven');
  });

  it('is not misled by a name that looks like another line', async () => {
    const hostile = fc.string({
      unit: fc.constantFrom('\n', ':', '\t', 'Uid', 'Seccomp', '0', '2'),
    });
    await fc.assert(
      fc.asyncProperty(hostile, async (name) => {
        const text = status({ Name: name, Uid: '0\t0\t0\t0', Seccomp: '0' });
        const read = (await python.evaluate('parse_status(text)', { text })) as object;
        expect(read).toMatchObject({ Uid: '0\t0\t0\t0', Seccomp: '0' });
      }),
    );
  });
});
