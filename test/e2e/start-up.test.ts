import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { postgresPrograms, startPostgres } from '../servers/postgres.js'
import { keepIn } from './shared-state.js'

const matchbook = path.join(import.meta.dirname, '..', '..', 'bin', 'run.js')
const heavy = ['@duckdb', 'exceljs', 'ssh2', 'better-sqlite3', 'pg'] as const

let folder: string
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'matchbook-start-'))
  writeFileSync(
    path.join(folder, 'spy.cjs'),
    `process.on('exit', () => require('fs').writeFileSync(process.env.LOADED, Object.keys(require('module')._cache).join('\\n')))`,
  )
  execFileSync(process.execPath, [matchbook, 'init', path.join(folder, 'workspace')])
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** The heavy packages a command loaded into its process. */
function loadedBy(...args: string[]): string[] {
  return loadedIn('workspace', ...args)
}

function loadedIn(workspace: string, ...args: string[]): string[] {
  const list = path.join(folder, 'loaded.txt')
  execFileSync(process.execPath, ['--require', path.join(folder, 'spy.cjs'), matchbook, ...args], {
    cwd: path.join(folder, workspace),
    env: { ...process.env, LOADED: list },
    stdio: 'pipe',
  })
  const modules = readFileSync(list, 'utf8')
  return heavy.filter((name) =>
    modules.includes(`${path.sep}node_modules${path.sep}${name}${name.startsWith('@') ? '' : path.sep}`),
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
      expect(existsSync(path.join(folder, 'shared', 'state', 'locks'))).toBe(false)
    } finally {
      server.stop()
    }
  })
})
