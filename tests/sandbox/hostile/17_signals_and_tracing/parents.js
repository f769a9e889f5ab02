// outcome: exited
// says: tried
// The parent, init, and the debugger's port of node.
for (const pid of [process.ppid, 1, 0x7fffffff]) {
  for (const name of ['SIGKILL', 'SIGSTOP', 'SIGUSR1', 'SIGSEGV']) {
    try {
      process.kill(pid, name);
    } catch {
    }
  }
}
try {
  require('inspector').open(0, '127.0.0.1');
  if (require('inspector').url()) console.log('ESCAPED inspector');
} catch {
}
console.log('tried');
