import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { effectiveSettings, loadWorkspace, Redactor, resolveSecret } from '../../src/config/index.js'

const folder = mkdtempSync(path.join(tmpdir(), 'matchbook-secrets-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const node = (script: string): { command: string[] } => ({ command: [process.execPath, '-e', script] })
const thrown = (promise: Promise<string>): Promise<Error & Record<string, unknown>> =>
  promise.then(
    (value) => Promise.reject(new Error(`resolved: ${value}`)),
    (error) => error,
  )

describe('a secret', () => {
  it('comes from the environment', async () => {
    process.env.MATCHBOOK_TEST_SECRET = 'from the environment'
    expect(await resolveSecret({ env: 'MATCHBOOK_TEST_SECRET' }, folder)).toBe('from the environment')
    delete process.env.MATCHBOOK_TEST_SECRET
  })

  it('comes from a file below the workspace, without its one trailing newline', async () => {
    writeFileSync(path.join(folder, 'password'), ' with spaces \r\n')
    expect(await resolveSecret({ file: 'password' }, folder)).toBe(' with spaces ')
    writeFileSync(path.join(folder, 'key'), '-----BEGIN-----\nabc\n\n')
    expect(await resolveSecret({ file: 'key' }, folder)).toBe('-----BEGIN-----\nabc\n')
  })

  it('comes from a program that gets its arguments as they are, without a shell, and no input', async () => {
    const echo = {
      command: [
        process.execPath,
        '-e',
        'process.stdin.resume().on("end", () => console.log(process.argv[1]))',
        '$HOME; `id`',
      ],
    }
    expect(await resolveSecret(echo, folder)).toBe('$HOME; `id`')
  })

  it('comes from a program that runs in the folder of the workspace', async () => {
    writeFileSync(path.join(folder, 'vault.mjs'), 'console.log("from the vault")')
    expect(await resolveSecret({ command: [process.execPath, 'vault.mjs'] }, folder)).toBe('from the vault')
  })
})

describe('a secret that cannot be had', () => {
  it.each([
    ['an environment variable that is not set', { env: 'MATCHBOOK_NOT_SET' }, 'env MATCHBOOK_NOT_SET'],
    ['a file that is not there', { file: 'keys/absent' }, 'file keys/absent'],
    ['an empty file', { file: 'empty' }, 'it is empty'],
    ['a program that is not there', { command: ['matchbook-no-such-vault', 'hunter2'] }, 'ENOENT'],
    ['a program that fails', node('console.log("hunter2"); console.error("hunter2"); process.exit(3)'), 'exit code 3'],
    ['a program that prints nothing', node(''), 'it is empty'],
    ['a program that prints without end', node('for (;;) process.stdout.write("hunter2".repeat(9999))'), 'command'],
  ])('%s is SECRET-MISSING, names the reference and repeats nothing', async (_, reference, says) => {
    writeFileSync(path.join(folder, 'empty'), '\n')
    const error = await thrown(resolveSecret(reference, folder))
    expect(error).toMatchObject({
      name: 'MatchbookError',
      code: 'SECRET-MISSING',
      message: expect.stringContaining(says),
    })
    expect(JSON.stringify([error.message, error.stack, error.cause, error.facts, error.hint])).not.toContain('hunter2')
  })

  it('is given up when the program waits for ever', async () => {
    const error = await thrown(resolveSecret(node('setInterval(() => {}, 1000)'), folder, { commandSeconds: 1 }))
    expect(error.message).toContain('within 1 s')
  })
})

describe('the redactor', () => {
  const redactor = new Redactor()
  redactor.register('p4ss/w"ord')
  redactor.register(
    '-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEAAAAA\n-----END OPENSSH PRIVATE KEY-----\n',
  )
  redactor.register('abc')
  redactor.register('p4ss/w"ord and more')

  it('masks a secret wherever it stands', () => {
    expect(redactor.mask('user:p4ss/w"ord@host')).toBe('user:[secret]@host')
    expect(redactor.mask('p4ss/w"ord and more')).toBe('[secret]')
  })

  it('masks it as JSON, URLs and base64 write it', () => {
    expect(redactor.mask(JSON.stringify({ error: 'p4ss/w"ord' }))).toBe('{"error":"[secret]"}')
    expect(redactor.mask(`sftp://u:${encodeURIComponent('p4ss/w"ord')}@h`)).toBe('sftp://u:[secret]@h')
    expect(redactor.mask(Buffer.from('p4ss/w"ord').toString('base64'))).not.toMatch(/[A-Za-z0-9]{8}/)
  })

  it('masks single lines of a key', () => {
    expect(redactor.mask('read b3BlbnNzaC1rZXktdjEAAAAA')).toBe('read [secret]')
  })

  it('masks a short secret as a word of its own and leaves other words readable', () => {
    expect(redactor.mask('login abc refused: abcdef')).toBe('login [secret] refused: abcdef')
  })

  it('leaves everything as it is while it knows nothing, and ignores an empty secret', () => {
    const fresh = new Redactor()
    fresh.register('')
    expect(fresh.mask('a text')).toBe('a text')
  })
})

describe('config show', () => {
  it('shows a secret as its reference and whether it resolves now, never its value', async () => {
    const broken = path.join(import.meta.dirname, 'secret-endpoint')
    const { workspace, problems } = await loadWorkspace(broken, { explicit: true })
    expect(problems).toEqual([])
    if (workspace === undefined) throw new Error('not valid')
    process.env.MATCHBOOK_TEST_PASSPHRASE = 'hunter2'
    const shown = JSON.stringify(await effectiveSettings(workspace))
    delete process.env.MATCHBOOK_TEST_PASSPHRASE
    expect(shown).toContain('"key":{"secret":"file keys/absent","resolves":false}')
    expect(shown).toContain('"passphrase":{"secret":"env MATCHBOOK_TEST_PASSPHRASE","resolves":true}')
    expect(shown).not.toContain('hunter2')
  })
})
