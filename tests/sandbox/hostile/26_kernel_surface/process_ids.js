// outcome: exited
// says: refused
// Other users, other masks, other roots, code from outside.
const attempts = [
  () => process.setuid(0),
  () => process.setgid(0),
  () => process.setgroups([0]),
  () => process.initgroups('root', 0),
  () => require('os').setPriority(1, -20),
  () => require('fs').writeFileSync('/proc/sys/kernel/core_pattern', '|/x'),
  () => process.dlopen({exports: {}}, '/box/none.node'),
  () => require('fs').writeFileSync('/proc/self/uid_map', '0 0 1'),
  () => process.binding('spawn_sync').none(),
];
for (const [i, attempt] of attempts.entries()) {
  try {
    attempt();
    console.log('ESCAPED', i);
  } catch {
  }
}
console.log('refused');
