import { Ajv } from 'ajv'
import { describe, expect, it } from 'vitest'
import { lintFile } from '../../../src/app/edi/lint-file.js'
import type { LintFinding, LintResult } from '../../../src/app/edi/lint-finding.js'
import { loadRuleText } from '../../../src/app/edi/rule-text.js'
import { setChecker } from '../../../src/app/edi/set-checker.js'
import { textWriter } from '../../../src/commands/render/edi-lint-text.js'
import { sarifLog } from '../../../src/commands/render/edi-sarif.js'
import { interchange, sampleText, withOpened } from './viewed.js'

async function lint(bytes: string | Uint8Array): Promise<{ findings: LintFinding[]; result: LintResult }> {
  const findings: LintFinding[] = []
  const check = await setChecker()
  const result = await withOpened(bytes, (file) => lintFile(file, check, (finding) => findings.push(finding)))
  return { findings, result }
}
const clean = sampleText('850/plain.edi')
const marked = ({ text, mark }: LintFinding): string => text.slice(mark.from, mark.from + mark.length)

describe('findings of a file', () => {
  it('are none where there is nothing wrong', async () => {
    expect(await lint(clean)).toEqual({
      findings: [],
      result: {
        file: expect.any(String),
        sets: 1,
        interchangeAcknowledgments: 0,
        errors: 0,
        warnings: 0,
        guides: [{ set: '850', version: '004010', guide: '004010', lenient: false }],
      },
    })
  })

  it('name the element, its bytes, its value and what would be right', async () => {
    const wrong = clean.replace('PO1*1*10*BX', 'PO1*1*1O*BX')
    const { findings, result } = await lint(wrong)
    expect(result.errors).toBe(1)
    const [finding] = findings
    expect(finding).toMatchObject({
      level: 'error',
      code: 'X12-SYNTAX',
      standardCode: 'AK403:6',
      segment: 'PO1',
      element: 2,
      value: '1O',
      byteOffset: wrong.indexOf('1O*BX'),
      byteLength: 2,
      line: 11,
      set: { id: '850', control: '0001', interchange: '000001027', line: 3 },
    })
    expect(finding?.expected).toContain('digits')
    expect(finding && marked(finding)).toBe('1O')
  })

  it('show what is written in UTF-8 as people read it, the mark beneath what is wrong', async () => {
    const bytes = Buffer.from(clean.replace('ST BRIGID MAIN HOSPITAL*92*', 'SPITAL ZÜRICH-SÜD*Z9*'))
    const { findings } = await lint(bytes)
    expect(findings.map(({ text }) => text)).toEqual(['N1*ST*SPITAL ZÜRICH-SÜD*Z9*100-DOCK2'])
    expect(findings.map(marked)).toEqual(['Z9'])
  })

  it('tell each mistake once, though two readers stumble over it', async () => {
    const { findings } = await lint(sampleText('810/every-mistake-is-told.edi'))
    const places = findings.map(({ byteOffset, element }) => `${byteOffset}:${element}`)
    expect(places.length).toBeGreaterThan(8)
    expect(new Set(places).size).toBe(places.length)
  })

  it('stand in the order of the file, with the envelope among them', async () => {
    const wrong = clean.replace('PO1*1*10*BX', 'PO1*1*1O*BX').replace('GE*1*1027', 'GE*2*1027')
    const { findings } = await lint(wrong)
    expect(findings.map(({ standardCode }) => standardCode)).toEqual(['AK403:6', 'AK905:5'])
    expect(findings[1]?.set).toBeUndefined()
    expect(findings[1] && marked(findings[1])).toBe('2')
  })

  it('mark the place of an element that is missing', async () => {
    const { findings } = await lint(interchange('850', 'PO', ['BEG*00*NE*4500', 'PO1*1*2*EA*4**VP*A']))
    const missing = findings.find(({ segment }) => segment === 'BEG')
    expect(missing).toMatchObject({ element: 5, standardCode: 'AK403:1', text: 'BEG*00*NE*4500' })
    expect(missing?.mark.from).toBeGreaterThanOrEqual('BEG*00*NE*4500'.length)
  })

  it('point at the right bytes in a file that is wrapped at 80 columns', async () => {
    const flat = clean.replaceAll('\n', '').replace('PO1*1*10*BX', 'PO1*1*1O*BX')
    const wrapped = (flat.match(/.{1,80}/gs) ?? []).join('\r\n')
    const { findings } = await lint(wrapped)
    expect(findings).toHaveLength(1)
    const [finding] = findings
    const bytes = wrapped.slice(finding?.byteOffset, (finding?.byteOffset ?? 0) + (finding?.byteLength ?? 0))
    expect(bytes.replaceAll('\r\n', '')).toBe('1O')
    expect(finding && marked(finding)).toBe('1O')
    expect(wrapped.slice(0, finding?.byteOffset).split('\r\n').length).toBeGreaterThanOrEqual(finding?.line ?? 99)
  })

  it('do not take the neighbours of a broken set along', async () => {
    const two = sampleText('856/backordered-rest-shipped-later.edi').replace(/SE\*\d+\*0001/, 'SE*99*0001')
    const { findings, result } = await lint(two)
    expect(result.sets).toBe(2)
    expect(findings.map(({ standardCode }) => standardCode)).toContain('AK502:4')
  })

  it('are told of a file that is no X12 at all', async () => {
    const { findings } = await lint('PO,LINE,QTY\n1,1,5\n')
    expect(findings.map(({ code }) => code)).toEqual(['FILE-UNREADABLE'])
  })
})

