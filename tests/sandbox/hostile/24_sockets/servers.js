// outcome: exited
// says: 4 refused
// Servers and clients of every kind that node has.
const net = require('net');
let refused = 0;
const no = () => ++refused;
const yes = (what) => () => console.log('ESCAPED', what);
net.createServer().on('error', no).listen(0, '127.0.0.1', yes('server'));
net.createServer().on('error', no).listen('\0assay', yes('abstract'));
net.connect(80, '169.254.169.254', yes('metadata')).on('error', no);
const udp = require('dgram').createSocket('udp4');
udp.on('error', no);
try {
  udp.bind(0, yes('udp'));
} catch {
  no();
}
setTimeout(() => {
  console.log(refused, 'refused');
  process.exit(0);
}, 200);
