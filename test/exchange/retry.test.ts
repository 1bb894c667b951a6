import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { errorCatalogue, MatchbookError } from '../../src/errors/index.js'
import { connectionBroken } from '../../src/exchange/broken-connection.js'
import { classOf, isEndpointDown } from '../../src/exchange/index.js'
import { isOfClass } from '../../src/exchange/retry/failure-class.js'
import { Retry, type RetryRules } from '../../src/exchange/retry/retry.js'
import { createSftpEndpoint } from '../../src/exchange/sftp/sftp-endpoint.js'
import { type FaultyProxy, startFaultyProxy } from '../servers/faulty-proxy.js'
import { type OpenSshServer, startOpenSsh } from '../servers/openssh.js'
import { bytesFrom } from './bytes-from.js'
import { sftpTo } from './sftp-to.js'

const rules: RetryRules = { tries: 8, pause: 1000, longestPause: 30_000, budget: 100 }

/** The pauses of work that always fails, chance being always the same. */
async function pausesOf(changed: Partial<RetryRules>, chance: number, times = 1): Promise<number[]> {
  const pauses: number[] = []
  const sleep = async (milliseconds: number) => void pauses.push(milliseconds)
  const retry = new Retry({ ...rules, ...changed }, { random: () => chance, sleep })
  for (let n = 0; n < times; n += 1) {
    const failing = retry.run(isOfClass('transfer'), async () => {
      throw connectionBroken('erp', 'gone')
    })
    await expect(failing).rejects.toMatchObject({ code: 'TRANSFER-FAILED' })
  }
  return pauses
}

describe('trying again', () => {
  it('waits twice as long each time, up to a limit, and up to half of it less by chance', async () => {
    expect(await pausesOf({}, 1)).toEqual([1000, 2000, 4000, 8000, 16_000, 30_000, 30_000])
    expect(await pausesOf({}, 0)).toEqual([500, 1000, 2000, 4000, 8000, 15_000, 15_000])
  })

  it('ends after so many tries, and for everything together when the budget is used up', async () => {
    expect(await pausesOf({ tries: 3 }, 1)).toHaveLength(2)
    expect(await pausesOf({ tries: 3, budget: 5 }, 1, 10)).toHaveLength(5)
    expect(await pausesOf({ tries: 1 }, 1)).toEqual([])
  })

  it('goes by the class of the failure: only a way that broke off may be better the next time', () => {
    const codes = Object.keys(errorCatalogue) as (keyof typeof errorCatalogue)[]
    const of = (wanted: string) => codes.filter((code) => classOf(code) === wanted).sort()
    expect(of('connect')).toEqual(['CONNECT-FAILED'])
    expect(of('transfer')).toEqual(['TRANSFER-FAILED'])
    expect(of('authenticate')).toEqual([
      'ALGORITHMS-REFUSED',
      'HOST-KEY-MISMATCH',
      'HOST-KEY-UNKNOWN',
      'LOGIN-REFUSED',
      'SECRET-MISSING',
    ])
    expect(of('permission')).toEqual([
      'NOT-PERMITTED',
      'PROFILE-DIFFERS',
      'REMOTE-FULL',
      'REMOTE-MISSING',
      'REMOTE-PERMISSION',
      'STATE-OF-PROFILE',
    ])
    const error = (code: keyof typeof errorCatalogue) => new MatchbookError(code, '')
    const again = codes.filter((code) => isOfClass('connect')(error(code)) || isOfClass('transfer')(error(code)))
    expect(again).toEqual(['CONNECT-FAILED', 'TRANSFER-FAILED'])
    // A transfer that fails over an open connection is an answer: the endpoint is up.
    expect(isEndpointDown(error('TRANSFER-FAILED'))).toBe(false)
    expect(isEndpointDown(connectionBroken('erp', 'gone'))).toBe(true)
    expect(isEndpointDown(error('REMOTE-MISSING'))).toBe(false)
  })

  it.each(['LOGIN-REFUSED', 'ALGORITHMS-REFUSED', 'REMOTE-PERMISSION', 'X12-WRITE', 'REMOTE-CONFLICT'] as const)(
    'never does so after %s',
    async (code) => {
      let tried = 0
      const work = new Retry(rules, { random: Math.random, sleep: async () => {} }).run(
        (error) => isOfClass('connect')(error) || isOfClass('transfer')(error),
        async () => {
          tried += 1
          throw new MatchbookError(code, '')
        },
      )
      await expect(work).rejects.toMatchObject({ code })
      expect(tried).toBe(1)
    },
  )
})

describe('an endpoint whose line is cut again and again', () => {
  let server: OpenSshServer
  let line: FaultyProxy
  beforeAll(async () => {
    server = await startOpenSsh()
    line = await startFaultyProxy(server.port)
    writeFileSync(path.join(server.root, 'a'), 'bytes')
  })
  afterAll(async () => {
    await line?.stop()
    await server?.stop()
  })

  it('is connected to as often as its budget allows, over all that is asked of it', async () => {
    const hostKey = { fingerprint: server.fingerprint }
    const endpoint = createSftpEndpoint('erp', sftpTo(server, { port: line.port, hostKey, tries: 3, budget: 3 }))
    const before = line.connections()
    const cut = async (): Promise<void> => {
      await endpoint.close()
      line.after(0, 'cut')
      await endpoint.connect()
    }
    for (let n = 0; n < 3; n += 1) await cut()
    expect(line.connections() - before).toBe(6)
    await expect(cut()).rejects.toMatchObject({ code: 'CONNECT-FAILED' })
    expect(line.connections() - before).toBe(7)
    await endpoint.connect()
    expect((await bytesFrom(endpoint, 'a')).toString()).toBe('bytes')
    await endpoint.close()
  })
})
