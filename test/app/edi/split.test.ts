import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { withEdiFile } from '../../../src/app/edi/edi-file.js'
import { type SplitPart, splitFile } from '../../../src/app/edi/split-file.js'
import { readInterchanges, type Transaction } from '../../../src/formats/x12/index.js'
import { interchange, sampleText, withBytes } from './viewed.js'

interface Split {
  readonly parts: readonly SplitPart[]
  readonly counts: { readonly written: number; readonly unusable: number }
  /** Name -> bytes. */
  readonly files: ReadonlyMap<string, Buffer>
}

const SPLIT_PATTERN = '{partner}-{set}-{interchange}-{group}-{control}.edi'
const split = (bytes: string, pattern = SPLIT_PATTERN, partners = new Map<string, string>()): Promise<Split> =>
  withBytes(bytes, async (file, temporary) => {
    const folder = path.join(temporary, 'parts')
    const parts: SplitPart[] = []
    const counts = await withEdiFile(file, (opened) =>
      splitFile(opened, { folder, pattern, partners }, (part) => parts.push(part)),
    )
    const names = readdirSync(folder, { recursive: true, encoding: 'utf8', withFileTypes: true }).filter((entry) =>
      entry.isFile(),
    )
    const files = new Map(
      names.map(
        ({ parentPath, name }) =>
          [path.relative(folder, path.join(parentPath, name)), readFileSync(path.join(parentPath, name))] as const,
      ),
    )
    return { parts, counts, files }
  })

async function read(bytes: Uint8Array): Promise<{ sets: Transaction[]; findings: number }> {
  const sets: Transaction[] = []
  let findings = 0
  for await (const item of readInterchanges(bytes)) {
    if (item.kind === 'transaction') sets.push(item.transaction)
    else findings++
  }
  return { sets, findings }
}
const segmentsOf = ({ segments }: Transaction) => segments.map(({ id, elements }) => [id, ...elements])

const two = sampleText('856/backordered-rest-shipped-later.edi')

