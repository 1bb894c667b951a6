import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { matchbook, matchbookJson } from './matchbook.js'

const samples = path.join(import.meta.dirname, '..', '..', 'edi-samples')
const binary = path.join(import.meta.dirname, '..', '..', 'bin', 'run.js')
const order = path.join(samples, '850', 'plain.edi')
let cwd: string

beforeAll(() => {
  cwd = mkdtempSync(path.join(os.tmpdir(), 'matchbook-test-edi-'))
})
afterAll(() => rmSync(cwd, { recursive: true, force: true }))

describe('X12 for people, anywhere, without a workspace', () => {
  it('view reads standard input', () => {
    const { status, stdout } = spawnSync(process.execPath, [binary, 'edi', 'view', '-'], {
      cwd,
      input: readFileSync(order),
      encoding: 'utf8',
      env: { ...process.env, NO_COLOR: '1' },
    })
    expect(status).toBe(0)
    expect(stdout).toContain('Purchase order 4500012345\nnew order, 2 lines, from ST BRIGID HEALTH')
    expect(stdout).toMatch(/Line +Quantity +Unit +Unit price +Extended +Item/)
  })

  it('view writes a page, colours a terminal that wants it, and shows segments as they stand', async () => {
    const page = await matchbook(['edi', 'view', order, '--html', '--output', 'order.html'], { cwd })
    expect(page).toMatchObject({ exit: 0, stdout: '' })
    const html = readFileSync(path.join(cwd, 'order.html'), 'utf8')
    expect([html.slice(0, 15), html.slice(-8)]).toEqual(['<!doctype html>', '</html>\n'])
    const plain = await matchbook(['edi', 'view', order, '--raw'], { cwd })
    expect(plain.stdout).toMatch(/ 356 +11 {2}Line +PO1\*1\*10\*BX\*24\.50/)
    const coloured = await matchbook(['edi', 'view', order], { cwd, env: { NO_COLOR: '', FORCE_COLOR: '1' } })
    expect(coloured.stdout).toContain('\u001b[1mPurchase order 4500012345')
  })

  it('lint ends with 0 where nothing is wrong, with 3 and a place where something is', async () => {
    expect(await matchbook(['edi', 'lint', order], { cwd })).toMatchObject({ exit: 0 })
    const wrong = path.join(cwd, 'wrong.edi')
    writeFileSync(wrong, readFileSync(order, 'latin1').replace('PO1*1*10*BX', 'PO1*1*1O*BX'))
    const found = await matchbook(['edi', 'lint', order, 'wrong.edi'], { cwd })
    expect(found.exit).toBe(3)
    expect(found.stdout).toMatch(/wrong\.edi\n +850 0001[^\n]*\n +error {2}PO102 {2}line 11, byte 362/)
    const sarif = await matchbook(['edi', 'lint', 'wrong.edi', '--format', 'sarif'], { cwd })
    expect(JSON.parse(sarif.stdout)).toMatchObject({ version: '2.1.0', runs: [{ results: [{ ruleId: 'AK403:6' }] }] })
    const { json } = await matchbookJson<{ findings: object[] }>(['edi', 'lint', 'wrong.edi'], { cwd })
    expect(json.findings).toMatchObject([{ file: 'wrong.edi', segment: 'PO1', element: 2, value: '1O' }])
  })

  it('split, then diff of the parts, then make of what view says', async () => {
    const whole = path.join(samples, '856', 'backordered-rest-shipped-later.edi')
    const { exit, json } = await matchbookJson<{ written: number }>(['edi', 'split', whole, '--output', 'parts'], {
      cwd,
    })
    expect([exit, json.written]).toEqual([0, 2])
    const [first = '', second = ''] = readdirSync(path.join(cwd, 'parts')).sort()
    const same = await matchbook(['edi', 'diff', `parts/${first}`, `parts/${first}`], { cwd })
    expect(same).toMatchObject({ exit: 0 })
    const differ = await matchbook(['edi', 'diff', `parts/${first}`, `parts/${second}`], { cwd })
    expect(differ.exit).toBe(3)
    expect(differ.stdout).toContain('Ship notice SHP-700177')

    const viewed = await matchbook(['edi', 'view', `parts/${first}`, '--json'], { cwd })
    writeFileSync(path.join(cwd, 'shipment.json'), viewed.stdout)
    const made = await matchbook(['edi', 'make', 'shipment.json', '--control', '41', '--output', 'again.edi'], { cwd })
    expect([made.exit, made.stderr]).toEqual([0, ''])
    const again = await matchbook(['edi', 'diff', `parts/${first}`, 'again.edi'], { cwd })
    expect(again.exit).toBe(0)
    const never = await matchbook(['edi', 'make', 'shipment.json', '--control', '42', '--output', 'again.edi'], { cwd })
    expect(never.exit).toBe(2)
    expect(readFileSync(path.join(cwd, 'again.edi'), 'utf8')).toContain('*000000041*')
  })

  it('ack answers on standard output, and says what it said on the other', async () => {
    const answer = await matchbook(['edi', 'ack', order, '--type', 'ta1', '--control', '9'], { cwd })
    expect(answer.exit).toBe(0)
    expect(answer.stdout).toMatch(/^ISA\*.*\*000000009\*0\*P\*>~\nTA1\*000001027\*261120\*2130\*A\*000~\nIEA/)
    expect(answer.stderr).toContain('Interchange 000001027 from BRIGIDHEALTH: accepted')
  })

  it('a file that is not there is a wrong call, and leaves nothing behind', async () => {
    const gone = await matchbook(['edi', 'view', 'gone.edi', '--output', 'unused.txt'], { cwd })
    expect(gone.exit).toBe(2)
    expect(gone.stderr).toContain('there is no file gone.edi')
    expect(existsSync(path.join(cwd, 'unused.txt'))).toBe(false)
  })
})
