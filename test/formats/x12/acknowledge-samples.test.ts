import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { acknowledgeFile } from '../../../src/app/edi/acknowledge-file.js'
import { type AckAgreement, checkTransaction, readInterchanges } from '../../../src/formats/x12/index.js'
import { guideFor, setsOf, short } from './checked.js'

const folder = path.join(import.meta.dirname, '..', '..', '..', 'edi-samples')
const agreements: Readonly<Record<string, AckAgreement>> = {
  997: { acknowledge: '997', ta1: 'never', rejectOn: 'unreadable' },
  999: { acknowledge: '999', ta1: 'never', rejectOn: 'unreadable' },
  TA1: { acknowledge: 'none', ta1: 'asked', rejectOn: 'unreadable' },
}
const at = { date: '2026-11-20', time: '0230', control: 12, groupControl: 7 }
const samples = Object.keys(agreements).flatMap((set) =>
  readdirSync(path.join(folder, set))
    .filter((name) => name.endsWith('.edi') && !name.endsWith('.answer.edi'))
    .map((name): [string, string] => [set, name]),
)

/** REGENERATE=1 writes what each sample is answered with; look at the difference before it is kept. */
describe('each sample gets the answer beside it', () => {
  it.each(samples)('%s: %s', async (set, name) => {
    const file = path.join(folder, set, name)
    const expected = file.replace(/\.edi$/, '.answer.edi')
    const agreement = agreements[set]
    if (agreement === undefined) throw new Error(`no agreement for ${set}`)
    const { text } = await acknowledgeFile(file, { ...agreement, ...at })
    if (process.env.REGENERATE === '1') writeFileSync(expected, text)
    expect(existsSync(expected), `${expected} is missing: run with REGENERATE=1`).toBe(true)
    expect(text).toBe(readFileSync(expected, 'utf8'))
    // An answer is X12 itself, and is not answered.
    const findings = []
    for await (const item of readInterchanges(Buffer.from(text)))
      if (item.kind === 'finding') findings.push(item.finding)
    expect(findings.filter(({ code }) => code !== 'FILE-EMPTY')).toEqual([])
    for (const { transaction, delimiters } of await setsOf(Buffer.from(text))) {
      const guide = await guideFor(transaction.envelope.version, transaction.set)
      expect(checkTransaction(transaction, guide, delimiters).map(short)).toEqual([])
    }
    const again = await acknowledgeFile(Buffer.from(text), { ...agreement, ta1: 'always', ...at })
    expect(again.text).toBe('')
  })
})
