import { valueAt } from './schema-variants.js'
import type { SettingsFile } from './settings-file.js'
import type { Path } from './yaml-nodes.js'

/** Where a value in force was written: "profiles/test.yaml:12", or "default" where it was not. */
export function sourceOf(main: SettingsFile, path: Path): string {
  if (valueAt(main.data, path) === undefined) return 'default'
  const { file, line } = main.place(path, 'value')
  return `${file}:${line}`
}

/** The same for each single value below a setting, by its path with dots between. */
export function sourcesBelow(main: SettingsFile, value: unknown, path: Path = []): Record<string, string> {
  if (typeof value !== 'object' || value === null) return { [path.join('.')]: sourceOf(main, path) }
  const inside = Array.isArray(value) ? [...value.entries()] : Object.entries(value)
  if (inside.length === 0) return { [path.join('.')]: sourceOf(main, path) }
  return Object.assign({}, ...inside.map(([step, one]) => sourcesBelow(main, one, [...path, step])))
}
