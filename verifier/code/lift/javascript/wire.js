// Values and calls between two processes: docs/LIFTING.md. Either side makes
// every object from its own prototypes; nothing that comes in is evaluated.
'use strict';

const {readSync, writeSync} = require('fs');
const {types} = require('util');

const CHANNEL = 5;
const LINE_BYTES = 16 << 20;
const WORDS = 2000000;
const DEPTH = 200;
const WIDTH = 1000000;
const EXPORTS = 1 << 20;
const NESTING = 100;
const ERRORS = {
  Error, EvalError, RangeError, ReferenceError, SyntaxError, TypeError,
  URIError,
};
const ARRAYS = {
  Int8Array, Uint8Array, Uint8ClampedArray, Int16Array, Uint16Array,
  Int32Array, Uint32Array, Float32Array, Float64Array, BigInt64Array,
  BigUint64Array,
};
const SYMBOLS = new Map();
for (const name of ['iterator', 'asyncIterator', 'toStringTag']) {
  SYMBOLS.set(Symbol[name], name);
}
const isNative = ((text) => (f) =>
    /\{\s*\[native code\]\s*\}$/.test(Reflect.apply(text, f, [])))(
    Function.prototype.toString);

// The other side broke the grammar.
class Malformed extends Error {}

function escapeText(text) {
  const escape = (part) => encodeURIComponent(part).replace(
      /[!~*'()]/g, (c) => '%' + c.charCodeAt(0).toString(16).toUpperCase());
  if (!/[\ud800-\udfff]/.test(text)) return escape(text);
  const parts = /([\ud800-\udbff][\udc00-\udfff])|([\ud800-\udfff])/g;
  let out = '', done = 0;
  for (const found of text.matchAll(parts)) {
    if (found[1] !== undefined) continue;
    const c = found[2].charCodeAt(0);
    const hex = (n) => '%' + n.toString(16).toUpperCase();
    out += escape(text.slice(done, found.index)) + '%ED' +
        hex(0x80 | (c >> 6 & 0x3f)) + hex(0x80 | (c & 0x3f));
    done = found.index + 1;
  }
  return out + escape(text.slice(done));
}

function unescapeText(text) {
  if (!/^[\w.%-]*$/.test(text)) throw new Malformed('text');
  try {
    const lone = /%ED%([AB][0-9A-F])%([89AB][0-9A-F])/;
    if (!lone.test(text)) return decodeURIComponent(text);
    return text.split(/(%ED%[AB][0-9A-F]%[89AB][0-9A-F])/).map((part) => {
      const found = lone.exec(part);
      if (!found) return decodeURIComponent(part);
      return String.fromCharCode(0xd000 | (parseInt(found[1], 16) & 0x3f) << 6 |
                                 parseInt(found[2], 16) & 0x3f);
    }).join('');
  } catch {
    throw new Malformed('text');
  }
}

function wordOfNumber(x) {
  if (Object.is(x, -0)) return 'd-0';
  if (x !== x) return 'dnan';
  if (x === Infinity) return 'dinf';
  return x === -Infinity ? 'd-inf' : 'd' + x;
}

function numberOf(text) {
  const named = {'nan': NaN, 'inf': Infinity, '-inf': -Infinity};
  if (Object.hasOwn(named, text)) return named[text];
  if (!/^-?[0-9]+(\.[0-9]+)?(e[+-]?[0-9]+)?$/.test(text)) {
    throw new Malformed('number');
  }
  return Number(text);
}

function countOf(text, most) {
  if (!/^[0-9]{1,9}$/.test(text) || Number(text) > most) {
    throw new Malformed('count');
  }
  return Number(text);
}

// Which word says what an object is; 'm' is any other.
function kindOf(x) {
  if (Array.isArray(x)) return 'l';
  const proto = Object.getPrototypeOf(x);
  if (types.isMap(x) && proto === Map.prototype) return 'k';
  if (types.isSet(x) && proto === Set.prototype) return 'e';
  if (types.isDate(x) && proto === Date.prototype) return 'D';
  if (types.isTypedArray(x) && arrayName(x)) return 'y';
  return 'm';
}

function arrayName(x) {
  const proto = Object.getPrototypeOf(x);
  return Object.keys(ARRAYS).find((name) => ARRAYS[name].prototype === proto);
}

// A member of its own, whatever its name.
function put(object, key, value) {
  if (key !== '__proto__') {
    object[key] = value;
    return;
  }
  Object.defineProperty(object, key, {
    value, configurable: true, enumerable: true, writable: true});
}

// Only data under texts: such an object is copied, any other stays.
function isPlain(x) {
  const proto = Object.getPrototypeOf(x);
  if (proto !== Object.prototype && proto !== null) return false;
  if (types.isProxy(x) || Object.getOwnPropertySymbols(x).length > 0) {
    return false;
  }
  const all = Object.getOwnPropertyDescriptors(x);
  for (const key of Object.keys(all)) {
    const has = all[key];
    if (!('value' in has) || !has.enumerable) return false;
    if (typeof has.value === 'function') return false;
  }
  return true;
}

// One side's end: what it exported, and what it knows of the other's.
class Side {
  // `trusts`: whether the other side may read, call and make what is ours.
  constructor(trusts) {
    this.trusts = trusts;
    this.ours = [];
    this.numbers = new Map();
    this.theirs = new Map();
    this.homes = new WeakMap();
    this.pending = Buffer.alloc(0);
    this.nesting = 0;
    this.out = [];
  }

  export(x) {
    let number = this.numbers.get(x);
    if (number === undefined) {
      if (this.ours.length >= EXPORTS) throw new RangeError('too many objects');
      number = this.ours.push(x) - 1;
      this.numbers.set(x, number);
    }
    return number;
  }

  // `known`: the objects that both sides have numbered in this exchange.
  encode(value, known, depth = 0) {
    this.out.length = 0;
    this.write(value, known, depth);
    return this.out.splice(0).join(' ');
  }

  write(x, known, depth) {
    const out = this.out;
    if (out.length > WORDS) throw new RangeError('a value too wide to cross');
    switch (typeof x) {
      case 'undefined': return out.push('u');
      case 'boolean': return out.push(x ? 't' : 'f');
      case 'number': return out.push(wordOfNumber(x));
      case 'bigint': return out.push('i' + x);
      case 'string': return out.push('s' + escapeText(x));
      case 'symbol':
        if (!SYMBOLS.has(x)) throw new TypeError('a symbol cannot cross');
        return out.push('w' + SYMBOLS.get(x));
    }
    if (x === null) return out.push('n');
    if (this.homes.has(x)) return out.push('q' + this.homes.get(x));
    const seen = known.get(x);
    if (seen !== undefined) return out.push('a' + seen);
    if (typeof x === 'function') return this.writeFunction(x);
    if (types.isPromise(x)) return out.push('P' + this.exportPromise(x));
    if (depth > DEPTH) return this.writeHandle(x);
    if (types.isNativeError(x)) return this.writeError(x, known, depth);
    if (types.isRegExp(x)) {
      return out.push('x', 's' + escapeText(x.source), 's' + x.flags);
    }
    const kind = kindOf(x);
    if (kind === 'm' && !isPlain(x)) return this.writeInstance(x, known, depth);
    known.set(x, known.size);
    this.writeContent(x, kind, known, depth);
  }

  writeFunction(x) {
    this.out.push('F' + this.export(x));
  }

  writeHandle(x) {
    this.out.push('H' + this.export(x));
  }

  writeInstance(x) {
    this.writeHandle(x);
  }

  writeError(x, known, depth) {
    const text = (key) => {
      const value = x[key];
      return typeof value === 'string' ? value : '';
    };
    this.out.push('E' + this.export(x), 's' + escapeText(text('name')),
                  's' + escapeText(text('message')));
    const rest = Object.keys(x).filter(
        (key) => key !== 'name' && key !== 'message' && key !== 'stack');
    this.out.push('d' + rest.length);
    for (const key of rest) {
      this.out.push('s' + escapeText(key));
      this.write(x[key], known, depth + 1);
    }
  }

  writeContent(x, kind, known, depth) {
    const out = this.out;
    const next = (value) => this.write(value, known, depth + 1);
    if (kind === 'l') {
      if (x.length > WIDTH) throw new RangeError('a value too wide to cross');
      out.push('l' + x.length);
      for (let i = 0; i < x.length; ++i) {
        if (i in x) {
          next(x[i]);
        } else {
          out.push('_');
        }
      }
    } else if (kind === 'k') {
      out.push('k' + x.size);
      for (const [key, value] of x) {
        next(key);
        next(value);
      }
    } else if (kind === 'e') {
      out.push('e' + x.size);
      for (const value of x) next(value);
    } else if (kind === 'D') {
      out.push('D' + wordOfNumber(x.getTime()).slice(1));
    } else if (kind === 'y') {
      const name = arrayName(x);
      if (x.length > WIDTH) throw new RangeError('a value too wide to cross');
      out.push('y' + name, 'd' + x.length);
      for (const value of x) next(value);
    } else {
      const keys = Object.keys(x);
      out.push('m' + keys.length);
      for (const key of keys) {
        out.push('s' + escapeText(key));
        next(x[key]);
      }
    }
  }

  decode(words, known) {
    if (words.depth === undefined) words.depth = 0;
    if (words.at >= words.length) throw new Malformed('short');
    if (++words.depth > DEPTH + 4) throw new Malformed('deep');
    const value = this.read(words, known);
    --words.depth;
    return value;
  }

  read(words, known) {
    const word = words[words.at++];
    const rest = word.slice(1);
    switch (word[0]) {
      case 'u': return undefined;
      case 'n': return null;
      case 't': return true;
      case 'f': return false;
      case 'd': return numberOf(rest);
      case 's': return unescapeText(rest);
      case 'i':
        if (!/^-?[0-9]{1,1000000}$/.test(rest)) throw new Malformed('integer');
        return BigInt(rest);
      case 'w': {
        for (const [symbol, name] of SYMBOLS) if (name === rest) return symbol;
        throw new Malformed('symbol');
      }
      case 'q': {
        const number = countOf(rest, EXPORTS);
        if (number >= this.ours.length) throw new Malformed('number');
        return this.ours[number];
      }
      case 'a': {
        const number = countOf(rest, WORDS);
        if (number >= known.length) throw new Malformed('number');
        return known[number];
      }
      case 'F': case 'H': case 'P':
        return this.handle(word[0], countOf(rest, EXPORTS));
      case 'E': return this.readError(countOf(rest, EXPORTS), words, known);
      case 'x': return this.readRegExp(words, known);
      case 'D': {
        const made = new Date(numberOf(rest));
        known.push(made);
        return made;
      }
      case 'B': return this.builtin(rest);
    }
    return this.readContainer(word, words, known);
  }

  readRegExp(words, known) {
    const [source, flags] = [this.decode(words, known),
                             this.decode(words, known)];
    try {
      return new RegExp(String(source), String(flags));
    } catch {
      throw new Malformed('pattern');
    }
  }

  readContainer(word, words, known) {
    const rest = word.slice(1);
    const next = () => this.decode(words, known);
    if (word[0] === 'y') {
      if (!Object.hasOwn(ARRAYS, rest)) throw new Malformed('array');
      const length = this.count(words, known);
      const array = new ARRAYS[rest](length);
      known.push(array);
      const type = rest.startsWith('Big') ? 'bigint' : 'number';
      for (let i = 0; i < length; ++i) {
        const item = next();
        if (typeof item !== type) throw new Malformed('array');
        array[i] = item;
      }
      return array;
    }
    const count = countOf(rest, WIDTH);
    let made;
    if (word[0] === 'l') {
      known.push(made = []);
      for (let i = 0; i < count; ++i) {
        if (words[words.at] === '_') {
          ++words.at;
          made.length = i + 1;
        } else {
          made[i] = next();
        }
      }
    } else if (word[0] === 'k') {
      known.push(made = new Map());
      for (let i = 0; i < count; ++i) {
        const key = next();
        made.set(key, next());
      }
    } else if (word[0] === 'e') {
      known.push(made = new Set());
      for (let i = 0; i < count; ++i) made.add(next());
    } else if (word[0] === 'm') {
      known.push(made = {});
      this.readMembers(made, count, words, known);
    } else {
      return this.readOther(word, words, known);
    }
    return made;
  }

  // A number that says how many follow.
  count(words, known) {
    const number = this.decode(words, known);
    if (!Number.isInteger(number) || number < 0 || number > WIDTH) {
      throw new Malformed('count');
    }
    return number;
  }

  readError(number, words, known) {
    const name = String(this.decode(words, known));
    const made = new (Object.hasOwn(ERRORS, name) ? ERRORS[name] : Error)(
        String(this.decode(words, known)));
    if (made.name !== name) {
      Object.defineProperty(made, 'name', {
        value: name, configurable: true, enumerable: false, writable: true});
    }
    this.homes.set(made, number);
    this.readMembers(made, this.count(words, known), words, known);
    return made;
  }

  readMembers(made, count, words, known) {
    for (let i = 0; i < count; ++i) {
      const key = this.decode(words, known);
      if (typeof key !== 'string') throw new Malformed('key');
      put(made, key, this.decode(words, known));
    }
  }

  readOther() {
    throw new Malformed('word');
  }

  send(line) {
    if (line.length >= LINE_BYTES) throw new RangeError('a value too large');
    const bytes = Buffer.from(line + '\n', 'latin1');
    for (let done = 0; done < bytes.length;) {
      done += writeSync(CHANNEL, bytes, done);
    }
  }

  // The next line's words; null: the other side has ended.
  receive() {
    const chunks = [];
    let size = 0;
    for (;;) {
      const end = this.pending.indexOf(10);
      if (end >= 0) {
        chunks.push(this.pending.subarray(0, end));
        this.pending = this.pending.subarray(end + 1);
        const words = Buffer.concat(chunks).toString('latin1').split(' ');
        if (words.length > WORDS) throw new Malformed('wide');
        words.at = 1;
        return words;
      }
      chunks.push(this.pending);
      size += this.pending.length;
      if (size > LINE_BYTES) throw new Malformed('long');
      const chunk = Buffer.allocUnsafe(65536);
      const got = readSync(CHANNEL, chunk, 0, chunk.length, null);
      if (got === 0) return null;
      this.pending = chunk.subarray(0, got);
    }
  }
}