describe('a partner that wants it otherwise', () => {
  it('is asked for what its guide requires, and nobody else is', async () => {
    const guide = { set: '850', segments: { PO1: { elements: { '09': { required: true } } } } }
    const check = await setChecker(({ receiver }) =>
      receiver === '087654321' ? { partner: 'Carden', guides: [guide] } : undefined,
    )
    const found = async (bytes: string): Promise<LintFinding[]> => {
      const findings: LintFinding[] = []
      await withOpened(bytes, (file) => lintFile(file, check, (finding) => findings.push(finding)))
      return findings
    }
    const without = clean.replace('*IN*300117', '*IN').replace('*IN~', '~')
    expect((await found(without)).filter(({ segment }) => segment === 'PO1')).toMatchObject([{ element: 9 }])
    expect(await found(without.replaceAll('087654321', '011112222'))).toEqual([])
  })
})

describe('findings for people', () => {
  it('stand under file and set, with a caret under what is meant', async () => {
    const { findings, result } = await lint(clean.replace('PO1*1*10*BX', 'PO1*1*1O*BX'))
    const lines: string[] = []
    const writer = textWriter((text) => lines.push(text), 10)
    for (const finding of findings) writer.one(finding, 'order.850')
    writer.end([result])
    const shown = lines.join('\n').split('\n')
    expect(shown.slice(0, 2)).toEqual(['order.850', '  850 0001, interchange 000001027, line 3'])
    const excerpt = shown.findIndex((line) => line.includes('PO1*1*1O*BX'))
    expect(shown[excerpt]?.indexOf('1O')).toBe(shown[excerpt + 1]?.indexOf('^^'))
    expect(shown.at(-1)).toBe('1 transaction set in 1 file checked: 1 error')
  })

  it('keep the caret in view in a very long segment', async () => {
    const long = interchange('850', 'PO', [
      'BEG*00*NE*1**20261120',
      `REF*ZZ*${'A'.repeat(30)}*${'B'.repeat(300)}`,
      'PO1*1*2*EA*4**VP*A',
    ])
    const { findings, result } = await lint(long)
    const lines: string[] = []
    const writer = textWriter((text) => lines.push(text), 10)
    for (const finding of findings) writer.one(finding, 'f')
    writer.end([result])
    expect(findings[0]).toMatchObject({ segment: 'REF', element: 3 })
    const shown = lines.join('\n').split('\n')
    expect(Math.max(...shown.map((line) => line.length))).toBeLessThan(220)
    expect(shown.some((line) => /^ +\^+$/.test(line))).toBe(true)
  })

  it('are counted beyond the limit', async () => {
    const { findings, result } = await lint(sampleText('810/every-mistake-is-told.edi'))
    const lines: string[] = []
    const writer = textWriter((text) => lines.push(text), 2)
    for (const finding of findings) writer.one(finding, 'f')
    writer.end([result])
    expect(lines.join('\n')).toContain(`${findings.length - 2} findings more with --limit`)
  })
})

