// Beside the tests: what they call and lack is the program's, elsewhere.
'use strict';

const vm = require('vm');
const path = require('path');
const assert = require('assert');
const reallyExit = process.reallyExit.bind(process);

const REPLY = 4;
// What the tests get from here, whatever the program declares.
const PILLARS = new Set([
  'globalThis', 'Object', 'Function', 'Array', 'Number', 'Boolean', 'String',
  'Symbol', 'BigInt', 'Math', 'JSON', 'Reflect', 'Proxy', 'Date', 'RegExp',
  'Promise', 'Map', 'Set', 'WeakMap', 'WeakSet', 'WeakRef', 'Error',
  'AggregateError', 'EvalError', 'RangeError', 'ReferenceError', 'SyntaxError',
  'TypeError', 'URIError', 'Infinity', 'NaN', 'undefined', 'eval', 'Intl',
  'isNaN', 'isFinite', 'parseInt', 'parseFloat', 'console', 'process',
  'Buffer', 'global', 'require', 'module', 'exports', 'assert', 'setTimeout',
  'setInterval', 'setImmediate', 'clearTimeout', 'clearInterval',
  'clearImmediate', 'queueMicrotask', 'structuredClone', 'ArrayBuffer',
  'DataView', 'Atomics', 'SharedArrayBuffer', 'WebAssembly',
  ...Object.keys(ARRAYS),
]);
// Builtins that a test may hand over, by name.
const BUILTINS = new Map();
for (const name of [
       'Object', 'Array', 'Number', 'String', 'Boolean', 'BigInt', 'Symbol',
       'Date', 'RegExp', 'Map', 'Set', 'WeakMap', 'WeakSet', 'Promise',
       'parseInt', 'parseFloat', 'isNaN', 'isFinite', ...Object.keys(ERRORS)]) {
  BUILTINS.set(globalThis[name], name);
}
for (const name of ['Math', 'Number', 'Object', 'Array', 'String', 'JSON']) {
  for (const key of Object.getOwnPropertyNames(globalThis[name])) {
    const value = globalThis[name][key];
    if (typeof value === 'function' && !BUILTINS.has(value)) {
      BUILTINS.set(value, `${name}.${key}`);
    }
  }
}
// Questions that a value answers by itself: what a function returned may not
// answer them by methods of its own.
const ANSWERS = new Set([
  'includes', 'has', 'indexOf', 'lastIndexOf', 'findIndex', 'every', 'some',
  'startsWith', 'endsWith', 'localeCompare', 'equals', 'isEqual', 'match',
  'test', 'toJSON', 'valueOf', 'then',
]);

class Examiner extends Side {
  constructor() {
    super(false);
    this.calls = 0;
    this.said = '';
    this.made = new Set();
    this.promises = new Map();
    this.thrown = new WeakSet();
    this.names = new Map();
    this.stubs = new Map();
  }

  say(line) {
    if (this.said) return;
    this.said = line;
    writeSync(REPLY, line + '\n');
  }

  end(line) {
    this.say(line);
    reallyExit(1);
  }

  hear() {
    let words;
    try {
      words = this.receive();
    } catch {
      words = null;
    }
    if (words === null) this.end('gone');
    return words;
  }

  // Sends one request and answers what the candidate asks meanwhile.
  ask(verb, target, args) {
    const known = new Map();
    const to = this.encode(target, known);
    this.send(`${verb} ${to} ${this.encode(args, known)}`);
    const objects = [...known.keys()];
    for (;;) {
      const words = this.hear();
      try {
        if (words[0] === 'call') {
          this.answer(words);
          continue;
        }
        return this.conclude(words, objects, verb);
      } catch (error) {
        if (!(error instanceof Malformed)) throw error;
        this.end('gone');
      }
    }
  }

