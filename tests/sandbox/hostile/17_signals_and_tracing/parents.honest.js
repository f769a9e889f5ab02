// honest: SIGUSR2
// A signal to itself.
process.on('SIGUSR2', (name) => {
  console.log(name);
  clearInterval(wait);
});
const wait = setInterval(() => {}, 10);
process.kill(process.pid, 'SIGUSR2');
