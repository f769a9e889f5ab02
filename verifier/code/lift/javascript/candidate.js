// Beside the program: answers the calls of tests that it never sees.
'use strict';

const vm = require('vm');
const {exit} = process;

const SAFE_NAMES = [
  'Object', 'Array', 'Number', 'String', 'Boolean', 'BigInt', 'Symbol', 'Date',
  'RegExp', 'Map', 'Set', 'WeakMap', 'WeakSet', 'Promise', 'Math', 'JSON',
  'Error', 'EvalError', 'RangeError', 'ReferenceError', 'SyntaxError',
  'TypeError', 'URIError', 'parseInt', 'parseFloat', 'isNaN', 'isFinite',
];
const BEFORE = new Map(Object.getOwnPropertyNames(globalThis).map(
    (name) => [name, Object.getOwnPropertyDescriptor(globalThis, name).value]));

class Candidate extends Side {
  constructor() {
    super(true);
    this.promises = new Map();
    this.settled = [];
    this.waiting = null;
  }

  exportPromise(x) {
    const number = this.export(x);
    if (this.promises.has(number)) return number;
    this.promises.set(number, x);
    const settle = (how) => (value) => {
      this.settled.push([number, how, value]);
      if (this.waiting) this.waiting();
    };
    Promise.prototype.then.call(x, settle('return'), settle('raise'));
    return number;
  }

  // A function of the tests.
  handle(kind, number) {
    if (kind !== 'F') throw new Malformed('handle');
    let made = this.theirs.get(number);
    if (!made) {
      const side = this;
      made = function (...args) {
        return side.ask('call', number, args);
      };
      this.theirs.set(number, made);
      this.homes.set(made, number);
    }
    return made;
  }

  builtin(path) {
    let value = globalThis;
    for (const name of path.split('.')) value = value[name];
    return value;
  }

  // An object of a class of the tests': of ours of the same name, if any.
  readOther(word, words, known) {
    if (word[0] !== 'O') throw new Malformed('word');
    const count = countOf(word.slice(1), WIDTH);
    const home = this.lookUp(this.decode(words, known));
    const made = Object.create(
        typeof home === 'function' && home.prototype || Object.prototype);
    known.push(made);
    this.readMembers(made, count, words, known);
    return made;
  }

  // Calls a function of the tests, in the middle of a call of ours.
  ask(verb, number, args) {
    if (++this.nesting > NESTING) throw new RangeError('too many calls');
    const known = new Map();
    this.send(`${verb} q${number} ${this.encode(args, known)}`);
    const reply = this.receive();
    if (reply === null) exit(0);
    --this.nesting;
    const value = this.decode(reply, [...known.keys()]);
    if (reply[0] === 'raise') throw value;
    return value;
  }

  lookUp(name) {
    try {
      return vm.runInThisContext(name);
    } catch {
      return undefined;
    }
  }

  // Whether the program declares a name, and how.
  kindOfName(name) {
    const own = Object.getOwnPropertyDescriptor(globalThis, name);
    if (BEFORE.has(name) && own && Object.is(own.value, BEFORE.get(name)) &&
        this.lookUp(name) === own.value) {
      return 'builtin';
    }
    let value;
    try {
      value = vm.runInThisContext(name);
    } catch {
      const exported = Object(globalThis.module && globalThis.module.exports);
      return Object.hasOwn(exported, name) ? 'exported' : 'missing';
    }
    return own && Object.is(own.value, value) ? 'global' : 'lexical';
  }

  valueOfName(name) {
    const kind = this.kindOfName(name);
    if (kind === 'exported') return globalThis.module.exports[name];
    return this.lookUp(name);
  }

  // One request of the examiner's; what it returns is sent.
  perform(verb, target, args) {
    switch (verb) {
      case 'name': return this.kindOfName(target);
      case 'value': return this.valueOfName(target);
      case 'exports': return globalThis.module.exports;
      case 'call': return Reflect.apply(target, args[0], args[1]);
      case 'new': return Reflect.construct(target, args);
      case 'read': return target[args[0]];
      case 'write': return Reflect.set(target, args[0], args[1]);
      case 'delete': return Reflect.deleteProperty(target, args[0]);
      case 'has': return args[0] in target;
      case 'proto': {
        const proto = Object.getPrototypeOf(target);
        if (proto === Object.prototype || proto === Function.prototype) {
          return null;
        }
        return proto;
      }
      case 'keys': return Reflect.ownKeys(target).filter(
          (key) => typeof key === 'string' &&
              Object.getOwnPropertyDescriptor(target, key).enumerable);
      case 'is': return typeof target === 'function' &&
          Object(args[0]) instanceof target;
    }
    throw new Malformed('verb');
  }

