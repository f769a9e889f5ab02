// Answers call tests: reads them from descriptor 3 and writes what each call
// returned to descriptor 4, in the grammar of verifier/code/values.h.
'use strict';

const {readFileSync} = require('fs');

class CallReader {
  constructor(bytes) {
    this.bytes = bytes;
    this.at = 0;
  }
  take(size) {
    this.at += size;
    return this.bytes.subarray(this.at - size, this.at);
  }
  count() {
    return this.take(4).readUInt32LE();
  }
  value() {
    const tag = String.fromCharCode(this.take(1)[0]);
    switch (tag) {
      case 'N': return null;
      case 'T': return true;
      case 'F': return false;
      case 'f': return this.take(8).readDoubleLE();
      case 's': return textOfBytes(this.take(this.count()));
      case 'i': {
        const bytes = Buffer.from(this.take(this.count())).reverse();
        const bits = BigInt('0x0' + bytes.toString('hex'));
        return Number(BigInt.asIntN(8 * bytes.length || 1, bits));
      }
      case 'l': case 't':
        return Array.from({length: this.count()}, () => this.value());
      case 'd': {
        const made = {};
        for (let left = this.count(); left > 0; --left) {
          const key = this.value();
          put(made, key, this.value());
        }
        return made;
      }
    }
    throw new Malformed('tag');
  }
}

// UTF-8 in which a lone surrogate has three bytes of its own.
function textOfBytes(bytes) {
  return unescapeText(bytes.toString('hex').toUpperCase().replace(/../g,
                                                                  '%$&'));
}

function bytesOfText(text) {
  if (!/[\ud800-\udfff]/.test(text)) return Buffer.from(text, 'utf8');
  return Buffer.from(escapeText(text).replace(
      /%(..)/g, (_, hex) => String.fromCharCode(parseInt(hex, 16))), 'latin1');
}

class CallWriter {
  constructor() {
    this.parts = [];
    this.items = 0;
  }
  head(tag, count) {
    const bytes = Buffer.alloc(5);
    bytes.write(tag, 'latin1');
    bytes.writeUInt32LE(count, 1);
    this.parts.push(bytes);
  }
  text(text) {
    const bytes = bytesOfText(text);
    this.head('s', bytes.length);
    this.parts.push(bytes);
  }
  opaque(x) {
    this.parts.push(Buffer.from('o'));
    this.text(typeof x);
  }
  integer(x) {
    const negative = x < 0n;
    const digits = (negative ? -x : x).toString(16).length;
    const size = (digits >> 1) + 1;
    const hex = BigInt.asUintN(8 * size, x).toString(16).padStart(2 * size,
                                                                  '0');
    this.head('i', size);
    this.parts.push(Buffer.from(hex, 'hex').reverse());
  }
  value(x, depth = 0) {
    if (++this.items > WIDTH) throw new RangeError('a value too wide');
    if (depth > DEPTH) throw new RangeError('a value too deep');
    switch (typeof x) {
      case 'undefined': return this.parts.push(Buffer.from('N'));
      case 'boolean': return this.parts.push(Buffer.from(x ? 'T' : 'F'));
      case 'string': return this.text(x);
      case 'bigint': return this.integer(x);
      case 'number': {
        const bytes = Buffer.from('f00000000');
        bytes.writeDoubleLE(x, 1);
        return this.parts.push(bytes);
      }
      case 'object': break;
      default: return this.opaque(x);
    }
    if (x === null) return this.parts.push(Buffer.from('N'));
    if (Array.isArray(x)) {
      this.head('l', x.length);
      for (let i = 0; i < x.length; ++i) this.value(x[i], depth + 1);
      return;
    }
    if (types.isMap(x) || types.isSet(x) || types.isDate(x) ||
        types.isRegExp(x) || types.isTypedArray(x) || types.isProxy(x) ||
        types.isBoxedPrimitive(x) || types.isNativeError(x)) {
      return this.opaque(x);
    }
    const members = Object.keys(x).map((key) => [key, x[key]]).filter(
        ([, value]) => value !== undefined && typeof value !== 'function');
    this.head('d', members.length);
    for (const [key, value] of members) {
      this.text(key);
      this.value(value, depth + 1);
    }
  }
}

function sendFrame(fill, count) {
  const writer = new CallWriter();
  writer.head('t', count);
  fill(writer);
  const body = Buffer.concat(writer.parts);
  const size = Buffer.alloc(4);
  size.writeUInt32LE(body.length);
  const bytes = Buffer.concat([size, body]);
  for (let done = 0; done < bytes.length;) {
    done += writeSync(4, bytes, done);
  }
}

function sendTexts(...texts) {
  sendFrame((writer) => texts.forEach((text) => writer.text(text)),
            texts.length);
}

async function answerCalls(program) {
  const tests = new CallReader(readFileSync(3)).value();
  const side = new Candidate();
  load(program, (how, error) => {
    if (how === 'unbuilt') return sendTexts('syntax', messageOf(error));
    sendTexts('raise', typeOf(error), messageOf(error));
  });
  sendTexts('loaded');
  for (const [name, args] of tests) {
    let value;
    try {
      const target = side.valueOfName(name);
      if (typeof target !== 'function') {
        throw new ReferenceError(`${name} is not defined`);
      }
      value = Reflect.apply(target, undefined, args);
      if (types.isPromise(value)) value = await value;
    } catch (error) {
      sendTexts('raise', typeOf(error), messageOf(error));
      continue;
    }
    try {
      sendFrame((writer) => {
        writer.text('value');
        writer.value(value);
      }, 2);
    } catch (error) {
      sendTexts('refused', messageOf(error));
    }
  }
  exit(0);
}
