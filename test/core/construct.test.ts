import { Construct, RootConstruct } from 'constructs';
import { acknowledgementsOf, SandboxConstruct, sourceOf } from '../../lib/core/construct';
import { DuplicateIdError } from '../../lib/core/errors';
import { covers, type Finding } from '../../lib/core/finding';

class Wall extends SandboxConstruct {}

/** A construct of a company's own, with others inside. */
class Fortress extends SandboxConstruct {
  readonly wall: Wall;
  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.wall = new Wall(this, 'wall');
  }
}

/** The line that calls this. */
function thisLine(): number {
  return Number(/:(\d+):\d+\)?$/.exec(new Error().stack!.split('\n')[2]!)![1]);
}

describe('the source of a construct', () => {
  test('is the user’s line that made it', () => {
    const before = thisLine();
    const wall = new Wall(new RootConstruct(), 'wall');
    expect(sourceOf(wall)).toMatchObject({ file: __filename, line: before + 1 });
  });

  test('is the line in the class that made it, where another construct did', () => {
    const { wall } = new Fortress(new RootConstruct(), 'keep');
    expect(sourceOf(wall)!.line).toBe(13);
  });

  test('of a plain construct is that of the nearest one above that knows its line', () => {
    const outer = new Wall(new RootConstruct(), 'outer');
    const plain = new Construct(outer, 'plain');
    expect(sourceOf(plain)).toEqual(sourceOf(outer));
    expect(sourceOf(new RootConstruct())).toBeUndefined();
    expect(sourceOf(undefined)).toBeUndefined();
  });
});

describe('an id that is taken', () => {
  test('is refused with the line of the first one', () => {
    const root = new RootConstruct();
    const first = new Wall(root, 'wall');
    const error = errorOf(() => new Wall(root, 'wall'));
    expect(error).toBeInstanceOf(DuplicateIdError);
    expect(error.message).toContain('two constructs are called wall');
    expect(error.message).toContain(`(the first one: ${__filename}:${sourceOf(first)!.line})`);
    expect(error).toMatchObject({
      findings: [{ rule: 'duplicate-id', construct: 'wall', source: { file: __filename } }],
    });
  });

  test('is free in another scope', () => {
    const root = new RootConstruct();
    const paths = ['a', 'b'].map((id) => new Fortress(root, id).wall.node.path);
    expect(paths).toEqual(['a/wall', 'b/wall']);
  });

  test('in a scope of its own is told by its whole path', () => {
    const fortress = new Fortress(new RootConstruct(), 'keep');
    expect(errorOf(() => new Wall(fortress, 'wall')).message).toContain('called keep/wall');
  });
});

describe('an acknowledgement', () => {
  test('is kept with its reason, scope and line', () => {
    const { wall } = new Fortress(new RootConstruct(), 'keep');
    expect(wall.acknowledge('rule-a', 'reason a')).toBe(wall);
    wall.acknowledge('rule-b', 'reason b');
    expect(acknowledgementsOf(wall)).toEqual([
      {
        rule: 'rule-a',
        reason: 'reason a',
        scope: 'keep/wall',
        source: expect.objectContaining({ file: __filename }) as object,
      },
      expect.objectContaining({ rule: 'rule-b' }),
    ]);
    expect(acknowledgementsOf(wall.node.scope!)).toEqual([]);
  });

  const finding: Finding = {
    rule: 'rule-a',
    severity: 'error',
    message: '',
    fix: '',
    construct: 'keep/wall',
    acknowledgeable: true,
  };
  const given = { rule: 'rule-a', reason: 'why', scope: 'keep' };

  test('covers its construct and everything below it', () => {
    expect(covers({ ...given, scope: '' }, finding)).toBe(true);
    expect(covers({ ...given, scope: 'keep' }, finding)).toBe(true);
    expect(covers({ ...given, scope: 'keep/wall' }, finding)).toBe(true);
  });

  test('covers nothing above or beside it, nor a construct of a longer name', () => {
    expect(covers({ ...given, scope: 'keep/wall/stone' }, finding)).toBe(false);
    expect(covers({ ...given, scope: 'keep/wal' }, finding)).toBe(false);
    expect(covers({ ...given, scope: 'kee' }, finding)).toBe(false);
  });

  test('covers its own rule only, and nothing that can never be accepted', () => {
    expect(covers({ ...given, rule: 'rule-b' }, finding)).toBe(false);
    expect(covers(given, { ...finding, acknowledgeable: false })).toBe(false);
  });
});

function errorOf(run: () => unknown): Error {
  try {
    run();
  } catch (error) {
    return error as Error;
  }
  throw new Error('nothing was thrown');
}
