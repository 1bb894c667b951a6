import { readFileSync } from 'node:fs'
import { type Endpoint, openArchive, pullDrop, pushFiles } from '../../src/exchange/index.js'
import { createSftpEndpoint } from '../../src/exchange/sftp/sftp-endpoint.js'
import { FileLedger } from './ledger.js'

// A process that pulls a folder and pushes a file, and kills itself, by SIGKILL, before its n-th step. Run by kill.test.ts.

const { sftp, home, load, dieBefore } = JSON.parse(process.argv[2] ?? '{}')

let steps = 0
/** Every call from outside is a step. */
function mortal<T extends object>(whole: T): T {
  return new Proxy(whole, {
    get(target, key) {
      const value: unknown = Reflect.get(target, key)
      if (typeof value !== 'function') return value
      return (...given: unknown[]) => {
        steps += 1
        if (steps === dieBefore) process.kill(process.pid, 'SIGKILL')
        return value.apply(target, given)
      }
    },
  })
}

const privateKey = readFileSync(sftp.privateKeyFile, 'utf8')
const endpoint: Endpoint = mortal(createSftpEndpoint('partner', { ...sftp, login: { privateKey } }))
const ledger = mortal(new FileLedger(`${home}/ledger.json`))
const archive = await openArchive(`${home}/archive`)
const drop = { folder: 'out', include: ['*'], exclude: [], stableSeconds: 0, after: { move: 'done' } }
const { failures } = await pullDrop(endpoint, drop, archive, ledger)
await pushFiles(endpoint, [load])
await endpoint.close()
if (failures.length > 0) throw failures[0]?.error
process.stdout.write(`whole after ${steps} steps\n`)
