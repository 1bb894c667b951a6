import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { matchbook, matchbookJson } from './matchbook.js'

let cwd: string
beforeAll(() => {
  cwd = mkdtempSync(path.join(os.tmpdir(), 'matchbook-test-diff-'))
  writeFileSync(path.join(cwd, 'old.csv'), 'ITEM,PRICE,UOM\n1,5.00,EA\n2,6.10,BX\n3,1,EA\n')
  writeFileSync(path.join(cwd, 'new.txt'), 'UOM|ITEM|PRICE\nBX|2|6.25\nEA|1|5\nEA|4| 9\n')
})
afterAll(() => rmSync(cwd, { recursive: true, force: true }))

describe('diff, anywhere, without a workspace', () => {
  it('shows what differs, on which lines, and where every row went', async () => {
    const { exit, stdout } = await matchbook(
      ['diff', '--tolerance', 'PRICE=number', 'old.csv', 'new.txt', '--key', 'item'],
      { cwd },
    )
    expect(exit).toBe(3)
    expect(stdout).toBe(`old.csv  (3 records, delimiter ,, utf-8)
new.txt  (3 records, delimiter |, utf-8)

Field  Tolerance  Same  Within  Differs
PRICE  number        1       0        1

The same in every row: UOM

Changed: 1 key
  ITEM 2  old.csv line 3, new.txt line 2
    PRICE  6.10 -> 6.25  (+0.15)

Only in old.csv: 1 key
  ITEM 3  old.csv line 4

Only in new.txt: 1 key
  ITEM 4  new.txt line 4

old.csv: 3 records = 1 same + 1 changed + 1 only
new.txt: 3 records = 1 same + 1 changed + 1 only

They differ
`)
  })

  it('ends with 0 where nothing differs, 2 where it is called wrongly, 4 where a record cannot be read', async () => {
    expect(await matchbook(['diff', 'old.csv', 'old.csv', '--key', 'ITEM'], { cwd })).toMatchObject({ exit: 0 })
    const wrong = await matchbookJson<{ error: { code: string; hint: string } }>(
      ['diff', 'old.csv', 'new.txt', '--key', 'ITM'],
      { cwd },
    )
    expect(wrong).toMatchObject({ exit: 2, json: { error: { code: 'USAGE', hint: 'There are: ITEM, PRICE, UOM' } } })
    writeFileSync(path.join(cwd, 'ragged.csv'), 'ITEM,PRICE,UOM\n1,5.00,EA\n2,6.10\n')
    const { exit, json } = await matchbookJson<{ left: object }>(['diff', 'ragged.csv', 'old.csv', '--key', 'ITEM'], {
      cwd,
    })
    expect(exit).toBe(4)
    expect(json.left).toMatchObject({
      records: 2,
      unread: 1,
      unreadShown: [{ line: 3, reason: '2 values instead of 3' }],
    })
  })
})
