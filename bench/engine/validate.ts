// All probes of one running sandbox.
import type { Case } from '../lib/case';
import { measure } from '../lib/measure';
import { median } from '../lib/statistics';

export const validate: Case = {
  name: 'validate',
  title: 'Validate one running sandbox',
  run({ quick, engine }) {
    engine.run('start', 'bench-one');
    const [ours] = measure([engine.program('sandbox-cdk validate', ['validate', 'bench-one'])], {
      rounds: quick ? 5 : 15,
      warmUps: 2,
      seconds: 60,
    });
    return {
      series: [ours!],
      checks: [
        {
          what: 'sandbox-cdk validate, median',
          value: median(ours!.milliseconds) / 1000,
          unit: ' s',
          atMost: 1.5,
        },
      ],
      notes: [],
    };
  },
};
