// Preloaded (node --require) into the runs whose memory is measured: at exit, every Node process of the
// run leaves its own peak resident set, in KiB, in a file named after its pid.
//
// Linux keeps the peak of this very program as VmHWM. `ru_maxrss` is read only where there is no /proc:
// on Linux it also counts the memory of the process that started this one.
const { readFileSync, writeFileSync } = require('fs');
const { join } = require('path');

function peakKibibytes() {
  try {
    return Number(/^VmHWM:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'))[1]);
  } catch {
    return process.resourceUsage().maxRSS;
  }
}

process.on('exit', () => {
  writeFileSync(
    join(process.env.BENCH_PEAK_MEMORY_DIR, String(process.pid)),
    String(peakKibibytes()),
  );
});
