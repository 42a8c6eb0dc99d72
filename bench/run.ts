// The benchmark of synthesis: `npm run bench`. Measures the package as users run it, beside `node -e 0` and
// cdk8s, prints a table for each case, and says of each target whether it was reached.
//
//   npm run bench -- --quick        fewer rounds and smaller numbers, for a first look
//   npm run bench -- --only one     only the case of that name; repeatable
//
// A full run also writes its part of RESULTS.md. It takes about five minutes on an otherwise idle machine
// with two processors, and some 1.5 GB in the temporary folder (TMPDIR). On a busy machine, where a median
// is far above its "CPU", the targets say little. Exit code: 0 every target reached, 1 one was missed, 2 it
// could not be measured.
import { afterEdit } from './cases/after-edit';
import { linear } from './cases/linear';
import { oneSandbox } from './cases/one-sandbox';
import { thousand } from './cases/thousand';
import { unchanged } from './cases/unchanged';
import { runBenchmark } from './lib/runner';

void runBenchmark('synth', [oneSandbox, afterEdit, thousand, linear, unchanged]);
