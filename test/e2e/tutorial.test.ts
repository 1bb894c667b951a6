import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import excel from 'exceljs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const root = path.join(import.meta.dirname, '..', '..')
const tutorial = readFileSync(path.join(root, 'docs', 'tutorial.md'), 'utf8')

type Step =
  | { readonly kind: 'run'; readonly command: string; readonly prints: readonly string[] }
  | { readonly kind: 'go'; readonly to: string }
  | { readonly kind: 'decide' }

/** The page as what a reader does: commands with what they print, changes of folder, and the step in Excel. */
const steps: readonly Step[] = [
  ...tutorial.matchAll(/```console\n\$ ([^\n]+)\n([\s\S]*?)\n```|```sh\ncd (\S+)\n```|(<!-- the test does here)/g),
].map(([, command, prints, to]) => {
  if (command !== undefined) return { kind: 'run', command, prints: (prints ?? '').split('\n') }
  return to === undefined ? { kind: 'decide' } : { kind: 'go', to }
})

let base: string
beforeAll(() => {
  base = mkdtempSync(path.join(tmpdir(), 'matchbook-tutorial-'))
  mkdirSync(path.join(base, 'home'))
  mkdirSync(path.join(base, 'bin'))
  const program = path.join(base, 'bin', 'matchbook')
  writeFileSync(program, `#!/bin/sh\nexec "${process.execPath}" "${path.join(root, 'bin', 'run.js')}" "$@"\n`)
  chmodSync(program, 0o755)
})
afterAll(() => rmSync(base, { recursive: true, force: true }))

/** Without what no two runs have in common, nor two versions of the simulated night: times, ids, amounts and how wide they make a table. */
const untimed = (line: string): string =>
  line
    .replaceAll(path.join(base, 'home'), '/home/you')
    .replaceAll(/\d{8}T\d{6}Z-[0-9a-f]{4}/g, 'RUN')
    .replaceAll(/\d{4}-\d\d-\d\d \d\d:\d\d/g, 'TIME')
    .replaceAll(/\b[0-9a-f]{8}(?=\.zip)|\b[0-9a-f]{64}\b/g, 'HASH')
    .replaceAll(/\(as \S+\)/g, '(as you@host)')
    .replace(/(contracts +new .*TIME) .*/, '$1')
    .replaceAll(/\d[\d,.]*/g, '#')
    .replaceAll(/ +/g, ' ')
    .trimEnd()

/** Every line in its place; between them only what ... stands for. */
function expectPrinted(printed: readonly string[], wanted: readonly string[], command: string): void {
  let at = 0
  let mayFollowLater = false
  for (const line of wanted.map(untimed)) {
    if (line === '...') {
      mayFollowLater = true
      continue
    }
    const found = mayFollowLater ? printed.indexOf(line, at) : at
    expect(printed[found], `${command} prints:\n${printed.join('\n')}\n\nafter line ${at}, wanted`).toBe(line)
    at = found + 1
    mayFollowLater = false
  }
  if (!mayFollowLater) expect(printed.slice(at), `${command} prints more than the page says`).toEqual([])
}

/** Steps 1 to 3 of "Decide, in Excel". */
async function decideInExcel(workspace: string): Promise<void> {
  const reports = path.join(workspace, 'state', 'reports')
  const [run = ''] = readdirSync(reports)
  const book = new excel.Workbook()
  await book.xlsx.readFile(path.join(reports, run, 'receipt-to-invoice-2026-11-20.xlsx'))
  const sheet = book.getWorksheet('Contracts')
  const titles = sheet?.getRow(4).values as (string | undefined)[]
  sheet?.eachRow((row, number) => {
    const cell = (title: string) => row.getCell(titles.indexOf(title))
    if (number <= 4 || cell('Code').value !== 'INV-PRICE' || Number(cell('At risk').value) >= 100) return
    cell('Decision').value = 'accept-price'
    cell('Decided by').value = 'R. Ortiz'
    cell('Note').value = 'price agreed by telephone'
  })
  await book.xlsx.writeFile(path.join(workspace, 'decided.xlsx'))
}

describe('docs/tutorial.md', () => {
  it('prints what it says when its commands are typed as they stand', async () => {
    expect(steps.filter(({ kind }) => kind === 'run').length).toBeGreaterThan(10)
    let cwd = path.join(base, 'home')
    const env = { ...process.env, NO_COLOR: '1', PATH: `${path.join(base, 'bin')}:${process.env.PATH}` }
    for (const step of steps) {
      if (step.kind === 'go') cwd = path.join(cwd, step.to)
      else if (step.kind === 'decide') await decideInExcel(cwd)
      else {
        // An exit code other than 0 may be what the page is about; the shell goes on as a reader would.
        const printed = execFileSync('bash', ['-c', `${step.command} 2>&1 || true`], { cwd, env, encoding: 'utf8' })
        expectPrinted(printed.trimEnd().split('\n').map(untimed), step.prints, step.command)
      }
    }
  })
})
