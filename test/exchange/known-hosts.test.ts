import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { knownKeys } from '../../src/exchange/sftp/known-hosts.js'
import { makeKey } from '../servers/openssh.js'

const folder = mkdtempSync(path.join(tmpdir(), 'matchbook-hosts-'))
afterAll(() => rmSync(folder, { recursive: true }))

const publicKey = (name: string): string =>
  readFileSync(`${makeKey(folder, name)}.pub`, 'utf8')
    .split(' ')
    .slice(0, 2)
    .join(' ')
    .trim()
const [first, second, authority] = [publicKey('first'), publicKey('second'), publicKey('authority')]

const plain = [
  '# partners',
  '',
  `sftp.partner.example ${first} a comment`,
  `[sftp.partner.example]:2222 ${second}`,
  `\tother.example,10.1.2.3\t${first}`,
  `*.acme.example,!old.acme.example ${first}`,
  `edi?.example ${second}`,
  `@revoked bad.example ${second}`,
  `bad.example ${first}`,
  `@cert-authority *.acme.example ${authority}`,
  `[2001:db8::1]:22022 ${first}`,
  `[pattern-*.example]:2022 ${second}`,
  'broken.example ssh-ed25519',
].join('\n')

/** What ssh itself finds for a host: lines without comments, sorted. */
function asSshKeygen(file: string, name: string): string[] {
  const { stdout } = spawnSync('ssh-keygen', ['-F', name, '-f', file], { encoding: 'utf8' })
  return stdout
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#') && !line.startsWith('@cert-authority'))
    .map((line) => `${line.startsWith('@revoked') ? 'revoked ' : ''}${/ssh-ed25519 (\S+)/.exec(line)?.[1]}`)
    .sort()
}

const ours = (text: string, host: string, port: number): string[] =>
  knownKeys(text, host, port)
    .map(({ revoked, key }) => `${revoked ? 'revoked ' : ''}${key.toString('base64')}`)
    .sort()

const asked: readonly (readonly [string, number, number])[] = [
  ['sftp.partner.example', 22, 1],
  ['SFTP.Partner.Example', 22, 1],
  ['sftp.partner.example', 2222, 1],
  ['sftp.partner.example', 2223, 0],
  ['other.example', 22, 1],
  ['10.1.2.3', 22, 1],
  ['10.1.2.33', 22, 0],
  ['a.acme.example', 22, 1],
  ['old.acme.example', 22, 0],
  ['acme.example', 22, 0],
  ['edi1.example', 22, 1],
  ['edi12.example', 22, 0],
  ['bad.example', 22, 2],
  ['2001:db8::1', 22022, 1],
  ['pattern-x.example', 2022, 1],
  ['pattern-x.example', 2023, 0],
  ['broken.example', 22, 0],
  ['nowhere.example', 22, 0],
]

describe('a known_hosts file', () => {
  it.each(asked)('says of %s on port %i what ssh-keygen says: %i keys', (host, port, count) => {
    const file = path.join(folder, 'plain')
    writeFileSync(file, plain)
    const found = ours(plain, host, port)
    expect(found).toHaveLength(count)
    expect(found).toEqual(asSshKeygen(file, port === 22 ? host : `[${host}]:${port}`))
  })

  it.each([
    ['sftp.partner.example', 22, 1],
    ['sftp.partner.example', 2222, 1],
    ['10.1.2.3', 22, 1],
    ['nowhere.example', 22, 0],
  ] as const)('says the same of %s on port %i when its names are hashed', (host, port, count) => {
    const file = path.join(folder, `hashed-${host}-${port}`)
    writeFileSync(file, plain.replace('broken.example ssh-ed25519', ''))
    execFileSync('ssh-keygen', ['-H', '-f', file], { stdio: 'ignore' })
    const text = readFileSync(file, 'utf8')
    expect(text).toContain('|1|')
    expect(text).not.toContain('sftp.partner.example')
    expect(ours(text, host, port)).toHaveLength(count)
    expect(ours(text, host, port)).toEqual(asSshKeygen(file, port === 22 ? host : `[${host}]:${port}`))
  })

  it('may have a line of its own for a revoked key under a hashed name', () => {
    const file = path.join(folder, 'hashed-revoked')
    writeFileSync(file, `sftp.partner.example ${first}\n[sftp.partner.example]:2222 ${second}\n`)
    execFileSync('ssh-keygen', ['-H', '-f', file], { stdio: 'ignore' })
    const text = `${readFileSync(file, 'utf8')
      .split('\n')
      .map((line) => (line.includes(second) ? `@revoked ${line}` : line))
      .join('\n')}`
    writeFileSync(file, text)
    expect(ours(text, 'sftp.partner.example', 2222)).toEqual([`revoked ${second.split(' ')[1]}`])
    expect(ours(text, 'sftp.partner.example', 2222)).toEqual(asSshKeygen(file, '[sftp.partner.example]:2222'))
    expect(ours(text, 'sftp.partner.example', 22)).toEqual([first.split(' ')[1]])
  })

  it('gives all keys of a server that has several, over several lines and kinds of names', () => {
    const file = path.join(folder, 'several')
    const text = `many.example ${first}\nmany.example,10.9.9.9 ${second}\r\n*.example ${authority} by pattern\n`
    writeFileSync(file, text)
    expect(ours(text, 'many.example', 22)).toHaveLength(3)
    expect(ours(text, 'many.example', 22)).toEqual(asSshKeygen(file, 'many.example'))
  })
})
