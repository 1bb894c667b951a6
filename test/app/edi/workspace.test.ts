import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { acknowledge } from '../../../src/app/edi/acknowledge.js'
import { ediWords } from '../../../src/app/edi/edi-words.js'
import { lintFiles } from '../../../src/app/edi/lint-files.js'
import { make } from '../../../src/app/edi/make.js'
import { init } from '../../../src/app/workspace/init.js'
import { validate } from '../../../src/app/workspace/validate.js'
import { ackText } from '../../../src/commands/render/edi-ack-text.js'
import { sample, sampleText, withBytes } from './viewed.js'

let base: string
let workspace: string
let order: string

beforeAll(async () => {
  base = mkdtempSync(path.join(os.tmpdir(), 'matchbook-test-edi-'))
  workspace = path.join(base, 'lakeside')
  order = path.join(base, 'order.json')
  await init({ folder: workspace, name: 'Lakeside', jobs: [] })
  writeFileSync(
    order,
    JSON.stringify({
      kind: 'purchase-order',
      poNumber: '4500099001',
      poDate: '2026-11-20',
      purpose: '00',
      type: 'NE',
      lines: [{ assignedId: '1', quantity: '10', uom: 'BX', unitPrice: '24.50', ids: { vendorItem: 'CM-4410' } }],
    }),
  )
})
afterAll(() => rmSync(base, { recursive: true, force: true }))

const request = (more: Partial<Parameters<typeof make>[0]> = {}): Parameters<typeof make>[0] => ({
  file: order,
  workspace,
  partner: 'medsupply',
  sender: undefined,
  receiver: undefined,
  version: '004010',
  usage: undefined,
  control: undefined,
  groupControl: undefined,
  delimiters: {},
  keep: async () => {},
  ...more,
})
const isa13 = (bytes: Buffer) => bytes.toString('utf8').split('~')[0]?.split('*')[13]

describe('with a workspace', () => {
  it('a file for a partner goes from us to it, under the next number, and no number is lost by a failure', async () => {
    const first = await make(request())
    const failing = make(request({ keep: () => Promise.reject(new Error('no space')) }))
    await expect(failing).rejects.toThrow('no space')
    const next = await make(request())
    expect([isa13(first.bytes), isa13(next.bytes)]).toEqual(['000000001', '000000002'])
    const settings = readFileSync(path.join(workspace, 'matchbook.yaml'), 'utf8')
    const [, , , , , , sender = '', , receiver = ''] = first.bytes.toString('utf8').split('*')
    expect(settings).toContain(sender.trim())
    expect(settings).toContain(receiver.trim())
    const sent = new Database(path.join(workspace, 'state', 'matchbook.db'), { readonly: true })
    const known = sent.prepare('SELECT transaction_set, business_key, group_control FROM x12_sent_sets').all()
    sent.close()
    expect(known).toEqual([
      { transaction_set: '850', business_key: '4500099001', group_control: '1' },
      { transaction_set: '850', business_key: '4500099001', group_control: '2' },
    ])
  })

  it('an unknown partner is named with those there are', async () => {
    await expect(make(request({ partner: 'nobody' }))).rejects.toMatchObject({
      code: 'USAGE',
      message: expect.stringContaining('medsupply'),
    })
  })

  it('documents name the partner as the workspace does', async () => {
    const words = await ediWords(workspace)
    const [, , , , , sender = '', id = ''] = (await make(request())).bytes.toString('utf8').split('*')
    expect(words.partnerName(sender, id)).toBe('Lakeside')
  })
})

