import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ExtractContract } from '../../src/config/extract-contract.js'
import { type Bench, openBench } from './extract-fixture.js'

let bench: Bench
beforeAll(async () => {
  bench = await openBench()
})
afterAll(() => bench.close())

const accounts = (status: unknown) =>
  ExtractContract.parse({
    contract: 'accounts',
    title: 'Accounts',
    source: 'test',
    format: { kind: 'delimited', delimiter: '|', header: true },
    columns: ['CO', 'ACCT', 'STATUS'].map((name) => ({ name, kind: 'text' })),
    projections: [
      { relation: 'gl_account', key: ['company', 'account'], map: { company: 'CO', account: 'ACCT', status } },
    ],
  })

describe('a status that rules ask for by its word', () => {
  it('may stand in the file as it is; a code that nobody translated is told, and means nothing by itself', async () => {
    const check = await bench.check(accounts('STATUS'), 'CO|ACCT|STATUS\n10|6100|open\n10|6200|closed\n10|6300|A\n')
    expect(check).toMatchObject({ records: 3, accepted: 2, rejected: 1 })
    expect(check.findings).toMatchObject([
      {
        code: 'DATA-TYPE',
        message: expect.stringContaining('line 4 (record 3): STATUS "A" is not one of open, closed'),
      },
    ])
  })

  it('is what the codes of the contract make it', async () => {
    const codes = { column: 'STATUS', codes: { A: 'open', I: 'closed' } }
    const check = await bench.check(accounts(codes), 'CO|ACCT|STATUS\n10|6100|A\n10|6200|open\n')
    expect(check).toMatchObject({ accepted: 1, findings: [{ code: 'DATA-TYPE' }] })
  })
})
