import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import JSZip from 'jszip'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openWorkbook, usualLimits, type XlsxLimits, type XlsxRow } from '../../../src/formats/xlsx/index.js'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'matchbook-xlsx-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const types = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const workbook: Readonly<Record<string, string>> = {
  '_rels/.rels': `<Relationships><Relationship Id="r1" Type="${types}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
  'xl/workbook.xml': `<x:workbook xmlns:x="${main}" xmlns:r="${types}"><x:sheets><x:sheet name="A &amp; B" sheetId="1" r:id="s1"/></x:sheets></x:workbook>`,
  'xl/_rels/workbook.xml.rels': `<Relationships><Relationship Id="s1" Type="${types}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="t" Type="${types}/sharedStrings" Target="/xl/sharedStrings.xml"/></Relationships>`,
  'xl/sharedStrings.xml': `<sst xmlns="${main}"><si><t>shared</t></si><si><r><t>in </t></r><r><t>pieces</t></r><rPh><t>not read aloud</t></rPh></si></sst>`,
}
const sheet = (rows: string): string => `<worksheet xmlns="${main}"><sheetData>${rows}</sheetData></worksheet>`
const rowsOf = (rows: string) => ({ 'xl/worksheets/sheet1.xml': sheet(rows) })

async function made(
  parts: Readonly<Record<string, string>>,
  change = (bytes: Buffer): Buffer => bytes,
): Promise<string> {
  const zip = new JSZip()
  for (const [name, text] of Object.entries({ ...workbook, ...parts })) zip.file(name, text)
  const file = path.join(folder, `${Math.random()}.xlsx`)
  writeFileSync(file, change(await zip.generateAsync({ type: 'nodebuffer', compression: 'DEFLATE' })))
  return file
}

async function read(file: string, limits: Partial<XlsxLimits> = {}): Promise<XlsxRow[]> {
  const book = await openWorkbook(file, { ...usualLimits, ...limits })
  try {
    const rows: XlsxRow[] = []
    for (const one of book.sheets) for await (const row of one.rows()) rows.push(row)
    return rows
  } finally {
    book.close()
  }
}
const refused = (said: RegExp) => ({ code: 'WORKBOOK-REFUSED', message: said })

