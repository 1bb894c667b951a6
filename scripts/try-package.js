// Packs Matchbook as npm would, installs it globally into an empty prefix, and lives with it: a workspace, the doctor, a night, the same
// night again, Tab, and its removal. Takes minutes, because the native parts may have to be built. `npm run test:package`.
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)))
const base = mkdtempSync(path.join(tmpdir(), 'matchbook-package-'))
const prefix = path.join(base, 'prefix')
const home = path.join(base, 'home')
mkdirSync(home)
const matchbook = path.join(prefix, 'bin', 'matchbook')

function call(program, args, cwd = base) {
  console.log(`$ ${path.basename(program)} ${args.join(' ')}`)
  const env = { ...process.env, NO_COLOR: '1', PATH: `${path.dirname(matchbook)}:${process.env.PATH}` }
  return execFileSync(program, args, { cwd, env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] })
}

function expectText(text, wanted, what) {
  if (!wanted.test(text)) throw new Error(`${what}: expected ${wanted}, got:\n${text}`)
}

try {
  call('npm', ['pack', '--silent', '--pack-destination', base], root)
  const tarball = readdirSync(base).find((name) => name.endsWith('.tgz')) ?? ''
  call('npm', ['install', '--global', '--silent', '--prefix', prefix, path.join(base, tarball)])
  expectText(call(matchbook, ['--version']), /^matchbook\/\d+\.\d+\.\d+ /, 'the version')
  call(matchbook, ['init', 'lakeside'], home)
  expectText(call(matchbook, ['validate'], path.join(home, 'lakeside')), /no mistake|valid/i, 'validate')
  expectText(call(matchbook, ['doctor'], path.join(home, 'lakeside')), /Nothing is wrong/, 'the doctor')
  expectText(call(matchbook, ['demo'], home), /Run it again: nothing will be taken/, 'the first night')
  expectText(call(matchbook, ['demo'], home), /Nothing was taken, raised or pushed twice/, 'the same night again')
  const tab = `eval "$(matchbook completion bash)"; COMP_WORDS=(matchbook sta); COMP_CWORD=1; _matchbook; echo "\${COMPREPLY[*]}"`
  expectText(call('bash', ['--norc', '-c', tab]), /\bstatus\b/, 'Tab')
  call('npm', ['uninstall', '--global', '--silent', '--prefix', prefix, 'matchbook'])
  if (existsSync(matchbook)) throw new Error('the command is still there after it was uninstalled')
  if (!existsSync(path.join(home, 'lakeside', 'matchbook.yaml'))) throw new Error('uninstalling took the workspace')
  console.log('The package installs, runs a night, and goes without taking anything with it.')
} finally {
  rmSync(base, { recursive: true, force: true })
}
