import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import type { z } from 'zod'
import { checkSchema } from '../../src/config/check-schema.js'
import { checkContract } from '../../src/config/checks/check-contract.js'
import { checkJob } from '../../src/config/checks/check-job.js'
import { checkLoadTemplate } from '../../src/config/checks/check-load-template.js'
import { checkWorkspace } from '../../src/config/checks/check-workspace.js'
import { ExtractContract } from '../../src/config/extract-contract.js'
import { loadWorkspace, type Problem } from '../../src/config/index.js'
import { JobSettings } from '../../src/config/job.js'
import type { SettingsKind } from '../../src/config/json-schemas.js'
import { LoadTemplate } from '../../src/config/load-template.js'
import { matchbookYaml } from '../../src/config/scaffold/matchbook-yaml.js'
import { Setting } from '../../src/config/setting.js'
import { parseSettings } from '../../src/config/settings-file.js'
import { WorkspaceSettings } from '../../src/config/workspace.js'
import { matcherNeeds } from '../../src/match/index.js'
import fc from '../properties.js'

const root = path.join(import.meta.dirname, '..', '..')
const folder = mkdtempSync(path.join(tmpdir(), 'matchbook-fuzz-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const shipped = (file: string): string => readFileSync(path.join(root, file), 'utf8')
const names = { endpoints: ['erp'], partners: undefined, contracts: ['a'], loads: ['b'], matchers: matcherNeeds() }
interface Kind {
  readonly kind: SettingsKind
  readonly text: string
  readonly schema: z.ZodType
  readonly check: (top: Setting) => Problem[]
}
const kinds: readonly Kind[] = [
  {
    kind: 'matchbook',
    text: matchbookYaml('Fuzz'),
    schema: WorkspaceSettings,
    check: (top) => checkWorkspace(top, ['finance']),
  },
  {
    kind: 'job',
    text: shipped('jobs/receipt-to-invoice.yaml'),
    schema: JobSettings,
    check: (top) =>
      checkJob(top, 'jobs/x.yaml', { ...names, identityKey: false, contract: () => top, load: () => top }),
  },
  {
    kind: 'extract-contract',
    text: shipped('templates/extracts/lawson-po-lines.yaml'),
    schema: ExtractContract,
    check: (top) => checkContract(top, 'x.yaml'),
  },
  {
    kind: 'load-template',
    text: shipped('templates/loads/oracle-fusion-ap-invoices.yaml'),
    schema: LoadTemplate,
    check: (top) => checkLoadTemplate(top, 'x.yaml', matcherNeeds()),
  },
]

/** All that is found in a text, whatever it is taken for; never a throw, always a place inside the text. */
function findings(text: string, { kind, schema, check }: Kind): readonly Problem[] {
  const file = parseSettings('fuzz.yaml', text)
  const { value, problems } = checkSchema(file, kind, schema)
  const all = [...problems, ...check(Setting.top(file))]
  if (value === undefined) expect(problems.length).toBeGreaterThan(0)
  const lines = text.split(/\n/).length
  for (const problem of all) {
    expect(problem.line).toBeGreaterThan(0)
    expect(problem.line).toBeLessThanOrEqual(lines)
    expect(problem.column).toBeGreaterThan(0)
    expect(problem.message + problem.expected).not.toMatch(/undefined|\[object|Invalid input/)
  }
  return all
}

const pieces = fc.constantFrom(
  ...[
    '- ',
    '{',
    '}',
    '[',
    ']',
    ': ',
    ':',
    '\n',
    '\n  ',
    '\n    ',
    '&a ',
    '*a',
    '!t ',
    '!!set ',
    '"',
    "'",
    '|\n',
    '>',
    '#',
    '? ',
  ],
  ...[
    ',',
    '\t',
    '---\n',
    '...',
    '%YAML 1.1\n',
    '<<: ',
    '__proto__',
    'constructor',
    '00123',
    '~',
    '0x1F',
    '.nan',
    '\r\n',
    '\\',
  ],
  ...[
    '\u0000',
    '\uFEFF',
    '\uD800',
    'endpoints',
    'kind',
    'sftp',
    'login',
    'password',
    'key',
    'inputs',
    'from',
    'partners',
    'isa',
  ],
)
const kind = fc.constantFrom(...kinds)

describe('settings of any text', () => {
  it('tells of the merge key of YAML 1.1, which is no text', () => {
    const { problems } = parseSettings('matchbook.yaml', '%YAML 1.1\n---\n<<: { state: { folder: x } }\n')
    expect(problems.map(({ line, message }) => `${line}: ${message}`)).toEqual(['3: a merge key <<'])
  })

  it('are read or reported, never thrown over: YAML in pieces', () => {
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 60 }), kind, (parts, as) => void findings(parts.join(''), as)),
      // On a busy machine fewer, and still some.
      { numRuns: 600, interruptAfterTimeLimit: 30_000 },
    )
  })

  it('are read or reported, never thrown over: any characters', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), kind, (text, as) => void findings(text, as)),
      { numRuns: 200 },
    )
  })

  it('are read or reported, never thrown over: a good file with a piece of it changed', () => {
    const change = fc.record({
      as: kind,
      at: fc.double({ min: 0, max: 1, noNaN: true }),
      cut: fc.nat(40),
      put: fc.array(pieces, { maxLength: 3 }),
    })
    let found = 0
    fc.assert(
      fc.property(change, ({ as, at, cut, put }) => {
        const start = Math.floor(at * as.text.length)
        found += findings(as.text.slice(0, start) + put.join('') + as.text.slice(start + cut), as).length
      }),
      { numRuns: 120 },
    )
    expect(found).toBeGreaterThan(50)
  })

  it('are told of in the same words each time', () => {
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 40 }), kind, (parts, as) => {
        expect(findings(parts.join(''), as)).toEqual(findings(parts.join(''), as))
      }),
      { numRuns: 200 },
    )
  })

  it('in bytes that may not be text: a workspace of them is a list of problems', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 100 }), async (bytes) => {
        writeFileSync(path.join(folder, 'matchbook.yaml'), bytes)
        const { workspace, problems } = await loadWorkspace(folder, { explicit: true })
        expect(workspace).toBeUndefined()
        expect(problems.length).toBeGreaterThan(0)
      }),
      { numRuns: 200 },
    )
  })
})

describe('hostile YAML', () => {
  it.each([
    ['brackets in brackets', '['.repeat(200_000)],
    ['lists in lists', `${'- '.repeat(200_000)}1`],
    ['maps in maps', '{a: '.repeat(100_000)],
    ['keys in keys', '? '.repeat(100_000)],
    [
      'aliases of aliases',
      ['a: &a0 [x,x]', ...Array.from({ length: 40 }, (_, n) => `b${n}: &a${n + 1} [*a${n},*a${n}]`)].join('\n'),
    ],
  ])('is refused in one line: %s', (_, text) => {
    const { data, problems } = parseSettings('hostile.yaml', text)
    expect(data).toBeUndefined()
    expect(problems).toHaveLength(1)
  })

  it('cannot reach the prototype of settings', () => {
    const { problems } = parseSettings('hostile.yaml', '__proto__: { polluted: yes }\n"__proto__": 1\n')
    expect(problems.map(({ message }) => message)).toContain('the key __proto__')
    expect(({} as Record<string, unknown>).polluted).toBeUndefined()
  })
})