  conclude(words, objects, verb) {
    if (words[0] !== 'return' && words[0] !== 'raise') {
      throw new Malformed('verb');
    }
    if (words[0] === 'raise') words.at = 3;
    const fresh = verb === 'new' && /^H[0-9]{1,7}$/.test(words[words.at]);
    if (fresh) this.made.add(Number(words[words.at].slice(1)));
    const value = this.decode(words, objects);
    this.refill(words, objects);
    if (words[0] === 'return') return value;
    if (Object(value) === value) {
      this.thrown.add(value);
    } else {
      this.lastThrown = value;
    }
    throw value;
  }

  // Gives arguments the content that the call left in them.
  refill(words, objects) {
    const head = words[words.at++];
    if (!/^l[0-9]{1,7}$/.test(head || '')) throw new Malformed('changes');
    for (let left = Number(head.slice(1)); left > 0; --left) {
      const target = objects[this.count(words, objects)];
      if (target === undefined) throw new Malformed('number');
      this.refillOne(target, words, objects);
    }
  }

  refillOne(target, words, objects) {
    const slot = objects.length;
    const fresh = this.decode(words, objects);
    if (objects[slot] !== fresh || kindOf(fresh) !== kindOf(target)) {
      throw new Malformed('changes');
    }
    const kind = kindOf(target);
    if (kind === 'k' || kind === 'e') {
      target.clear();
      for (const x of fresh) kind === 'k' ? target.set(...x) : target.add(x);
    } else if (kind === 'D') {
      target.setTime(fresh.getTime());
    } else if (kind === 'y') {
      for (let i = 0; i < target.length; ++i) target[i] = fresh[i];
    } else {
      if (kind === 'l') target.length = 0;
      for (const key of Object.keys(target)) delete target[key];
      for (const key of Object.keys(fresh)) put(target, key, fresh[key]);
      if (kind === 'l') target.length = fresh.length;
    }
  }

  // The candidate calls a function that the tests gave it.
  answer(words) {
    if (++this.nesting > NESTING) throw new Malformed('nesting');
    const objects = [];
    const target = this.decode(words, objects);
    const args = this.decode(words, objects);
    if (typeof target !== 'function' || !Array.isArray(args)) {
      throw new Malformed('call');
    }
    const known = new Map(objects.map((x, i) => [x, i]));
    let line;
    try {
      line = `return ${this.encode(Reflect.apply(target, undefined, args),
                                   known)}`;
    } catch (error) {
      this.out.length = 0;
      line = `raise ${this.encode(error, new Map())}`;
    }
    --this.nesting;
    this.send(line);
  }

  exportPromise() {
    throw new TypeError('a promise of the tests cannot cross');
  }

  writeFunction(x) {
    if (BUILTINS.has(x)) return this.out.push('B' + BUILTINS.get(x));
    if (isNative(x)) throw new TypeError('a builtin function cannot cross');
    this.out.push('F' + this.export(x));
  }

  // An object of a class of the tests': its members, and the class's name.
  writeInstance(x, known, depth) {
    const name = x.constructor && x.constructor.name;
    const keys = Object.keys(x);
    known.set(x, known.size);
    this.out.push('O' + keys.length,
                  's' + escapeText(/^[\w$]+$/.test(name) ? name : 'Object'));
    for (const key of keys) {
      this.out.push('s' + escapeText(key));
      this.write(x[key], known, depth + 1);
    }
  }

  writeHandle() {
    throw new RangeError('a value too deep to cross');
  }

  // What stays with the candidate.
  handle(kind, number) {
    if (kind === 'P') return this.promise(number);
    let known = this.theirs.get(number);
    if (!known) {
      known = new Proxy(kind === 'F' ? function () {} : {}, this.traps(number));
      this.theirs.set(number, known);
      this.homes.set(known, number);
    }
    return known;
  }

  promise(number) {
    if (this.promises.size === 0) setImmediate(() => this.drain());
    let known = this.promises.get(number);
    if (!known) {
      known = {};
      known.promise = new Promise((resolve, reject) => {
        known.return = resolve;
        known.raise = reject;
      });
      this.promises.set(number, known);
      this.homes.set(known.promise, number);
    }
    return known.promise;
  }

