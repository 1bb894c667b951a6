// Bundles src into dist: `main` is oclif and what --version and --help need, `commands` is all else, run only as far as it is used. Beside
// each lies what V8 made of it, so that a command starts without compiling (bin/load.cjs).
import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { assembly } from './assembly.js'
import { writeManPage } from './man-page.js'

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)))
const dist = path.join(root, 'dist')
const coming = `${dist}.coming`
rmSync(coming, { recursive: true, force: true })

/** Both bundles share one oclif. */
const oclifFromMain = {
  name: 'oclif-from-main',
  setup({ onResolve }) {
    onResolve({ filter: /^@oclif\/core$/ }, () => ({ path: 'main:oclif', external: true }))
  },
}

/** What is native stays where it is, and is found from the package that uses it. Its agents for HTTP, which nobody asks for, load all of HTTP. */
const partsOfSsh2 = {
  name: 'parts-of-ssh2',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^\.\/http-agents\.js$/ }, ({ path: wanted }) => ({ path: wanted, namespace: 'left-out' }))
    onLoad({ filter: /.*/, namespace: 'left-out' }, () => ({ contents: 'module.exports = {}' }))
    onResolve({ filter: /\.node$|^cpu-features$/ }, ({ path: wanted, importer }) => {
      const inPackage = path.relative(
        path.join(root, 'node_modules', 'ssh2'),
        path.resolve(path.dirname(importer), wanted),
      )
      return { path: `ssh2:${wanted.startsWith('.') ? `ssh2/${inPackage}` : wanted}`, external: true }
    })
  },
}

/** Its native part, as partsOfSsh2. */
const partOfDuckDb = {
  name: 'part-of-duckdb',
  setup({ onResolve }) {
    onResolve({ filter: /^@duckdb\/node-bindings$/ }, ({ path: wanted }) => ({
      path: `@duckdb/node-api:${wanted}`,
      external: true,
    }))
  },
}

/** Node warns of old ways to make a buffer in all code that is not below node_modules. */
const buffersOfArchiver = {
  name: 'buffers-of-archiver',
  setup({ onLoad }) {
    onLoad({ filter: /archiver-utils[\\/]index\.js$/ }, ({ path: file }) => ({
      contents: readFileSync(file, 'utf8').replaceAll(
        /new Buffer\((\w+)\)/g,
        (_, given) => `Buffer.${given === 'source' ? 'from' : 'alloc'}(${given})`,
      ),
    }))
  },
}

const options = {
  absWorkingDir: root,
  outdir: coming,
  outExtension: { '.js': '.cjs' },
  bundle: true,
  // Constants become the numbers they are: a loop over bytes need not look them up.
  minifySyntax: true,
  format: 'cjs',
  platform: 'node',
  target: 'node20.19',
  // A package that is not bundled is required: to import it would take longer.
  supported: { 'dynamic-import': false },
  sourcemap: 'linked',
  sourcesContent: false,
  loader: { '.sql': 'text' },
  define: { 'import.meta.url': '__fileUrl', 'import.meta.build': 'module.build' },
  banner: { js: "const __fileUrl=require('node:url').pathToFileURL(__filename).href;" },
  logLevel: 'warning',
}
await build({ ...options, entryPoints: { main: 'src/main.ts' }, external: ['typescript'] })
await build({
  ...options,
  entryPoints: { commands: 'src/commands/index.ts' },
  plugins: [oclifFromMain, partsOfSsh2, assembly],
  // Native or large packages stay packages.
  external: [
    '@aws-sdk/client-s3',
    '@duckdb/node-api',
    'better-sqlite3',
    'exceljs',
    'jszip',
    'iconv-lite',
    'openpgp',
    'pg',
    'yauzl',
  ],
})
// Packages of many files that a run loads and other commands do not: each is a bundle, with its code kept too (bin/load.cjs).
for (const [name, entry] of Object.entries({
  duckdb: '@duckdb/node-api',
  exceljs: 'exceljs',
  jszip: 'jszip',
  pg: 'pg',
}))
  await build({
    ...options,
    entryPoints: { [name]: entry },
    sourcemap: false,
    plugins: [partOfDuckDb, buffersOfArchiver],
    // One jszip for all; the others are asked for only where they are installed.
    external: ['jszip', 'pg-native', '@aws-sdk/client-s3'].filter((id) => id !== entry),
  })

// What was built before stays until its successor is whole.
const going = `${dist}.going`
rmSync(going, { recursive: true, force: true })
if (existsSync(dist)) renameSync(dist, going)
renameSync(coming, dist)
rmSync(going, { recursive: true, force: true })

// The manifest lets --help and --version answer without loading a command.
execFileSync(process.execPath, [path.join(root, 'node_modules', 'oclif', 'bin', 'run.js'), 'manifest'], {
  cwd: root,
  stdio: ['ignore', 'ignore', 'inherit'],
  env: { ...process.env, OCLIF_SKIP_NEW_VERSION_CHECK: 'true' },
})
writeManPage(root)

// A whole night uses most of what any command uses. Where there can be none, for example no port to listen on, nothing is kept.
const night = mkdtempSync(path.join(tmpdir(), 'matchbook-build-'))
try {
  execFileSync(process.execPath, [path.join(root, 'scripts', 'code-cache.cjs'), 'demo', path.join(night, 'demo')], {
    stdio: ['ignore', 'ignore', 'pipe'],
  })
} catch (error) {
  console.warn(`Commands will start more slowly: a night for the code cache failed: ${error.message}`)
} finally {
  rmSync(night, { recursive: true, force: true })
}
