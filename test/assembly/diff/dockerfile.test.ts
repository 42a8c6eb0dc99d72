import { diffDockerfiles } from '../../../lib/assembly/diff/dockerfile';

describe('a Dockerfile', () => {
  const PIN = `debian@sha256:${'a'.repeat(64)}`;
  const rows: [string, string, [effect: string, summary: string][]][] = [
    [
      `FROM ${PIN}`,
      'FROM debian:1',
      [['broadens', 'agent is built from debian:1 now, which no digest pins']],
    ],
    ['FROM debian:1', `FROM ${PIN}`, [['narrows', `agent is built from ${PIN.slice(0, 10)}`]]],
    [
      'FROM debian:1 AS a\nFROM a',
      'FROM debian:2 AS a\nFROM a',
      [['neutral', 'agent is built from debian:2 now (was debian:1)']],
    ],
    [
      'FROM a\nUSER 1000',
      'FROM a\nUSER root',
      [['broadens', 'agent: the image runs as root now (was 1000)']],
    ],
    [
      'FROM a\nUSER 1000',
      'FROM a',
      [['broadens', "agent: the image runs as its base's own user now, perhaps root (was 1000)"]],
    ],
    ['FROM a\nUSER 1000\nFROM b\nUSER 1', 'FROM a\nUSER 0\nFROM b\nUSER 1', []],
    [
      'FROM a\nUSER 0',
      'FROM a\nUSER $ID:$GROUP',
      [['narrows', 'agent: the image runs as $ID:$GROUP now (was 0)']],
    ],
    [
      'FROM a\nRUN apt-get update \\\n    && apt-get install --yes \\\n        # a comment\n        git \\\n    && rm -rf x',
      'FROM a\nRUN apt-get update \\\n    && apt-get install --yes \\\n        curl git=1:2 \\\n    && rm -rf x',
      [
        ['neutral', 'agent has curl installed now'],
        ['neutral', 'agent has git=1:2 installed now'],
        ['neutral', 'agent no longer has git installed'],
      ],
    ],
    [
      'FROM a\nRUN npm install --global --prefix /opt/npm @x/agent@1.0.0',
      'FROM a\nRUN npm install --global --prefix /opt/npm @x/agent@1.0.1',
      [
        ['neutral', 'agent has @x/agent@1.0.1 installed now'],
        ['neutral', 'agent no longer has @x/agent@1.0.0 installed'],
      ],
    ],
    [
      'FROM a\nRUN find / -xdev -perm /6000 -type f -exec chmod a-s {} +',
      'FROM a',
      [
        ['broadens', 'agent: the image keeps its setuid programs now'],
        ['neutral', 'agent: the image is built in another way (instructions: +0 −1)'],
      ],
    ],
    [
      'FROM a\nENV A=1',
      'FROM a\nENV A=2',
      [['neutral', 'agent: the image is built in another way (instructions: +1 −1)']],
    ],
    ['FROM a\n# one', '# two\nFROM   a', []],
  ];
  it.each(rows)('%j → %j', (before, after, expected) => {
    const verdicts = [...diffDockerfiles('agent', before, after)];
    expect(verdicts.map(({ effect }) => effect)).toEqual(expected.map(([effect]) => effect));
    for (const [index, { summary }] of verdicts.entries())
      expect(summary).toContain(expected[index]![1]);
  });
});
