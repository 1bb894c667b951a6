import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { formatProblems, loadWorkspace } from '../../src/config/index.js'
import { defaultQueues } from '../../src/exceptions/index.js'
import { matcherNeeds } from '../../src/match/index.js'

const broken = path.join(import.meta.dirname, 'broken')
const shippedFolder = path.join(import.meta.dirname, '..', '..')

const load = (name: string) =>
  loadWorkspace(path.join(broken, name), {
    explicit: true,
    shippedFolder,
    knownQueues: defaultQueues,
    matchers: matcherNeeds(),
  })

/** Each folder is a workspace with its report beside it; REGENERATE=1 writes the reports. */
describe.each(readdirSync(broken))('the broken workspace %s', (name) => {
  it('is reported as expected.txt says, mistake by mistake', async () => {
    const { workspace, problems } = await load(name)
    const expected = path.join(broken, name, 'expected.txt')
    if (process.env.REGENERATE === '1') writeFileSync(expected, `${formatProblems(problems)}\n`)
    expect(existsSync(expected), 'run with REGENERATE=1').toBe(true)
    expect(`${formatProblems(problems)}\n`).toBe(readFileSync(expected, 'utf8'))
    expect(workspace).toBeUndefined()
    expect(problems.length).toBeGreaterThan(5)
  })

  it('is reported in the order of files, lines and columns', async () => {
    const { problems } = await load(name)
    const places = problems.map(
      ({ file, line, column }) => `${file} ${[line, column].map((n) => String(n).padStart(6, '0')).join(' ')}`,
    )
    expect(places).toEqual([...places].sort())
  })

  it('is never answered with a message of the schema library or with a secret', async () => {
    const { problems } = await load(name)
    const text = JSON.stringify(problems)
    expect(text).not.toMatch(/Invalid input|Too small|Too big|Unrecognized|undefined|\[object/)
    expect(text).not.toMatch(/hunter2|Sup3rSecret|20250101|4711/)
  })
})
