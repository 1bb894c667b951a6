import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { builtinModules } from 'node:module'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

// What npm installs, with its dependencies lent from here. `npm run test:package` installs them too, and runs nights; it takes minutes.
const root = path.join(import.meta.dirname, '..', '..')
let base: string
let installed: string
beforeAll(() => {
  base = mkdtempSync(path.join(tmpdir(), 'matchbook-package-'))
  execFileSync('npm', ['pack', '--silent', '--ignore-scripts', '--pack-destination', base], { cwd: root })
  const tarball = readdirSync(base).find((name) => name.endsWith('.tgz')) ?? ''
  execFileSync('tar', ['xzf', tarball], { cwd: base })
  installed = path.join(base, 'package')
  symlinkSync(path.join(root, 'node_modules'), path.join(installed, 'node_modules'))
})
afterAll(() => rmSync(base, { recursive: true, force: true }))

describe('the package', () => {
  it('holds all that a workspace is made from, and runs from where it was put', () => {
    const matchbook = (...args: string[]) =>
      execFileSync(process.execPath, [path.join(installed, 'bin', 'run.js'), ...args], { cwd: base, encoding: 'utf8' })
    mkdirSync(path.join(base, 'home'))
    matchbook('init', 'home/lakeside', '--job', 'all')
    const validated = JSON.parse(matchbook('validate', '--workspace', 'home/lakeside', '--json'))
    expect(validated.problems).toEqual([])
    expect(matchbook('--version')).toMatch(/^matchbook\/\d/)
  })

  it('holds a page for man that names every command', () => {
    const { commands } = JSON.parse(readFileSync(path.join(installed, 'oclif.manifest.json'), 'utf8')) as {
      commands: object
    }
    const page = readFileSync(path.join(installed, 'man', 'matchbook.1'), 'utf8')
    const heads = [...page.matchAll(/^\.SS matchbook ([a-z \\-]+[a-z])/gm)].map(([, name]) =>
      name?.replaceAll('\\', ''),
    )
    expect(heads).toEqual(
      Object.keys(commands)
        .sort()
        .map((id) => id.replaceAll(':', ' ')),
    )
  })

  it('is in the container as a whole', () => {
    const { files } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as { files: string[] }
    const copied = [
      ...readFileSync(path.join(root, 'Containerfile'), 'utf8').matchAll(/^COPY --from=build (.+) \S+$/gm),
    ]
      .flatMap(([, from = '']) => from.split(' '))
      .map((place) => place.replace('/src/', ''))
    expect(files.filter((file) => !copied.includes(file))).toEqual([])
    expect(copied).toContain('node_modules')
  })

  it('needs at run time only what it says it depends on', () => {
    const { dependencies } = JSON.parse(readFileSync(path.join(installed, 'package.json'), 'utf8')) as {
      dependencies: Record<string, string>
    }
    // The framework asks for it where a command is TypeScript; ours are built.
    const optional = ['typescript', 'debug', 'supports-color', 'pg-native']
    const needed = readdirSync(path.join(installed, 'dist'), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.cjs'))
      .flatMap((file) => {
        const text = readFileSync(path.join(installed, 'dist', file), 'utf8')
        const named = [...text.matchAll(/\b(?:import|require)\("([^."][^"]*)"\)/g)]
        return named.map(([, module = '']) => module)
      })
      // bin/load.cjs says what these two are.
      .filter((module) => module !== 'main:oclif')
      .map((module) => module.replace(/^(ssh2|@duckdb\/node-api):.*/, '$1'))
      .map((module) =>
        module.startsWith('@') ? module.split('/').slice(0, 2).join('/') : (module.split('/')[0] ?? ''),
      )
      .filter((module) => !module.startsWith('node:') && !builtinModules.includes(module) && !optional.includes(module))
    expect(needed).toContain('better-sqlite3')
    expect([...new Set(needed)].filter((module) => !(module in dependencies))).toEqual([])
  })
})
