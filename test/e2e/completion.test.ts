import { execFileSync } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { complete, type Surface } from '../../src/app/completion/candidates.js'
import { joinedAtEquals, linesFor, scripts } from '../../src/app/completion/shells.js'

const binary = path.join(import.meta.dirname, '..', '..', 'bin', 'run.js')
let base: string
beforeAll(() => {
  base = mkdtempSync(path.join(tmpdir(), 'matchbook-completion-'))
  const program = path.join(base, 'matchbook')
  writeFileSync(program, `#!/bin/sh\nexec "${process.execPath}" "${binary}" "$@"\n`)
  chmodSync(program, 0o755)
  execFileSync(program, ['init', path.join(base, 'lakeside'), '--job', 'receipt-to-invoice', '--job', 'gl-posting'])
})
afterAll(() => rmSync(base, { recursive: true, force: true }))

/** What a real bash offers after the words, each asked by the function that Tab calls. */
function offered(...lines: readonly (readonly string[])[]): string[][] {
  const asked = lines.map((words) => {
    const quoted = ['matchbook', ...words].map((word) => `'${word}'`).join(' ')
    return `COMP_WORDS=(${quoted}); COMP_CWORD=${words.length}; _matchbook; (IFS=' '; echo "\${COMPREPLY[*]}")`
  })
  const script = `eval "$(matchbook completion bash)"\ncomplete -p matchbook >&2\n${asked.join('\n')}`
  const printed = execFileSync('bash', ['--norc', '-euo', 'pipefail', '-c', script], {
    cwd: path.join(base, 'lakeside'),
    env: { ...process.env, PATH: `${base}:${process.env.PATH}` },
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  return printed
    .split('\n')
    .slice(0, lines.length)
    .map((line) => line.split(' ').filter(Boolean))
}

describe('Tab in bash', () => {
  it('offers commands, flags, their values, and the names of the workspace at hand', () => {
    const [topics, jobs, flags, queue, code, nowhere] = offered(
      ['ru'],
      ['run', '--all', ''],
      ['exceptions', 'list', '--'],
      ['exceptions', 'list', '--queue', '=', 'fi'],
      ['explain', 'INV-PR'],
      ['no-such-command', ''],
    )
    expect(topics).toEqual(['run', 'runs'])
    expect(jobs).toEqual(['gl-posting', 'receipt-to-invoice'])
    expect(flags).toEqual(expect.arrayContaining(['--queue', '--json', '--no-input']))
    expect(queue).toEqual(['finance'])
    expect(code).toEqual(['INV-PRICE'])
    expect(nowhere).toEqual([])
  })
})

const surface: Surface = {
  topics: [{ name: 'runs', description: 'history' }],
  commands: [
    {
      id: 'runs:show',
      summary: 'one of them',
      args: { run: { name: 'run' } },
      flags: {
        workspace: { name: 'workspace', type: 'option', helpValue: 'DIR' },
        all: { name: 'all', type: 'boolean', exclusive: ['due'] },
        due: { name: 'due', type: 'boolean', exclusive: ['all'] },
        header: { name: 'header', type: 'boolean', allowNo: true },
        out: { name: 'out', type: 'option', helpValue: 'FILE' },
        level: { name: 'level', type: 'option', options: ['warn', 'info'] },
      },
    },
  ],
  names: async (kind, workspace) => [{ value: `${kind} in ${workspace}`, description: 'named' }],
}
const asked = async (...typed: string[]) => {
  const found = await complete(typed, surface)
  return found.kind === 'words' ? found.words.map(({ value }) => value) : found.kind
}

describe('what may follow', () => {
  it('is a flag that is not given yet and that no given one rules out', async () => {
    expect(await asked('runs', 'show', '--all', '--level=warn', '-')).toEqual([
      '--workspace',
      '--header',
      '--no-header',
      '--out',
    ])
  })
  it('is the value of the flag before the cursor, or after its equals sign', async () => {
    expect(await asked('runs', 'show', '--level', 'w')).toEqual(['warn'])
    expect(await asked('runs', 'show', '--level=')).toEqual(['--level=warn', '--level=info'])
    expect(await asked('runs', 'show', '--out', '')).toBe('files')
    expect(await asked('runs', 'show', '--workspace', '')).toBe('folders')
  })
  it('is a name of the workspace that the line names', async () => {
    expect(await asked('runs', 'show', '--workspace', '/srv/a', '')).toEqual(['runs in /srv/a'])
    expect(await asked('runs', 'show', 'R1', '')).toEqual([])
  })
})

describe('the lines for a shell', () => {
  const completion = { kind: 'words', words: [{ value: 'a:b', description: 'one\nline' }] } as const
  it('are what each can take', () => {
    expect(linesFor('bash', completion)).toEqual(['a:b'])
    expect(linesFor('zsh', completion)).toEqual(['a\\:b:one line'])
    expect(linesFor('fish', completion)).toEqual(['a:b\tone line'])
    expect(linesFor('fish', { kind: 'folders' })).toEqual([':folders'])
  })
  it('join what bash cut at an equals sign', () => {
    expect(joinedAtEquals(['list', '--queue', '=', 'fi'])).toEqual({ words: ['list', '--queue=fi'], cut: '--queue=' })
    expect(joinedAtEquals(['diff', 'a', '--key', 'X=Y'])).toEqual({ words: ['diff', 'a', '--key', 'X=Y'], cut: '' })
  })
  it('ask the program that is installed', () => {
    for (const [shell, script] of Object.entries(scripts)) {
      expect(script).toContain(`matchbook completion ${shell} --words -- `)
    }
  })
})
