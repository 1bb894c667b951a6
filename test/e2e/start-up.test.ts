import { execFileSync } from 'node:child_process'
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { postgresPrograms, startPostgres } from '../servers/postgres.js'
import { keepIn } from './shared-state.js'

const matchbook = path.join(import.meta.dirname, '..', '..', 'bin', 'run.js')
const heavy = ['@aws-sdk', '@duckdb', 'exceljs', 'ssh2', 'better-sqlite3', 'pg'] as const

let folder: string
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'matchbook-start-'))
  writeFileSync(
    path.join(folder, 'spy.cjs'),
    `const vm = require('vm'), bundles = []
    vm.Script = class extends vm.Script { constructor(code, options) { super(code, options); bundles.push(options.filename + (this.cachedDataRejected === false ? ' kept' : '')) } }
    const loaded = () => [...Object.keys(require('module')._cache), ...bundles]
    process.on('exit', () => require('fs').writeFileSync(process.env.LOADED, loaded().join('\\n')))`,
  )
  execFileSync(process.execPath, [matchbook, 'init', path.join(folder, 'workspace')])
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** The heavy packages a command loaded into its process. */
function loadedBy(...args: string[]): string[] {
  return loadedIn('workspace', ...args)
}

const list = (): string => path.join(folder, 'loaded.txt')

function loadedIn(workspace: string, ...args: string[]): string[] {
  execFileSync(process.execPath, ['--require', path.join(folder, 'spy.cjs'), matchbook, ...args], {
    cwd: path.join(folder, workspace),
    env: { ...process.env, LOADED: list() },
    stdio: 'pipe',
  })
  const modules = readFileSync(list(), 'utf8')
  return heavy.filter(
    (name) =>
      modules.includes(`${path.sep}node_modules${path.sep}${name}${name.startsWith('@') ? '' : path.sep}`) ||
      modules.includes(`${path.sep}dist${path.sep}${name}.cjs`),
  )
}

describe('a command loads what it uses, and nothing else', () => {
  it.each([['--version'], ['--help'], ['run', '--help'], ['explain', 'INV-PRICE'], ['validate'], ['config', 'show']])(
    '%s %s loads neither engine nor store',
    (...args) => {
      expect(loadedBy(...args)).toEqual([])
    },
  )

  it.each([['status'], ['runs', 'list'], ['files', 'list'], ['exceptions', 'list']])(
    '%s %s loads the store only',
    (...args) => {
      expect(loadedBy(...args)).toEqual(['better-sqlite3'])
    },
  )

  it.skipIf(postgresPrograms() === undefined)('status loads nothing of SQLite where PostgreSQL keeps the store', () => {
    const server = startPostgres()
    try {
      execFileSync(process.execPath, [matchbook, 'init', path.join(folder, 'shared')])
      keepIn(server.place(), path.join(folder, 'shared'))
      expect(loadedIn('shared', 'status')).toEqual(['pg'])
      // What V8 made of it holds under the flags that a command has set by then.
      expect(readFileSync(list(), 'utf8')).toContain('pg.cjs kept')
      expect(existsSync(path.join(folder, 'shared', 'state', 'locks'))).toBe(false)
    } finally {
      server.stop()
    }
  })

  it('loads what speaks with a bucket only where the archive is in one, and when it is asked for something', () => {
    expect(loadedBy('purge')).toEqual(['better-sqlite3'])
    execFileSync(process.execPath, [matchbook, 'init', path.join(folder, 'bucket')])
    const keys = 'access-key: { command: [echo, a] }, secret-key: { command: [echo, b] }'
    appendFileSync(
      path.join(folder, 'bucket', 'matchbook.yaml'),
      `archive: { s3: { bucket: nowhere, prefix: lakeside, tries: 1, endpoint: "http://127.0.0.1:9", ${keys} } }\n`,
    )
    expect(loadedIn('bucket', 'status')).toEqual(['better-sqlite3'])
    expect(() => loadedIn('bucket', 'purge')).toThrow(/ARCHIVE-UNREACHABLE/)
  })
})

describe('what V8 made of our code when it was built', () => {
  const root = path.join(import.meta.dirname, '..', '..')
  const spy = `
    const vm = require('vm'), used = []
    vm.Script = class extends vm.Script {
      constructor(code, options) { super(code, options); used.push(options.cachedData !== undefined && this.cachedDataRejected === false) }
    }
    const bundles = require(process.argv[1])
    const { COMMANDS } = bundles.load('commands')
    console.log(JSON.stringify({ used, known: 'pull' in COMMANDS }))`
  const start = (program: string): unknown =>
    JSON.parse(execFileSync(process.execPath, ['-e', spy, path.join(program, 'bin', 'load.cjs')], { encoding: 'utf8' }))

  it('is used by every command', () => {
    expect(start(root)).toEqual({ used: [true, true], known: true })
  })

  it('is left alone where it is damaged, or of another build', () => {
    const program = path.join(folder, 'program')
    for (const part of ['bin', 'dist']) cpSync(path.join(root, part), path.join(program, part), { recursive: true })
    symlinkSync(path.join(root, 'node_modules'), path.join(program, 'node_modules'))
    const cache = path.join(program, 'dist', 'main.cjs.cache')
    const bytes = readFileSync(cache)
    bytes.writeUInt8(bytes.readUInt8(100_000) ^ 1, 100_000)
    writeFileSync(cache, bytes)
    appendFileSync(path.join(program, 'dist', 'commands.cjs'), ' ')
    expect(start(program)).toEqual({ used: [false, false], known: true })
  })
})

it('settings that were checked before are used again, and a mistake made since is told all the same', () => {
  const workspace = path.join(folder, 'kept')
  execFileSync(process.execPath, [matchbook, 'init', workspace])
  const status = (): string =>
    execFileSync(process.execPath, [matchbook, 'status'], { cwd: workspace, encoding: 'utf8', stdio: 'pipe' })
  const [first, second] = [status(), status()]
  expect(existsSync(path.join(workspace, 'state', 'settings.kept'))).toBe(true)
  expect(status()).toBe(second)
  expect(second.replace(/\d+/g, '0')).toBe(first.replace(/\d+/g, '0'))
  appendFileSync(path.join(workspace, 'matchbook.yaml'), 'nonsense: 1\n')
  expect(status).toThrow(/WORKSPACE-INVALID.*nonsense/s)
})
