/**
 * Runs a command of ours and keeps what V8 made of the bundles meanwhile: node scripts/code-cache.cjs COMMAND ...
 * What the command used need not be compiled when another one starts; the rest is compiled when it is first used, as ever.
 */
const path = require('node:path')
const v8 = require('node:v8')
const { pathToFileURL } = require('node:url')
const { keepCode, load } = require('../bin/load.cjs')

// V8 forgets what has not run for a while. What is kept is of use only under the flags under which it was made.
const { setFlagsFromString } = v8
setFlagsFromString('--no-flush-bytecode')
// Those that a command sets for itself are not in force when our bundles are loaded, and are when packages are.
const later = []
v8.setFlagsFromString = (flag) => later.push(flag)
process.once('exit', (status) => {
  setFlagsFromString('--flush-bytecode')
  process.umask(0o022)
  if (status !== 0) return
  // A night on one machine does without.
  load('pg')
  keepCode({ ofPackages: false })
  for (const flag of later) setFlagsFromString(flag)
  keepCode({ ofPackages: true })
})
load('main').start(pathToFileURL(path.join(__dirname, '..', 'bin', 'run.js')).href)
