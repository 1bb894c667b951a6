import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'

/** Which room may import which; `type`: only the shape of its settings, erased when compiled. See docs/decisions/0002-rooms.md. */
const mayImport: Record<string, readonly string[]> = {
  errors: [],
  canonical: [],
  config: ['errors', 'canonical'],
  exchange: ['errors', 'canonical'],
  formats: ['errors', 'canonical'],
  contracts: ['formats', 'canonical', 'errors'],
  documents: ['formats', 'canonical', 'errors'],
  match: ['canonical', 'errors'],
  exceptions: ['canonical', 'errors'],
  outputs: ['exceptions', 'canonical', 'formats', 'errors'],
  state: ['canonical', 'exceptions', 'errors'],
  simulate: ['canonical', 'formats', 'errors'],
  schedule: ['canonical', 'errors'],
  app: [
    'config',
    'exchange',
    'formats',
    'contracts',
    'documents',
    'match',
    'exceptions',
    'outputs',
    'state',
    'simulate',
    'schedule',
    'canonical',
    'errors',
  ],
  commands: ['app', 'errors'],
}
/** The only files that name an adapter or an engine. */
const adapters = /exchange\/(sftp|local|s3)\/|state\/(open-state|move-state|sqlite|postgres)|match\/engine\//
const composers = ['app/compose.ts', 'app/open-archive.ts', 'app/open-calculator.ts']
const source = path.join(import.meta.dirname, '..', 'src')

interface Import {
  readonly from: string
  readonly to: string
  readonly typeOnly: boolean
}

const files = readdirSync(source, { recursive: true, encoding: 'utf8' })
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => file.endsWith('.ts'))

const imports: readonly Import[] = files.flatMap((from) => {
  const text = readFileSync(path.join(source, from), 'utf8')
  const found = [
    ...text.matchAll(
      /(?:^|\n)(import|export)\s+(type\s)?[^'"]*?from\s+['"](\.[^'"]+)['"]|import\(\s*['"](\.[^'"]+)['"]\s*\)/g,
    ),
  ]
  return found.map(([, , type, named, dynamic]) => ({
    from,
    to: path.posix.join(path.posix.dirname(from), (named ?? dynamic ?? '').replace(/\.js$/, '.ts')),
    typeOnly: type !== undefined,
  }))
})
const room = (file: string): string => (file.includes('/') ? (file.split('/')[0] ?? '') : '')

describe('the house', () => {
  it('has only rooms that are on the plan', () => {
    expect([...new Set(files.map(room))].filter((name) => name !== '' && !(name in mayImport))).toEqual([])
  })

  it('has imports to look at', () => {
    expect(imports.length).toBeGreaterThan(100)
  })

  it('lets each room import only the rooms below it', () => {
    const wrong = imports.filter(({ from, to, typeOnly }) => {
      const [here, there] = [room(from), room(to)]
      if (here === '' || here === there) return false
      if (there === 'config' && typeOnly) return false
      return !mayImport[here]?.includes(there)
    })
    expect(wrong).toEqual([])
  })

  it('names adapters in the composer only', () => {
    const wrong = imports.filter(
      ({ from, to, typeOnly }) =>
        adapters.test(to) && !typeOnly && room(from) !== room(to) && !composers.includes(from),
    )
    expect(wrong).toEqual([])
  })

  it('has no circle between files', () => {
    const next = new Map<string, string[]>()
    for (const { from, to } of imports) next.set(from, [...(next.get(from) ?? []), to])
    const done = new Set<string>()
    const circles: string[] = []
    const walk = (file: string, trail: readonly string[]): void => {
      if (trail.includes(file)) circles.push([...trail.slice(trail.indexOf(file)), file].join(' -> '))
      if (done.has(file) || trail.includes(file)) return
      for (const to of next.get(file) ?? []) walk(to, [...trail, file])
      done.add(file)
    }
    for (const file of next.keys()) walk(file, [])
    expect(circles).toEqual([])
  })

  it('has no drawer: every file and folder says what it holds', () => {
    expect(
      files.filter((file) => /(^|\/)(utils?|helpers?|common|misc|types|shared|lib)(\/|\.ts$)/i.test(file)),
    ).toEqual([])
  })
})
