// outcome: exited
// says: clean
// Variables by which others would run code before this program.
for (const name
         of ['NODE_OPTIONS', 'NODE_PATH', 'LD_PRELOAD', 'PYTHONPATH',
             'PYTHONSTARTUP', 'BASH_ENV', 'ENV', 'LD_LIBRARY_PATH',
             'JAVA_TOOL_OPTIONS', 'CLASSPATH', 'PYTHONHOME']) {
  if (process.env[name] !== undefined) console.log('ESCAPED', name);
}
const fs = require('fs');
for (const folder of module.paths.concat(require.main.paths)) {
  if (folder.startsWith('/box')) continue;
  try {
    fs.mkdirSync(folder, {recursive: true});
    console.log('ESCAPED', folder);
  } catch {
  }
}
console.log('clean');
