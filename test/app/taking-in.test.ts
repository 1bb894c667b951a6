import { mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import JSZip from 'jszip'
import * as pgp from 'openpgp'
import { afterEach, describe, expect, it } from 'vitest'
import { status } from '../../src/app/status.js'
import { keptInFolder } from '../../src/exchange/index.js'
import { type FileRow, listFiles, unreadFile } from '../../src/state/index.js'
import { edit, smallNight } from './small-night.js'
import { invoices, X12Workspace } from './x12-workspace.js'

let workspace: X12Workspace
afterEach(() => workspace?.remove())

/** A workspace whose drops have further settings (YAML in one line). */
async function withDrops(settings: string): Promise<X12Workspace> {
  workspace = await X12Workspace.make('{ sequence: gaps-allowed }')
  const job = path.join(workspace.folder, 'jobs', 'receipt-to-invoice.yaml')
  writeFileSync(job, readFileSync(job, 'utf8').replaceAll('stable-seconds: 0,', `stable-seconds: 0, ${settings},`))
  return workspace
}
const ledger = (): Promise<FileRow[]> =>
  workspace.with(async ({ state }) => (await listFiles(state.database, { limit: 100 })).reverse())
const summary = async () => (await ledger()).map(({ name, disposition, reason }) => [name, disposition, reason])
const exceptions = async () => (await workspace.exceptions()).map(({ code, keys, status: is }) => [code, keys.file, is])
const leftBehind = () =>
  workspace.with(async ({ state, workspace: of, now, folder }) => {
    const reading = { workspace: of, state, folder, archive: keptInFolder(folder), now }
    return (await status(reading)).notTaken.map(({ name, reason }) => [name, reason])
  })

describe('a night that takes in', () => {
  it('a zip: its files are read as if they had come alone, each knowing the zip', async () => {
    await withDrops('unwrap: { kinds: [zip], files: ["*.810"] }')
    const zip = new JSZip()
    zip.file('one.810', invoices(1))
    zip.file('two.810', invoices(2))
    zip.file('README.txt', 'hello')
    workspace.put('orders_810_.zip', await zip.generateAsync({ type: 'nodebuffer' }))
    const { runs } = await workspace.run()
    expect(runs[0]?.documents).toMatchObject({ taken: 4 })
    expect(await summary()).toEqual([
      ['orders_810_.zip', 'unwrapped', '2 files; not taken: README.txt'],
      ['one.810', 'read', null],
      ['two.810', 'read', null],
    ])
    const [wrapper, ...inner] = await ledger()
    expect(inner.map(({ wrapped_in }) => wrapped_in)).toEqual([wrapper?.id, wrapper?.id])
    await workspace.run()
    expect(await ledger()).toHaveLength(3)
  })

  it('the same file again in another zip: the zip is new, the file a duplicate', async () => {
    await withDrops('unwrap: { kinds: [zip] }')
    for (const name of ['a_810_.zip', 'b_810_.zip']) {
      const zip = new JSZip()
      zip.file('one.810', invoices(1))
      workspace.put(name, await zip.generateAsync({ type: 'nodebuffer', comment: name }))
    }
    await workspace.run()
    expect((await summary()).map(([name, became]) => [name, became])).toEqual([
      ['a_810_.zip', 'unwrapped'],
      ['b_810_.zip', 'unwrapped'],
      ['one.810', 'read'],
      ['one.810', 'duplicate'],
    ])
  })

  it('an encrypted file, with the key by reference and the signature checked', async () => {
    const keys = mkdtempSync(path.join(tmpdir(), 'matchbook-pgp-'))
    const make = (name: string, passphrase: string) =>
      pgp.generateKey({ userIDs: [{ name }], type: 'ecc', passphrase, format: 'armored' })
    const [ours, partner] = [await make('Lakeside', 'open sesame'), await make('MedSupply', '')]
    writeFileSync(path.join(keys, 'ours.asc'), ours.privateKey)
    writeFileSync(path.join(keys, 'passphrase'), 'open sesame\n')
    writeFileSync(path.join(keys, 'medsupply.asc'), partner.publicKey)
    const file = (name: string) => path.join(keys, name)
    await withDrops(
      `unwrap: { kinds: [pgp], key: { file: ${file('ours.asc')} }, passphrase: { file: ${file('passphrase')} }, partner-key: ${file('medsupply.asc')} }`,
    )
    const encrypt = async (text: string, signedBy?: string) =>
      pgp.encrypt({
        message: await pgp.createMessage({ binary: Buffer.from(text) }),
        encryptionKeys: await pgp.readKey({ armoredKey: ours.publicKey }),
        ...(signedBy === undefined ? {} : { signingKeys: await pgp.readPrivateKey({ armoredKey: signedBy }) }),
      })
    workspace.put('a_810_.pgp', await encrypt(invoices(1), partner.privateKey))
    workspace.put('b_810_.pgp', await encrypt(invoices(2)))
    await workspace.run()
    expect(await summary()).toEqual([
      ['a_810_.pgp', 'unwrapped', '1 file'],
      ['b_810_.pgp', 'quarantined', expect.stringContaining('cannot be decrypted')],
      ['a_810_', 'read', null],
    ])
    expect(await exceptions()).toContainEqual(['FILE-UNREADABLE', 'b_810_.pgp', 'new'])

    // The partner does not sign after all: the setting goes, the file is put back, and the next night unwraps it.
    const job = path.join(workspace.folder, 'jobs', 'receipt-to-invoice.yaml')
    writeFileSync(job, readFileSync(job, 'utf8').replaceAll(`, partner-key: ${file('medsupply.asc')}`, ''))
    const [, refused] = await ledger()
    await workspace.with(({ state }) => unreadFile(state.database, refused?.id ?? 0))
    await workspace.run()
    expect((await summary()).slice(1)).toEqual([
      ['b_810_.pgp', 'unwrapped', '1 file'],
      ['a_810_', 'read', null],
      ['b_810_', 'read', null],
    ])
    rmSync(keys, { recursive: true })
  })

  it('compressed extracts: what is in them is held against the contract, a broken wrapper is not', async () => {
    workspace = await smallNight()
    edit(workspace, 'jobs/receipt-to-invoice.yaml', (yaml) =>
      yaml.replaceAll(
        'stable-seconds: 0, folder: lawson',
        'stable-seconds: 0, unwrap: { kinds: [gz] }, folder: lawson',
      ),
    )
    const extracts = path.join(workspace.folder, 'drops/erp/lawson/extracts')
    writeFileSync(path.join(extracts, 'ITEMMAST_1.csv.gz'), gzipSync('not,the,columns\n'))
    writeFileSync(path.join(extracts, 'ITEMMAST_2.csv.gz'), gzipSync('cut short').subarray(0, 15))
    for (let night = 0; night < 2; night += 1) {
      await workspace.run()
      expect(await summary()).toEqual([
        ['ITEMMAST_1.csv.gz', 'unwrapped', '1 file'],
        ['ITEMMAST_2.csv.gz', 'quarantined', expect.stringContaining('is not a whole gzip file')],
        ['ITEMMAST_1.csv', 'quarantined', expect.stringMatching(/column/i)],
      ])
    }
    expect(await exceptions()).toContainEqual(['FILE-UNREADABLE', 'ITEMMAST_2.csv.gz', 'open'])
  })

  it('numbered files: a gap is told, what waits is shown, and all is well when it closes', async () => {
    await withDrops(String.raw`sequence: 'INV_810_(\d+)\.x12', wait-hours: 24`)
    workspace.put('INV_810_1.x12', invoices(1))
    workspace.put('INV_810_3.x12', invoices(3))
    await workspace.run()
    expect((await summary()).map(([name]) => name)).toEqual(['INV_810_1.x12'])
    expect(await leftBehind()).toEqual([['INV_810_3.x12', 'waits its turn: INV_810_2.x12 has not been taken']])
    expect(await exceptions()).toContainEqual(['FILE-LATE', 'INV_810_2.x12', 'new'])
    workspace.put('INV_810_2.x12', invoices(2))
    await workspace.run()
    expect((await summary()).map(([name]) => name)).toEqual(['INV_810_1.x12', 'INV_810_2.x12', 'INV_810_3.x12'])
    expect(await leftBehind()).toEqual([])
    expect(await exceptions()).toContainEqual(['FILE-LATE', 'INV_810_2.x12', 'healed'])
  })

  it('files without their done-file: they stay, are shown, and are told when they stay too long', async () => {
    await withDrops('done: "*.done", wait-hours: 0')
    workspace.put('INV_810_1.x12', invoices(1))
    workspace.put('INV_810_2.x12', invoices(2))
    workspace.put('INV_810_2.x12.done', '')
    utimesSync(path.join(workspace.drop, 'INV_810_2.x12'), 1_700_000_000, 1_700_000_000)
    await workspace.run()
    expect((await summary()).map(([name]) => name)).toEqual(['INV_810_2.x12'])
    expect(await leftBehind()).toEqual([['INV_810_1.x12', expect.stringContaining('waits for its done-file')]])
    expect(await exceptions()).toContainEqual(['FILE-LATE', 'INV_810_1.x12', 'new'])
  })
})
