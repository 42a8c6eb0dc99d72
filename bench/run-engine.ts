// The benchmark on a container engine: `npm run bench:engine`, where `docker` reaches one. Measures starting,
// validating, entering and stopping a sandbox, and what its walls cost the work inside.
//
//   npm run bench:engine -- --quick        fewer rounds, for a first look
//   npm run bench:engine -- --only exec    only the case of that name; repeatable
//
// A full run also writes its part of RESULTS.md. Everything it makes on the engine is removed at the end.
// Exit code: 0 every target reached, 1 one was missed, 2 it could not be measured.
import { exec } from './engine/exec';
import { overhead } from './engine/overhead';
import { start } from './engine/start';
import { stopNow } from './engine/stop-now';
import { twenty } from './engine/twenty';
import { validate } from './engine/validate';
import { runBenchmark } from './lib/runner';

void runBenchmark('engine', [start, validate, exec, stopNow, overhead, twenty]);