describe('the guide of a partner', () => {
  const guided = (guide: string): string => {
    const folder = path.join(base, `guided-${guide.length}`)
    cpSync(workspace, folder, { recursive: true })
    const file = path.join(folder, 'matchbook.yaml')
    const settings = readFileSync(file, 'utf8').replace(
      /^ {2}medsupply:\n/m,
      `  medsupply:\n    x12:\n      guides:\n        - set: "850"\n          segments: ${guide}\n`,
    )
    writeFileSync(file, settings)
    return folder
  }

  it('is what lint and ack hold its files against', async () => {
    const folder = guided('{ PO1: { must-carry: ["UP"] }, ST/REF: { must-occur-with: ["DP"] } }')
    const { bytes } = await make(request())
    await withBytes(bytes, async (file) => {
      const found: (string | undefined)[] = []
      await lintFiles([file], folder, ({ message, standardCode }) => found.push(`${standardCode} ${message}`))
      expect(found).toEqual([
        expect.stringMatching(/^AK304:3 REF .*medsupply/),
        expect.stringMatching(/^AK403:2 .*PO1.*UP/),
      ])
      const answered = await acknowledge({
        file,
        workspace: folder,
        type: '997',
        rejectOn: 'any-error',
        control: 1,
        groupControl: 1,
        withTa1: false,
      })
      expect(answered.text).toContain('AK5*R')
    })
  })

  it('is refused where it asks for what the standard does not have, with its line', async () => {
    const { valid, text } = await validate(guided('{ PO1: { elements: { "99": { required: true } } }, ZZ: {} }'))
    expect(valid).toBe(false)
    expect(text).toMatch(/matchbook.yaml:\d+:\d+ +PO1 has no element 99/)
    expect(text).toMatch(/matchbook.yaml:\d+:\d+ +ZZ is in no place of a 850/)
  })
})

describe('without a workspace', () => {
  it('a control number must be given', async () => {
    const call = make(request({ partner: undefined, workspace: undefined, sender: 'ZZ:US', receiver: 'ZZ:THEM' }))
    await expect(call).rejects.toMatchObject({ code: 'USAGE', message: expect.stringContaining('--control') })
  })

  it('a sender is a qualifier and an id', async () => {
    const call = make(request({ partner: undefined, sender: 'US', control: 1 }))
    await expect(call).rejects.toMatchObject({ code: 'USAGE', message: expect.stringContaining('ZZ:BRIGIDHEALTH') })
  })

  it('what is no JSON says so', async () => {
    await withBytes('{', async (file) => {
      await expect(make(request({ file }))).rejects.toMatchObject({
        code: 'X12-WRITE',
        message: expect.stringContaining('not JSON'),
      })
    })
  })
})

describe('an acknowledgment of a file', () => {
  const wanted = {
    workspace: undefined,
    type: '997',
    rejectOn: 'unreadable',
    control: 5,
    groupControl: 6,
    withTa1: false,
  } as const

  it('says the same to the partner and to us', async () => {
    const answered = await acknowledge({ ...wanted, file: sample('997/accepted-with-errors.edi') })
    expect(answered.text).toContain('AK4*3*355*7*QQ~')
    const text = ackText(answered.report)
    expect(text).toContain('810 0002: accepted, errors noted')
    expect(text).toMatch(/IT103 line 18: .*"QQ".* \(AK403:7\)/)
  })

  it('may be a 999 with a TA1, under the given numbers', async () => {
    const answered = await acknowledge({
      ...wanted,
      type: '999',
      withTa1: true,
      file: sample('997/every-set-accepted.edi'),
    })
    expect(answered.text).toMatch(/^ISA.*\*000000005\*/)
    expect(answered.text).toMatch(/TA1\*[^~]*\*A\*000~/)
    expect(answered.text).toMatch(/GS\*FA\*[^~]*\*6\*X\*005010X231A1~/)
  })

  it('is never made of an acknowledgment, nor of what is no X12', async () => {
    const own = acknowledge({ ...wanted, file: sample('997/only-an-acknowledgment.edi') })
    await expect(own).rejects.toMatchObject({ code: 'USAGE', message: expect.stringContaining('never acknowledged') })
    const withoutGroup = sampleText('850/plain.edi').replace(/G[SE]\*.*\n/g, '')
    await withBytes(withoutGroup, async (file) => {
      await expect(acknowledge({ ...wanted, file })).rejects.toMatchObject({
        message: expect.stringContaining('--type ta1 answers its interchange'),
      })
      expect((await acknowledge({ ...wanted, type: 'ta1', file })).text).toContain('TA1*000001027*')
    })
    await withBytes('PO,LINE\n', async (file) => {
      await expect(acknowledge({ ...wanted, file })).rejects.toMatchObject({
        message: expect.stringContaining('no interchange'),
      })
    })
    expect(sampleText('997/only-an-acknowledgment.edi')).toContain('ST*997')
  })
})