/** What of the SARIF 2.1.0 schema a reader relies on. */
const sarifShape = {
  type: 'object',
  required: ['version', '$schema', 'runs'],
  properties: {
    version: { const: '2.1.0' },
    runs: {
      type: 'array',
      minItems: 1,
      items: {
        type: 'object',
        required: ['tool', 'results'],
        properties: {
          columnKind: { enum: ['utf16CodeUnits', 'unicodeCodePoints'] },
          tool: {
            type: 'object',
            required: ['driver'],
            additionalProperties: false,
            properties: {
              driver: {
                type: 'object',
                required: ['name', 'rules'],
                properties: {
                  semanticVersion: { type: 'string', pattern: '^\\d+\\.\\d+\\.\\d+' },
                  rules: {
                    type: 'array',
                    uniqueItems: true,
                    items: {
                      type: 'object',
                      required: ['id', 'shortDescription'],
                      properties: {
                        id: { type: 'string', minLength: 1 },
                        shortDescription: {
                          type: 'object',
                          required: ['text'],
                          properties: { text: { type: 'string', minLength: 1 } },
                        },
                      },
                    },
                  },
                },
              },
            },
          },
          results: {
            type: 'array',
            items: {
              type: 'object',
              required: ['ruleId', 'ruleIndex', 'level', 'message', 'locations'],
              additionalProperties: false,
              properties: {
                ruleId: { type: 'string' },
                ruleIndex: { type: 'integer', minimum: 0 },
                level: { enum: ['none', 'note', 'warning', 'error'] },
                message: { type: 'object', required: ['text'], properties: { text: { type: 'string', minLength: 1 } } },
                properties: { type: 'object' },
                locations: {
                  type: 'array',
                  minItems: 1,
                  items: {
                    type: 'object',
                    additionalProperties: false,
                    properties: {
                      logicalLocations: { type: 'array' },
                      physicalLocation: {
                        type: 'object',
                        required: ['artifactLocation', 'region'],
                        additionalProperties: false,
                        properties: {
                          artifactLocation: {
                            type: 'object',
                            required: ['uri'],
                            properties: { uri: { type: 'string', pattern: '^[^ \\\\]+$' } },
                          },
                          region: {
                            type: 'object',
                            required: ['startLine', 'byteOffset', 'byteLength'],
                            additionalProperties: false,
                            properties: {
                              startLine: { type: 'integer', minimum: 1 },
                              byteOffset: { type: 'integer', minimum: 0 },
                              byteLength: { type: 'integer', minimum: 0 },
                              snippet: { type: 'object', required: ['text'], properties: { text: { type: 'string' } } },
                            },
                          },
                        },
                      },
                    },
                  },
                },
              },
            },
          },
        },
      },
    },
  },
}

describe('findings as SARIF', () => {
  it('have the shape of SARIF 2.1.0, with bytes and lines', async () => {
    const { findings } = await lint(sampleText('810/every-mistake-is-told.edi'))
    const filed = findings.map((finding) => ({ ...finding, file: 'in/every mistake.edi' }))
    const log = sarifLog(filed, '1.2.3', await loadRuleText())
    const valid = new Ajv({ allErrors: true, strict: false }).compile(sarifShape)
    expect(valid(JSON.parse(JSON.stringify(log))), JSON.stringify(valid.errors)).toBe(true)
    const [run] = (
      log as {
        runs: {
          results: { ruleId: string; ruleIndex: number }[]
          tool: { driver: { rules: { id: string; shortDescription: { text: string } }[] } }
        }[]
      }
    ).runs
    expect(run?.results).toHaveLength(findings.length)
    for (const { ruleId, ruleIndex } of run?.results ?? []) expect(run?.tool.driver.rules[ruleIndex]?.id).toBe(ruleId)
    expect(run?.tool.driver.rules.find(({ id }) => id === 'AK403:8')?.shortDescription.text).toBe('Invalid date')
    expect(JSON.stringify(log)).toContain('"uri":"in/every%20mistake.edi"')
  })

  it('are an empty list where nothing is wrong', async () => {
    const log = sarifLog([], '1.2.3', await loadRuleText())
    const valid = new Ajv({ strict: false }).compile(sarifShape)
    expect(valid(log)).toBe(true)
    expect(log).toMatchObject({ runs: [{ results: [] }] })
  })
})