describe('a workbook', () => {
  it('is read by whatever program saved it: shared, in place, calculated and escaped texts, prefixes, gaps', async () => {
    const rows = await read(
      await made(
        rowsOf(
          '<row r="2"><c r="B2" t="s"><v>0</v></c><c r="AA2" t="s"><v>1</v></c></row>' +
            '<row><c t="inlineStr"><is><t xml:space="preserve"> a </t></is></c><c/><c><v>12.5</v></c><c t="str"><f>1&amp;2</f><v>12</v></c><c t="b"><v>1</v></c></row>' +
            '<row r="9"><c r="A9" t="inlineStr"><is><t>x_000D_y_x000A_z</t></is></c></row>',
        ),
      ),
    )
    expect(rows.map(({ number }) => number)).toEqual([2, 3, 9])
    expect([...(rows[0]?.cells ?? [])].map(([column, { text }]) => [column, text])).toEqual([
      [2, 'shared'],
      [27, 'in pieces'],
    ])
    expect([...(rows[1]?.cells.values() ?? [])]).toEqual([
      { kind: 'text', text: ' a ', formula: false, date: false },
      { kind: 'number', text: '12.5', formula: false, date: false },
      { kind: 'text', text: '12', formula: true, date: false },
      { kind: 'boolean', text: '1', formula: false, date: false },
    ])
    expect(rows[2]?.cells.get(1)?.text).toBe('x_000D_y\nz')
  })

  it('is refused before it is unpacked when it is too large, or would become so', async () => {
    const file = await made(rowsOf(`<row><c t="str"><v>${'0'.repeat(12_000_000)}</v></c></row>`))
    expect(readFileSync(file).length).toBeLessThan(50_000)
    await expect(read(file)).rejects.toMatchObject(refused(/more than 200 times its \d+ bytes/))
    await expect(read(file, { ratio: 1e9, unpacked: 1_000_000 })).rejects.toMatchObject(
      refused(/more than 1000000 bytes/),
    )
    await expect(read(file, { file: 1000 })).rejects.toMatchObject(refused(/it has \d+ bytes; 1000 are allowed/))
    await expect(read(file, { parts: 2 })).rejects.toMatchObject(refused(/it has \d+ parts; 2 are allowed/))
  })

  it('gives out no more than its directory says', async () => {
    const long = rowsOf(`<row><c t="str"><v>${'0123456789'.repeat(20_000)}</v></c></row>`)
    const size = Buffer.byteLength(long['xl/worksheets/sheet1.xml'])
    const told = Buffer.alloc(4)
    told.writeUInt32LE(size)
    // The size in every header of the part, made a hundredth.
    const file = await made(long, (bytes) => {
      const lie = Buffer.alloc(4)
      lie.writeUInt32LE(Math.floor(size / 100))
      for (let at = bytes.indexOf(told); at >= 0; at = bytes.indexOf(told, at + 4)) lie.copy(bytes, at)
      return bytes
    })
    await expect(read(file)).rejects.toMatchObject(refused(/is damaged/))
  })

  it('is refused when its texts are more than fit into memory', async () => {
    const texts = `<sst>${'<si><t>0123456789</t></si>'.repeat(200)}</sst>`
    const file = await made({ 'xl/sharedStrings.xml': texts, ...rowsOf('') })
    await expect(read(file, { sharedText: 1000 })).rejects.toMatchObject(refused(/more than 1000 characters/))
    const one = `<sst><si>${'<r><t>0123456789</t></r>'.repeat(200)}</si></sst>`
    const inPieces = await made({ 'xl/sharedStrings.xml': one, ...rowsOf('') })
    await expect(read(inPieces, { sharedText: 1000 })).rejects.toMatchObject(refused(/more than 1000 characters/))
  })

  it('is refused when a single text is longer than any cell can be', async () => {
    const whole = await made(rowsOf(`<row><c t="str"><v>${'0'.repeat(6_000_000)}</v></c></row>`))
    await expect(read(whole)).rejects.toMatchObject(refused(/holds a text of more than \d+ bytes/))
    const pieces = `<r><t>${'0'.repeat(30_000)}</t></r>`.repeat(8)
    const inPieces = await made(rowsOf(`<row><c t="inlineStr"><is>${pieces}</is></c></row>`))
    await expect(read(inPieces)).rejects.toMatchObject(refused(/a cell of its row 1 has more than \d+ characters/))
  })

  it('is refused when a part declares entities, is no XML, or lacks what it names', async () => {
    const bomb = '<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    const declared = await made({ 'xl/worksheets/sheet1.xml': bomb + sheet('<row><c t="str"><v>&b;</v></c></row>') })
    await expect(read(declared)).rejects.toMatchObject(refused(/declares a document type/))
    const undeclared = await made(rowsOf('<row><c t="str"><v>&b;</v></c></row>'))
    await expect(read(undeclared)).rejects.toMatchObject(refused(/is not XML/))
    await expect(read(await made(rowsOf('<row><c>')))).rejects.toMatchObject(refused(/is not XML/))
    await expect(read(await made(rowsOf('<row><c t="s"><v>7</v></c></row>')))).rejects.toMatchObject(
      refused(/names text 7/),
    )
    await expect(read(await made({}))).rejects.toMatchObject(refused(/has no part/))
    await expect(read(await made(rowsOf('<row r="5"/><row r="5"/>')))).rejects.toMatchObject(refused(/out of order/))
    await expect(read(await made(rowsOf('<row r="2000000"/>')))).rejects.toMatchObject(refused(/out of order/))
  })

  it('is read as a stream: its first rows are there before the rest has been looked at', async () => {
    const row = `<row>${'<c t="inlineStr"><is><t>some text</t></is></c>'.repeat(20)}</row>`
    const book = await openWorkbook(await made(rowsOf(`${row.repeat(5000)}<row><c></row>`)))
    const rows = book.sheets[0]?.rows()
    for (let n = 0; n < 100; n += 1) expect((await rows?.next())?.value).toMatchObject({ number: n + 1 })
    const rest = async () => {
      for await (const _ of rows ?? []);
    }
    await expect(rest()).rejects.toMatchObject(refused(/is not XML/))
    book.close()
  })
})