  // Waits until one of the candidate's promises is settled.
  drain() {
    if (this.promises.size === 0) return;
    this.send('settle');
    try {
      const words = this.hear();
      if (words[0] !== 'settled') throw new Malformed('verb');
      const number = this.count(words, []);
      const how = this.decode(words, []);
      const value = this.decode(words, []);
      const known = this.promises.get(number);
      if (!known || how !== 'return' && how !== 'raise') {
        throw new Malformed('promise');
      }
      this.promises.delete(number);
      if (how === 'raise' && Object(value) === value) this.thrown.add(value);
      known[how](value);
    } catch (error) {
      if (!(error instanceof Malformed)) throw error;
      this.end('gone');
    }
    if (this.promises.size > 0) setImmediate(() => this.drain());
  }

  traps(number) {
    const self = () => this.theirs.get(number);
    const coerces = () => {
      throw new TypeError('an object of the program is no value');
    };
    return {
      apply: (_, receiver, args) => {
        ++this.calls;
        return this.ask('call', self(), [receiver, args]);
      },
      construct: (_, args) => {
        ++this.calls;
        return this.ask('new', self(), args);
      },
      get: (target, key) => {
        if (key === Symbol.toPrimitive) return coerces;
        if (key === Symbol.hasInstance) {
          return (x) => Object(x) === x && this.homes.has(x) &&
              this.ask('is', self(), [x]) === true;
        }
        if (typeof key === 'symbol' && !SYMBOLS.has(key)) return undefined;
        if (ANSWERS.has(key) && !this.made.has(number)) return undefined;
        return this.ask('read', self(), [key]);
      },
      set: (_, key, value) => this.ask('write', self(), [key, value]) === true,
      deleteProperty: (_, key) => this.ask('delete', self(), [key]) === true,
      has: (_, key) => (typeof key === 'string' || SYMBOLS.has(key)) &&
          this.ask('has', self(), [key]) === true,
      getPrototypeOf: (target) => {
        if (typeof target === 'function') return Function.prototype;
        const proto = this.ask('proto', self(), []);
        return Object(proto) === proto ? proto : Object.prototype;
      },
      ownKeys: (target) => {
        const keys = this.ask('keys', self(), []);
        if (!Array.isArray(keys) || keys.some((k) => typeof k !== 'string')) {
          this.end('gone');
        }
        const fixed = Reflect.ownKeys(target).filter(
            (key) => !Object.getOwnPropertyDescriptor(target, key)
                .configurable);
        return [...new Set([...keys, ...fixed])];
      },
      getOwnPropertyDescriptor: (target, key) => {
        const fixed = Object.getOwnPropertyDescriptor(target, key);
        if (fixed && !fixed.configurable) return fixed;
        if (typeof key !== 'string') return undefined;
        const keys = this.ask('keys', self(), []);
        if (!Array.isArray(keys) || !keys.includes(key)) return undefined;
        return {
          value: this.ask('read', self(), [key]),
          configurable: true, enumerable: true, writable: true,
        };
      },
    };
  }

  // How the program declares a name.
  nameKind(name) {
    let kind = this.names.get(name);
    if (kind === undefined) {
      kind = this.ask('name', name, []);
      this.names.set(name, kind);
    }
    return kind;
  }

  declares(name) {
    return !['missing', 'builtin'].includes(this.nameKind(name));
  }

  // The program's function or value of that name.
  named(name) {
    const value = this.ask('value', name, []);
    if (typeof value !== 'function') ++this.calls;
    return value;
  }
}

function isName(text) {
  return typeof text === 'string' && /^[A-Za-z_$][\w$]*$/.test(text);
}

