// The first run after an edit: the program has to be type-checked and compiled again. Every run gets a
// source that was never seen before.
import { appendFileSync } from 'node:fs';
import type { Case } from '../lib/case';
import { measure } from '../lib/measure';
import { ratio } from '../lib/statistics';

export const afterEdit: Case = {
  name: 'edit',
  title: 'One Level 1 sandbox, first run after an edit (type-checked)',
  run({ quick, project, cdk8s }) {
    const edit = (source: string) => (run: number) => appendFileSync(source, `// Edit ${run}\n`);
    const [ours, template] = measure(
      [
        project.one('sandbox-cdk synth after an edit', edit(project.source)),
        cdk8s.synth('cdk8s synth after an edit, template', edit(cdk8s.source)),
      ],
      { rounds: quick ? 2 : 5, warmUps: 1, seconds: 50 },
    );
    return {
      series: [ours!, template!],
      checks: [
        {
          what: 'cdk8s synth (template), as a multiple of sandbox-cdk synth, both after an edit',
          value: ratio(template!, ours!),
          unit: '×',
          atLeast: 1,
        },
      ],
      notes: [
        'Both type-check in every run. The edit is a new comment, so the output is the same.',
      ],
    };
  },
};