  reply(verb, value, known, before) {
    const changed = changesOf(before);
    let words;
    if (verb === 'raise') {
      words = `raise ${escapeText(typeOf(value))} ` +
          `${escapeText(messageOf(value))} ${this.encode(value, known)}`;
    } else if (verb === 'new' || verb === 'proto' && value !== null) {
      words = `return H${this.export(value)}`;
    } else {
      words = `return ${this.encode(value, known)}`;
    }
    words += ` l${changed.length}`;
    for (const x of changed) {
      this.out.length = 0;
      const number = known.get(x);
      known.set({}, known.size);
      this.writeContent(x, kindOf(x), known, 0);
      words += ` d${number} ${this.out.splice(0).join(' ')}`;
    }
    this.send(words);
  }

  async serve() {
    for (;;) {
      const words = this.receive();
      if (words === null) exit(0);
      if (words[0] === 'settle') {
        await this.settle();
        continue;
      }
      this.answer(words);
    }
  }

  async settle() {
    // With nothing left to wait for, the process ends here, as it would alone.
    if (this.settled.length === 0) {
      await new Promise((resolve) => this.waiting = resolve);
      this.waiting = null;
    }
    const [number, how, value] = this.settled.shift();
    this.promises.delete(number);
    const known = new Map();
    this.send(`settled d${number} s${how} ${this.encode(value, known)}`);
  }

  answer(words) {
    let objects = [];
    const known = new Map();
    let before = [];
    let verb = words[0], value;
    try {
      const target = this.decode(words, objects);
      const args = this.decode(words, objects);
      objects.forEach((x, i) => known.set(x, i));
      before = snapshotsOf(objects);
      value = this.perform(verb, target, args);
    } catch (error) {
      value = error;
      verb = 'raise';
    }
    try {
      this.reply(verb, value, known, before);
    } catch (error) {
      this.out.length = 0;
      this.reply('raise', error, new Map(), []);
    }
  }
}

function textOf(value) {
  return typeof value === 'string' ? value.slice(0, 4096) : '';
}

function contentOf(x) {
  switch (kindOf(x)) {
    case 'k': return [...x].flat();
    case 'e': return [...x];
    case 'D': return [x.getTime()];
    case 'l': case 'y': return x.slice();
  }
  return Object.entries(x).flat();
}

// What the arguments hold before a call, to tell what it changed.
function snapshotsOf(objects) {
  return objects.map((x) => [x, contentOf(x)]);
}

function changesOf(before) {
  return before.filter(([x, old]) => {
    const now = contentOf(x);
    if (now.length !== old.length) return true;
    for (let i = 0; i < now.length; ++i) {
      if (!Object.is(now[i], old[i]) || (i in now) !== (i in old)) return true;
    }
    return false;
  }).map(([x]) => x);
}

// A module's text as that of a script, or null: it is no module.
function scriptOfModule(text) {
  if (!/^\s*(import|export)\b/m.test(text)) return null;
  return text
      .replace(/^(\s*)export\s+default\s+(?=(async\s+)?function\b|class\b)/gm,
               '$1')
      .replace(/^(\s*)export\s+(?=(async|function|class|const|let|var)\b)/gm,
               '$1')
      .replace(/^\s*export\s*\{[^}]*\}\s*;?/gm, '')
      .replace(/^(\s*)export\s+default\s+(.*)$/gm, '$1($2')
      .replace(/^(\s*)import\s+\*\s+as\s+(\w+)\s+from\s+(['"][^'"]*['"])/gm,
               '$1const $2 = require($3)')
      .replace(/^(\s*)import\s+(\w+)\s+from\s+(['"][^'"]*['"])/gm,
               '$1const $2 = require($3)')
      .replace(/^(\s*)import\s+(\{[^}]*\})\s+from\s+(['"][^'"]*['"])/gm,
               (all, space, names, from) => `${space}const ${
                   names.replace(/\s+as\s+/g, ': ')} = require(${from})`);
}

function compile(text) {
  const options = {filename: '/box/main.js'};
  try {
    return [new vm.Script(text, options), 'script'];
  } catch (error) {
    const script = scriptOfModule(text);
    if (script === null) throw error;
    try {
      return [new vm.Script("'use strict';" + script, options), 'module'];
    } catch {
      throw error;
    }
  }
}

// Runs the program; `broken(how, error)` hears first why it did not.
function load(program, broken) {
  for (const [name, value] of Object.entries(
           {require, module, exports: module.exports, __filename, __dirname})) {
    Object.defineProperty(globalThis, name, {
      value, configurable: true, enumerable: false, writable: true});
  }
  let script, form;
  try {
    [script, form] = compile(program);
  } catch (error) {
    broken('unbuilt', error);
    throw error;
  }
  try {
    script.runInThisContext();
  } catch (error) {
    broken('raise', error);
    throw error;
  }
  return form;
}

function typeOf(error) {
  return types.isNativeError(error) && textOf(error.name) || typeof error;
}

function messageOf(error) {
  return textOf(types.isNativeError(error) ? error.message : error);
}

function serve(program) {
  const side = new Candidate();
  const form = load(program, (how, error) => {
    const text = escapeText(messageOf(error));
    side.send(how === 'unbuilt' ? `unbuilt ${text}`
                                : `raise ${escapeText(typeOf(error))} ${text} u`);
  });
  side.send(`ready ${form}`);
  side.serve();
}
