/**
 * Loads the bundles of dist. Beside each lies what V8 made of its text when Matchbook was built (scripts/code-cache.cjs): with it a command
 * starts in two thirds of the time. V8 does not look whether those bytes are damaged, so we do. Another version of Node, or one that was
 * given other flags, cannot use them and compiles the text itself.
 */
const { createHash } = require('node:crypto')
const { readFileSync, writeFileSync } = require('node:fs')
const { createRequire } = require('node:module')
const path = require('node:path')
const vm = require('node:vm')

const loaded = new Map()

/** Packages that are in bundles of their own. */
const packages = new Map([
  ['@duckdb/node-api', 'duckdb'],
  ['exceljs', 'exceljs'],
  ['jszip', 'jszip'],
  ['pg', 'pg'],
])

/** What the bundle `name` exports; it is run once. */
exports.load = (name) => {
  const before = loaded.get(name)
  if (before !== undefined) return before.exports
  const file = path.join(__dirname, '..', 'dist', `${name}.cjs`)
  const text = readFileSync(file)
  // Bundles are written in ASCII, which is read as Latin-1 in a fraction of the time.
  const code = `(function (exports, require, module, __filename, __dirname) {${text.latin1Slice()}\n})`
  const { compiled, build } = cacheOf(file, text)
  const script = new vm.Script(code, { filename: file, cachedData: compiled })
  const module = { exports: {}, build }
  loaded.set(name, Object.assign(module, { file, text, script }))
  script.runInThisContext()(module.exports, requireFor(file), module, file, path.dirname(file))
  return module.exports
}

/** Keeps what V8 has made so far of the bundles that were loaded: of packages, or of ours. */
exports.keepCode = ({ ofPackages }) => {
  const names = new Set(packages.values())
  for (const [name, { file, text, script }] of loaded) {
    if (names.has(name) !== ofPackages) continue
    const code = script.createCachedData()
    // For everybody, also where the umask is ours.
    writeFileSync(`${file}.cache`, Buffer.concat([digest(text, code), code]), { mode: 0o644 })
  }
}

/** Nothing when there is none, or it is not of this text, or not whole. `build` tells this bundle from every other one. */
function cacheOf(file, text) {
  let bytes
  try {
    bytes = readFileSync(`${file}.cache`)
  } catch {
    return {}
  }
  const compiled = bytes.subarray(DIGEST)
  const said = bytes.subarray(0, DIGEST)
  return digest(text, compiled).equals(said) ? { compiled, build: said.toString('hex') } : {}
}

const DIGEST = 32
const digest = (text, code) => createHash('sha256').update(text).update(code).digest()

/** How a bundle requires what is not in it. */
function requireFor(file) {
  const own = createRequire(file)
  const requireFrom = (id) => {
    // All bundles share one oclif.
    if (id === 'main:oclif') return exports.load('main').oclif
    const bundle = packages.get(id)
    if (bundle !== undefined) return exports.load(bundle)
    // Native parts are those of the package, wherever it is installed.
    const [, from, part] = /^(ssh2|@duckdb\/node-api):(.+)/.exec(id) ?? []
    if (from !== undefined) return createRequire(own.resolve(from))(part)
    return own(id)
  }
  return Object.assign(requireFrom, own)
}
