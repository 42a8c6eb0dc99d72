/** Findings that are no policy rule: what they mean, for `explain`. */

export interface Explanation {
  readonly id: string;
  /** One line: what must be true. */
  readonly title: string;
  readonly why: string;
  readonly fix: string;
}

export const OTHER_FINDINGS: readonly Explanation[] = [
  {
    id: 'unknown-prop',
    title: 'A construct is given only props that it knows',
    why: 'A misspelt prop would be ignored, and the sandbox would be weaker than its program says.',
    fix: 'take the name that is suggested, or remove the prop',
  },
  {
    id: 'invalid-prop',
    title: 'A prop has a value of the kind and range that the construct accepts',
    why: 'A value that Compose or the engine reads differently, or refuses, is found before anything is written.',
    fix: 'give a value as the message says; Size and Duration make amounts, EnvRef a value known only at start',
  },
  {
    id: 'duplicate-id',
    title: 'Ids are unique within their scope',
    why: 'The id is part of the construct’s path and often the name of a service; two of them could not be told apart.',
    fix: 'give one of the two another id',
  },
  {
    id: 'duplicate-sandbox',
    title: 'Every sandbox of an app has a name of its own',
    why: 'A sandbox is written into the folder of its name; two would overwrite each other.',
    fix: 'give one of the two another id',
  },
  {
    id: 'duplicate-file',
    title: 'Every generated file has one author',
    why: 'Two constructs that write the same file would overwrite each other.',
    fix: 'give one of the services another name',
  },
  {
    id: 'invalid-document',
    title: 'The final document is valid by the Compose specification',
    why: 'Overrides can write anything; what Compose would refuse, or read in another way, is found here.',
    fix: 'correct the value, or the addOverride() that wrote it',
  },
  {
    id: 'unused-acknowledgement',
    title: 'Every acknowledgement accepts a finding that exists',
    why: 'One that matches nothing is misspelt, in the wrong place, or left over, and would silently accept a later finding.',
    fix: 'remove it, or give it on the construct that has the finding, or on one above it',
  },
  {
    id: 'invalid-acknowledgement',
    title: 'What can never be accepted is not acknowledged',
    why: 'A few settings undo the sandbox as a whole; no reason makes them acceptable.',
    fix: 'remove the acknowledgement, and mend what it was for',
  },
];
