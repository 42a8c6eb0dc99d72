import * as fc from 'fast-check';
import { parseInstructions } from '../../../lib/testing/dockerfile/parse';
import { wellFormedText } from '../../core/texts';

/** Keyword and text of each instruction. */
function read(text: string): string[] {
  return parseInstructions(text).map((instruction) => `${instruction.keyword} ${instruction.text}`);
}

describe('lines', () => {
  test('comments and blank lines are no instructions', () => {
    expect(read('# syntax=docker/dockerfile:1\n\n  # note\nFROM a\n\nUSER 1 # kept\n')).toEqual([
      'FROM a',
      'USER 1 # kept',
    ]);
  });

  test('continued lines are joined; comments and blank lines between them are left out', () => {
    expect(read('RUN a && \\\n  # why b\n\n  b && \\  \n  c\nUSER 1')).toEqual([
      'RUN a &&   b &&   c',
      'USER 1',
    ]);
  });

  test('a doubled escape character continues nothing', () => {
    expect(read('RUN echo \\\\\nUSER 1')).toEqual(['RUN echo \\\\', 'USER 1']);
  });

  test('the escape directive changes the character that continues a line', () => {
    expect(read('# escape=`\nFROM a\nRUN dir C:\\\nRUN a `\n  b')).toEqual([
      'FROM a',
      'RUN dir C:\\',
      'RUN a   b',
    ]);
  });

  test('a directive after the first other line is a comment', () => {
    expect(read('FROM a\n# escape=`\nRUN a \\\n  b')).toEqual(['FROM a', 'RUN a   b']);
    expect(read('# note\n# escape=`\nRUN a \\\n  b')).toEqual(['RUN a   b']);
    expect(read('# unknown=1\n# escape=`\nRUN a \\\n  b')).toEqual(['RUN a   b']);
  });

  test('Windows line endings and a byte order mark make no difference', () => {
    expect(read('\ufeffFROM a\r\nRUN a \\\r\n  b\r\n')).toEqual(['FROM a', 'RUN a   b']);
  });

  test('a last line that is continued into nothing ends there', () => {
    expect(read('RUN a \\')).toEqual(['RUN a']);
    expect(read('RUN a \\\n# the end')).toEqual(['RUN a']);
  });

  test('keywords are read in any case, and lines keep their number', () => {
    expect(parseInstructions('from a\n\nRun b \\\n c\nuser d')).toMatchObject([
      { keyword: 'FROM', line: 1 },
      { keyword: 'RUN', line: 3 },
      { keyword: 'USER', line: 5 },
    ]);
  });

  test('a line that is no instruction is a syntax error with its number', () => {
    expect(() => parseInstructions('FROM a\n[x]')).toThrow(
      new SyntaxError('Dockerfile, line 2: received [x]; allowed: an instruction'),
    );
  });
});

describe('here-documents', () => {
  test('belong to the instruction and are not read as instructions', () => {
    const [run, user] = parseInstructions('RUN <<EOF\nUSER root\n# kept\nEOF\nUSER 1');
    expect(run!.heredocs).toEqual([{ name: 'EOF', content: 'USER root\n# kept\n' }]);
    expect(user).toMatchObject({ keyword: 'USER', text: '1', line: 5 });
  });

  test('can be quoted, numbered, and several', () => {
    const [copy] = parseInstructions(
      'COPY <<"a.txt" <<\'b.txt\' 3<<c /x/\n1\na.txt\n2\nb.txt\n3\nc\n',
    );
    expect(copy!.heredocs).toEqual([
      { name: 'a.txt', content: '1\n' },
      { name: 'b.txt', content: '2\n' },
      { name: 'c', content: '3\n' },
    ]);
  });

  test('lose their leading tabs after <<-', () => {
    const [run] = parseInstructions('RUN <<-EOF\n\ta\n\t\tb\n\tEOF\n');
    expect(run!.heredocs).toEqual([{ name: 'EOF', content: 'a\nb\n' }]);
  });

  test('start only in RUN, COPY and ADD, and not within quotes', () => {
    expect(read('ENV A <<EOF\nUSER 1')).toEqual(['ENV A <<EOF', 'USER 1']);
    expect(read('RUN echo "<<EOF"\nUSER 1')).toEqual(['RUN echo "<<EOF"', 'USER 1']);
    expect(read('RUN cat <<<EOF\nUSER 1')).toEqual(['RUN cat <<<EOF', 'USER 1']);
  });

  test('without an end go on to the end of the file', () => {
    expect(parseInstructions('RUN <<EOF\na\nb')[0]!.heredocs).toEqual([
      { name: 'EOF', content: 'a\nb\n' },
    ]);
  });
});

describe('instructions', () => {
  test('flags stand apart from the arguments, quoted ones as one', () => {
    const [run] = parseInstructions('RUN --mount=type=cache,target=/a --network=none make --all');
    expect(run).toMatchObject({
      flags: ['--mount=type=cache,target=/a', '--network=none'],
      arguments: 'make --all',
      text: '--mount=type=cache,target=/a --network=none make --all',
    });
  });

  test('the JSON form is read where it is one', () => {
    const [cmd, run, health, label] = parseInstructions(
      'CMD ["sleep", "60"]\nRUN [ -f x ] || true\nHEALTHCHECK --interval=5s CMD ["a", "b"]\nLABEL ["a"]',
    );
    expect(cmd!.exec).toEqual(['sleep', '60']);
    expect(run!.exec).toBeUndefined();
    expect(health).toMatchObject({ exec: ['a', 'b'], flags: ['--interval=5s'] });
    expect(label!.exec).toBeUndefined();
  });

  test('any arguments in the JSON form are read back', () => {
    fc.assert(
      fc.property(fc.array(wellFormedText, { minLength: 1 }), (command) => {
        expect(parseInstructions(`CMD ${JSON.stringify(command)}`)[0]!.exec).toEqual(command);
      }),
    );
  });

  test('any words, broken over any number of lines, are read as one instruction', () => {
    const word = fc.stringMatching(/^[A-Za-z0-9_./=:+,-]+$/);
    fc.assert(
      fc.property(fc.array(word, { minLength: 1 }), fc.nat(3), (words, blank) => {
        const text = words.join(` \\\n${'# note\n\n'.repeat(blank)}  `);
        const [run, user, ...rest] = parseInstructions(`RUN ${text}\nUSER 1`);
        expect(run!.text.split(/\s+/)).toEqual(words);
        expect(user!.keyword).toBe('USER');
        expect(rest).toEqual([]);
      }),
    );
  });

  test('no text whatever makes it hang or fail otherwise than by a syntax error', () => {
    const line = fc.oneof(fc.string(), fc.constantFrom('RUN <<A <<-B', 'A', '\tB', '\\', '#', '"'));
    fc.assert(
      fc.property(fc.array(line), (lines) => {
        try {
          expect(Array.isArray(parseInstructions(lines.join('\n')))).toBe(true);
        } catch (error) {
          expect(error).toBeInstanceOf(SyntaxError);
        }
      }),
    );
  });
});
