// Makes main.js of main.ts, or, with a frame, of the frame and the texts that
// it calls. Types are dropped, not checked: what would run, runs.
'use strict';

const fs = require('fs');
const ts = require('/usr/share/nodejs/typescript');

function transpile(name) {
  const made = ts.transpileModule(fs.readFileSync(name, 'utf8'), {
    fileName: name,
    reportDiagnostics: true,
    compilerOptions: {
      target: ts.ScriptTarget.ES2021,
      module: ts.ModuleKind.CommonJS,
      esModuleInterop: true,
      experimentalDecorators: true,
      ignoreDeprecations: '5.0',
    },
  });
  const wrong = (made.diagnostics || []).filter(
      (d) => d.category === ts.DiagnosticCategory.Error && d.file);
  if (wrong.length > 0) {
    const {line} = wrong[0].file.getLineAndCharacterOfPosition(wrong[0].start);
    const text = ts.flattenDiagnosticMessageText(wrong[0].messageText, '\n');
    console.error(`${name}:${line + 1}: error TS${wrong[0].code}: ${text}`);
    process.exit(1);
  }
  // A script, unless it exports: then `exports` are the frame's.
  return made.outputText.replace(/^"use strict";\n/, '').replace(
      /^Object\.defineProperty\(exports, "__esModule".*\n/m, '');
}

const [, , main, frame, ...others] = process.argv;
if (frame) {
  const texts = [main, ...others].map(transpile);
  fs.writeFileSync('main.js', `const TEXTS = ${JSON.stringify(texts)};\n${
      fs.readFileSync(frame, 'utf8')}`);
} else {
  fs.writeFileSync('main.js', transpile(main));
}
