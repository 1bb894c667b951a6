import { writeFileSync } from 'node:fs'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { archived, DropFixture, names, type Place, places } from './drop-fixture.js'

const composed = 'Bestellung Größe.edi'.normalize('NFC')
const decomposed = 'Bestellung Größe 2.edi'.normalize('NFD')

describe.each(places)('odd names, at %s', (_kind, start) => {
  let place: Place
  let drop: DropFixture
  beforeAll(async () => {
    place = await start()
  })
  afterAll(() => place?.stop())
  beforeEach(async () => {
    drop = await DropFixture.at(place)
  })
  afterEach(() => drop.remove())

  const honest = [
    'with spaces .edi',
    ' leading.edi',
    '-rf.edi',
    '--help.edi',
    'PO.edi',
    'po.edi',
    'a..b.edi',
    '..edi',
    'quote\'s "and" $(more).edi',
    'percent%2e%2e.edi',
    'C:colon.edi',
    '注文書.edi',
    '📦.edi',
    composed,
    decomposed,
    `${'é'.repeat(125)}x.edi`,
    'CON.edi',
  ]

  it('that are only unusual are taken, moved and kept apart', async () => {
    for (const name of honest) drop.put(name)
    const result = await drop.pull({ include: ['**/*.edi', '*.edi', '.*'] })
    expect([result.failures, result.skipped]).toEqual([[], []])
    expect(names(result.taken).sort()).toEqual([...honest].sort())
    for (const file of result.taken) expect(Buffer.from(archived(file), 'latin1').toString('utf8')).toBe(file.name)
    expect(drop.files('done')).toEqual([...honest].sort())
  })

  it('that are written in another form of Unicode fit the pattern all the same', async () => {
    for (const name of [composed, decomposed]) drop.put(name)
    const result = await drop.pull({ include: ['*Größe*.edi'.normalize('NFC')] })
    expect(result.taken).toHaveLength(2)
  })

  it('that could lead elsewhere or read as something else are refused, left, and shown printable', async () => {
    const bad = [
      'new\nline.edi',
      'bell\u0007.edi',
      'esc\u001b[2J.edi',
      'back\\slash.edi',
      'right\u202Eide.edi',
      'del\u007f.edi',
    ]
    for (const name of bad) writeFileSync(drop.path('out', name), name)
    drop.put('good.edi')
    const result = await drop.pull()
    expect(names(result.taken)).toEqual(['good.edi'])
    expect(result.failures).toEqual([])
    expect(names(result.skipped).sort()).toEqual([
      'back\\slash.edi',
      'bell\\u{7}.edi',
      'del\\u{7f}.edi',
      'esc\\u{1b}[2J.edi',
      'new\\u{a}line.edi',
      'right\\u{202e}ide.edi',
    ])
    for (const { reason } of result.skipped) expect(reason).toMatch(/control character|backslash/)
    expect(drop.files()).toHaveLength(bad.length)
  })

  it('that hold the number of a patient are left where they are, and shown nowhere', async () => {
    const named = ['DOE_JANE_523-45-6700.edi', 'charges_SSN523456790.edi', 'use_MRN9911225.edi']
    const others = ['mrn_20261130.edi', 'SSN_20261130.edi', 'INV_4500012345.edi', 'A-523-45-6700-B.edi']
    for (const name of [...named, ...others]) drop.put(name)
    const result = await drop.pull()
    expect(names(result.taken).sort()).toEqual([...others].sort())
    expect(result.skipped.map(({ name, reason }) => `${name}: ${reason}`)).toEqual(
      named.map(() =>
        expect.stringMatching(
          /^name withheld, [0-9a-f]{8}\.edi: the name holds what looks like the identity of a patient$/,
        ),
      ),
    )
  })

  it('that are as long as can be do not stop a second file of the name from being moved', async () => {
    const name = `${'n'.repeat(251)}.edi`
    for (const text of ['first', 'second']) {
      drop.put(name, text, 1_700_000_000 + text.length)
      const { taken, failures } = await drop.pull()
      expect([names(taken), failures]).toEqual([[name], []])
    }
    expect(drop.files('done')).toHaveLength(2)
  })
})
