import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { parseToleranceChange, readToleranceOverlay, stillHold, withChanges } from '../../src/config/index.js'

describe('a tolerance on the command line', () => {
  test.each([
    ['price=2%', { rule: 'price', scope: {}, over: { percent: '2', combine: 'stricter' } }],
    [
      'price=2%,0.50,looser,supplier:10432',
      { rule: 'price', scope: { supplier: '10432' }, over: { percent: '2', absolute: '0.50', combine: 'looser' } },
    ],
    ['freight=off', { rule: 'freight', scope: {}, over: 'off' }],
    [
      'quantity-received=under:5%,over:unlimited,item:104133,company:10',
      {
        rule: 'quantity-received',
        scope: { item: '104133', company: '10' },
        over: 'unlimited',
        under: { percent: '5', combine: 'stricter' },
      },
    ],
  ])('%s', (text, change) => {
    expect(parseToleranceChange(text)).toEqual(change)
  })

  test.each([
    ['prise=2%', 'did you mean price?'],
    ['price=2%,suplier:1', 'did you mean supplier?'],
    ['price=unlimitted', 'did you mean unlimited?'],
    ['price=off,2%', 'off stands alone'],
    ['price=-2%', '"-2%" is no limit such as 2% or 0.50'],
    ['price=supplier:10432', 'it allows nothing'],
    ['price', 'no RULE=ALLOWED'],
    ['price=looser', 'looser of what?'],
  ])('%s is refused: %s', (text, because) => {
    expect(() => parseToleranceChange(text)).toThrow(because)
  })

  test('takes the place of the entry of the same scope, keeps the side that is not told, and leaves what is more specific', () => {
    const settings = [
      { rule: 'price', over: 'zero', under: 'unlimited' },
      { rule: 'price', supplier: '777', over: 'off', under: 'off' },
    ] as const
    const all = withChanges(settings, [parseToleranceChange('price=2%')])
    expect(all).toEqual([
      settings[1],
      { rule: 'price', over: { percent: '2', combine: 'stricter' }, under: 'unlimited' },
    ])
    expect(stillHold(all, parseToleranceChange('price=2%'))).toEqual([settings[1]])
    expect(stillHold(all, parseToleranceChange('price=2%,company:10'))).toEqual([settings[1]])
    expect(stillHold(all, parseToleranceChange('price=2%,supplier:888'))).toEqual([])
    const narrower = withChanges(settings, [parseToleranceChange('price=2%,supplier:777,item:5')])
    expect(narrower.at(-1)).toMatchObject({ supplier: '777', item: '5', under: 'off' })
    expect(withChanges([], [parseToleranceChange('freight=5.00')])).toMatchObject([{ under: 'zero' }])
  })
})

test('a file of tolerances is told of with line and column', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'matchbook-overlay-'))
  const file = path.join(folder, 'other.yaml')
  writeFileSync(file, 'tolerances:\n  - { rule: price, over: { percent: "2" }, under: zero }\n')
  expect((await readToleranceOverlay(file)).tolerances).toHaveLength(1)
  writeFileSync(file, 'tolerances:\n  - { rule: prise, over: zero, under: zero }\n')
  await expect(readToleranceOverlay(file)).rejects.toThrow(/other\.yaml:2:13 .*price/)
  rmSync(folder, { recursive: true })
})
