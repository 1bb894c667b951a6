// Bundles src into dist: one small entry for the command map, everything heavy in chunks that load when a command needs them.
import { execFileSync } from 'node:child_process'
import { existsSync, renameSync, rmSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { writeManPage } from './man-page.js'

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)))
const dist = path.join(root, 'dist')
const coming = `${dist}.coming`
rmSync(coming, { recursive: true, force: true })

await build({
  absWorkingDir: root,
  entryPoints: {
    main: 'src/main.ts',
    commands: 'src/commands/index.ts',
    'command-not-found': 'src/commands/command-not-found.ts',
    help: 'src/commands/help.ts',
  },
  outdir: coming,
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  sourcemap: 'linked',
  sourcesContent: false,
  loader: { '.sql': 'text' },
  chunkNames: 'chunks/[name]-[hash]',
  // Native or large packages stay packages; the rest is bundled so that a command starts quickly.
  external: [
    '@duckdb/node-api',
    'better-sqlite3',
    'exceljs',
    'jszip',
    'ssh2',
    'ssh2-sftp-client',
    'typescript',
    'iconv-lite',
    'openpgp',
    'pg',
    'yauzl',
  ],
  banner: {
    js: "import{createRequire as __createRequire}from'node:module';import{fileURLToPath as __fileURLToPath}from'node:url';import{dirname as __pathDirname}from'node:path';const require=__createRequire(import.meta.url),__filename=__fileURLToPath(import.meta.url),__dirname=__pathDirname(__filename);",
  },
  logLevel: 'warning',
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
