import type { SettingsText } from '../../config/index.js'
import type { RunComparison } from './run-comparison.js'

/** Headings that say where things lie and not how they are judged: two workspaces always differ in them. */
const places = ['endpoints', 'state', 'backup', 'metrics', 'telemetry', 'catalog', 'schedule', 'from', 'workspace']

/** Settings by which one run judged otherwise than the other: files, and the headings in them. Null where one side kept none. */
export function compareSettings(
  left: readonly SettingsText[],
  right: readonly SettingsText[],
): RunComparison['settings'] {
  if (left.length === 0 || right.length === 0) return null
  const [ls, rs] = [byName(left), byName(right)]
  return [...new Set([...ls.keys(), ...rs.keys()])].sort().flatMap((name) => {
    const [l, r] = [ls.get(name), rs.get(name)]
    if (l === undefined || r === undefined) return [{ name, headings: [] }]
    const headings = [...new Set([...Object.keys(l), ...Object.keys(r)])].filter(
      (heading) => JSON.stringify(judging(l[heading])) !== JSON.stringify(judging(r[heading])),
    )
    const telling = headings.filter((heading) => !places.includes(heading))
    return telling.length === 0 ? [] : [{ name, headings: telling }]
  })
}

const byName = (all: readonly SettingsText[]) =>
  new Map(all.map(({ name, text }) => [name, JSON.parse(text) as Readonly<Record<string, unknown>>]))

/** A setting without what it says of places, however deep that stands. */
function judging(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(judging)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, inner]) => (places.includes(name) ? [] : [[name, judging(inner)]])),
  )
}
