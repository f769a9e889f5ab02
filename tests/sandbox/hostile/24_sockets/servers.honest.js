// honest: example.org /a?b=1
// Addresses taken apart, events sent, nobody called.
const url = new URL('http://example.org/a?b=1');
const events = new (require('events'))();
events.on('path', (x) => console.log(url.hostname, x));
events.emit('path', url.pathname + url.search);
