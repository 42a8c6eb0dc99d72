/** Findings that no policy rule makes: what `explain` and docs/RULES.md say about their ids. */

export interface OtherFinding {
  readonly id: string;
  /** One line: what must be true. */
  readonly title: string;
  readonly why: string;
  readonly fix: string;
}

/** All of them are errors, and none can be acknowledged. */
export const OTHER_FINDINGS: readonly OtherFinding[] = [
  {
    id: 'invalid-prop',
    title: 'Every prop has a value that its construct accepts',
    why: 'A value that is guessed at is a wall that may not stand where it was drawn.',
    fix: 'give one of the values that the finding names',
  },
  {
    id: 'unknown-prop',
    title: 'Every prop is one that its construct knows',
    why: 'A misspelt prop would be ignored in silence, and the default kept.',
    fix: 'use the name that the finding suggests, or remove the prop',
  },
  {
    id: 'duplicate-id',
    title: 'Ids are unique within their scope',
    why: 'Findings, acknowledgements and names in the output all go by the path of a construct.',
    fix: 'give one of the two constructs another id',
  },
  {
    id: 'duplicate-sandbox',
    title: 'No two sandboxes of an app have one name',
    why: 'Both would be written into one folder, and started as one Compose project.',
    fix: 'give one of the sandboxes another id',
  },
  {
    id: 'duplicate-file',
    title: 'No two constructs write one file',
    why: 'Only one of the two contents would be there, and not the one that was reviewed.',
    fix: 'give one of the services another name',
  },
  {
    id: 'invalid-document',
    title: 'The document follows the Compose specification, overrides included',
    why: 'Compose refuses such a document, or worse, reads it in another way than it was meant.',
    fix: 'change the override or prop that wrote the value',
  },
  {
    id: 'unused-acknowledgement',
    title: 'Every acknowledgement accepts a finding that is there',
    why: 'One that matches nothing is misspelt, or waits in silence for a weakness that comes later.',
    fix: 'remove it, or give it on the construct that has the finding',
  },
  {
    id: 'invalid-acknowledgement',
    title: 'Every acknowledgement is about a rule that can be accepted, with a reason of one line',
    why: 'The reason is written into the compose file and the manifest, for the next reviewer; and some walls must stand.',
    fix: 'give a reason of one line; mend what can never be accepted',
  },
];