// Names that only the program declares are found behind the global object.
function installNames(side, tests, entry) {
  const behind = new Proxy(Object.create(null), {
    has: (_, key) => key in Object.prototype ||
        isName(key) && side.declares(key),
    get: (_, key) => {
      if (key in Object.prototype) return Object.prototype[key];
      return isName(key) && side.declares(key) ? side.named(key) : undefined;
    },
    getPrototypeOf: () => Object.prototype,
  });
  Object.setPrototypeOf(globalThis, behind);
  const words = new Set(tests.match(/[A-Za-z_$][\w$]*/g) || []);
  for (const name of words) {
    if (!(name in globalThis) || !Object.hasOwn(globalThis, name)) continue;
    if (PILLARS.has(name) && name !== entry) continue;
    if (side.declares(name)) delete globalThis[name];
  }
}

// What one file of program and tests would refuse: a name declared twice.
function refuseTwice(side, tests) {
  const declared =
      /^(const|let|class|var|(?:async\s+)?function)\b\s*\*?\s*([\w$]+)/gm;
  for (const [, word, name] of tests.matchAll(declared)) {
    const kind = side.nameKind(name);
    const twice = /^(const|let|class)$/.test(word)
        ? kind === 'lexical' || kind === 'global'
        : kind === 'lexical';
    if (twice) {
      side.end(`raise SyntaxError ${escapeText(
          `Identifier '${name}' has already been declared`)}`);
    }
  }
}

function requireFor(side) {
  const ours = (name) => {
    if (/^\.{0,2}\//.test(name)) return side.ask('exports', 'exports', []);
    return require(name);
  };
  return Object.assign(ours, {main: module, cache: {}});
}

function report(side, error, calls) {
  if (Object(error) === error &&
          (side.thrown.has(error) || side.homes.has(error)) ||
      Object(error) !== error && side.lastThrown === error &&
          error !== undefined) {
    const type = types.isNativeError(error) ? error.name : 'value';
    const text = types.isNativeError(error) ? error.message : '';
    return side.say(`raise ${escapeText(String(type)) || 'Error'} ${
        escapeText(String(text).slice(0, 4096))}`);
  }
  if (types.isNativeError(error) && error.name === 'ReferenceError') {
    const name = /^([\w$]+) is not defined$/.exec(error.message);
    if (name && side.names.get(name[1]) === 'missing') {
      return side.say(`raise ReferenceError ${escapeText(error.message)}`);
    }
  }
  if (types.isNativeError(error) && error.code === 'MODULE_NOT_FOUND') {
    side.say(`invalid ${escapeText(error.message.split('\n')[0])}`);
  }
}

function examine(tests, entry) {
  const side = new Examiner();
  let script;
  try {
    script = new vm.Script(tests, {filename: '/box/tests.js'});
  } catch (error) {
    side.end(`invalid ${escapeText(String(error.message))}`);
  }
  const first = side.hear();
  if (first[0] !== 'ready') {
    const form = /^(unbuilt [\w.%-]*|raise [\w.%-]+ [\w.%-]*)( u)?$/.exec(
        first.join(' ').slice(0, 65536));
    side.end(form ? form[1] : 'gone');
  }
  const require = requireFor(side);
  for (const [name, value] of Object.entries({
         require, module, exports: module.exports, __filename, __dirname})) {
    Object.defineProperty(globalThis, name, {
      value, configurable: true, enumerable: false, writable: true});
  }
  if (first[1] === 'module' && /\brequire\s*\(/.test(tests)) {
    side.end(`raise ReferenceError ${escapeText(
        'require is not defined in ES module scope')}`);
  }
  refuseTwice(side, tests);
  console.assert = (holds, ...rest) => {
    if (!holds) assert.fail(rest.length > 0 ? String(rest[0]) : 'assertion');
  };
  process.on('uncaughtExceptionMonitor', (error) => report(side, error));
  process.on('exit', (code) => {
    if (code === 0) side.say(side.calls > 0 ? 'pass' : 'uncalled');
  });
  installNames(side, tests, entry);
  script.runInThisContext();
}