describe('a file cut into its sets', () => {
  it('comes to one valid interchange a set, with the envelope values of the whole', async () => {
    const whole = await read(Buffer.from(two, 'latin1'))
    const { files, counts } = await split(two)
    expect(counts).toEqual({ written: 2, unusable: 0 })
    expect([...files.keys()].sort()).toEqual([
      '087654321-856-000002007-2007-0001.edi',
      '087654321-856-000002007-2007-0002.edi',
    ])
    const parts = await Promise.all([...files.values()].map(read))
    expect(parts.map(({ findings }) => findings)).toEqual([0, 0])
    expect(parts.map(({ sets }) => sets.map(segmentsOf))).toEqual(whole.sets.map((set) => [segmentsOf(set)]))
    expect(parts.map(({ sets }) => sets[0]?.envelope)).toEqual(whole.sets.map(({ envelope }) => envelope))
  })

  it('leaves the bytes of a set as they were, whatever delimits them', async () => {
    for (const [element, segment, newline] of [
      ['|', "'", '\r\n'],
      ['\x1d', '\x1c', ''],
      ['*', '\n', ''],
    ] as const) {
      const bytes = two.replaceAll('\n', '').replaceAll('*', element).replaceAll('~', `${segment}${newline}`)
      const { files } = await split(bytes)
      const [first] = [...files.values()]
      const body = bytes.slice(bytes.indexOf('ST'), bytes.indexOf('ST', bytes.indexOf(`SE${element}`)))
      expect(first?.includes(Buffer.from(body, 'latin1'))).toBe(true)
      expect((await read(first ?? Buffer.alloc(0))).findings).toBe(0)
    }
  })

  it('also where the file is wrapped at 80 columns', async () => {
    const wrapped = (two.replaceAll('\n', '').match(/.{1,80}/gs) ?? []).join('\n')
    const { files } = await split(wrapped)
    const parts = await Promise.all([...files.values()].map(read))
    const whole = await read(Buffer.from(two, 'latin1'))
    expect(parts.map(({ findings }) => findings)).toEqual([0, 0])
    expect(parts.map(({ sets }) => sets.map(segmentsOf))).toEqual(whole.sets.map((set) => [segmentsOf(set)]))
  })

  it('keeps sets that cannot be used apart, byte by byte, and says why', async () => {
    const broken = two.replace(/SE\*\d+\*0001/, 'SE*99*0001')
    const { files, counts, parts } = await split(broken)
    expect(counts).toEqual({ written: 1, unusable: 1 })
    const apart = parts.find((part) => part.kind === 'unusable')
    expect(apart).toMatchObject({
      reason: expect.stringContaining('SE01 says "99"'),
      byteOffset: broken.indexOf('ST*'),
    })
    const bytes = files.get(path.join('unusable', `byte-${broken.indexOf('ST*')}.edi`))?.toString('latin1')
    expect(bytes).toBe(broken.slice(broken.indexOf('ST*'), broken.indexOf('ST*', broken.indexOf('SE*99'))))
  })

  it('keeps what a cut-off file ends with', async () => {
    const cut = two.slice(0, two.lastIndexOf('SE*'))
    const { files, counts } = await split(cut)
    expect(counts).toEqual({ written: 1, unusable: 1 })
    const apart = [...files].find(([name]) => name.startsWith('unusable'))?.[1].toString('latin1')
    expect(apart).toBe(cut.slice(cut.lastIndexOf('ST*')))
  })

  it('gives two sets of one name two names', async () => {
    const { files } = await split(two, '{set}.edi')
    expect([...files.keys()].sort()).toEqual(['856-2.edi', '856.edi'])
  })

  it('makes names of what partners send that lead nowhere', async () => {
    const hostile = interchange('850', 'PO', ['BEG*00*NE*1**20261120', 'PO1*1*2*EA*4**VP*A']).replace(
      '*SUPPLIER       *',
      '*../../etc/pass*',
    )
    const { files } = await split(hostile)
    expect([...files.keys()]).toEqual(['__.._etc_pass-850-000000007-7-0001.edi'])
    const named = await split(hostile, SPLIT_PATTERN, new Map([['ZZ:../../etc/pass', 'Carden & Sons']]))
    expect([...named.files.keys()]).toEqual(['Carden_Sons-850-000000007-7-0001.edi'])
  })

  it('carries a set that is larger than its buffer', async () => {
    const lines = Array.from({ length: 40_000 }, (_, n) => `PO1*${n + 1}*10*BX*24.50*PE*VP*CM-${n}`)
    const large = interchange('850', 'PO', ['BEG*00*NE*1**20261120', ...lines, 'CTT*40000'])
    const { files } = await split(large)
    const [part] = [...files.values()]
    expect(part?.length).toBe(large.length)
    expect(part?.equals(Buffer.from(large, 'latin1'))).toBe(true)
  })
})

describe('nothing is overwritten', () => {
  it('the folder must be new or empty', async () => {
    await withBytes(two, async (file, temporary) => {
      const folder = path.join(temporary, 'parts')
      mkdirSync(folder)
      writeFileSync(path.join(folder, 'mine.txt'), 'mine')
      const call = withEdiFile(file, (opened) =>
        splitFile(opened, { folder, pattern: SPLIT_PATTERN, partners: new Map() }, () => {}),
      )
      await expect(call).rejects.toMatchObject({ code: 'USAGE', message: expect.stringContaining('not empty') })
      expect(readdirSync(folder)).toEqual(['mine.txt'])
    })
  })

  it.each(['{order}.edi', '../{set}.edi', 'a/{set}', '.{set}'])('the name %s is refused', async (pattern) => {
    await expect(split(two, pattern)).rejects.toMatchObject({ code: 'USAGE' })
  })
})
