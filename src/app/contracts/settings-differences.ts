/** Where two versions of settings differ. */
export interface SettingsDifference {
  /** As in columns[PO_DATE].formats; entries of lists that have a name are told by it. */
  readonly path: string
  /** null: it is not there. */
  readonly before: unknown
  readonly after: unknown
}

/** What one says and the other does not, or otherwise, in the order of the first. */
export function settingsDifferences(before: unknown, after: unknown, path = ''): SettingsDifference[] {
  if (JSON.stringify(before) === JSON.stringify(after)) return []
  const [a, b] = [entriesOf(before), entriesOf(after)]
  if (a === undefined || b === undefined) return [{ path, before: before ?? null, after: after ?? null }]
  const named = Array.isArray(before)
  const names = [...new Set([...a.keys(), ...b.keys()])]
  const inner = names.flatMap((name) => {
    const at = named ? `${path}[${name}]` : path === '' ? name : `${path}.${name}`
    return settingsDifferences(a.get(name), b.get(name), at)
  })
  // The same entries in another order.
  return inner.length > 0 ? inner : [{ path: `${path} (order)`, before: [...a.keys()], after: [...b.keys()] }]
}

function entriesOf(value: unknown): Map<string, unknown> | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  if (!Array.isArray(value)) return new Map(Object.entries(value))
  if (value.some((entry) => typeof entry !== 'object' || entry === null)) return undefined
  return new Map(value.map((entry: object, n) => [nameOf(entry) ?? String(n + 1), entry]))
}

const nameOf = (entry: object): string | undefined => {
  const { name, relation } = entry as { name?: unknown; relation?: unknown }
  return typeof name === 'string' ? name : typeof relation === 'string' ? relation : undefined
}
