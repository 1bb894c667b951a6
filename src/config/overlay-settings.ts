import { entryKeys, ProfileOverlay, placeKeys } from './profile-overlay.js'
import { isMap, valueAt } from './schema-variants.js'
import type { SettingsFile } from './settings-file.js'
import type { Path } from './yaml-nodes.js'

const known = Object.keys(ProfileOverlay.shape)
const isOneOf = (keys: readonly string[], key: unknown): key is string => keys.some((one) => one === key)

/** matchbook.yaml as it is in another profile: one file of settings, of which each value stands where it was written. */
export function overlaySettings(main: SettingsFile, overlay: SettingsFile, profile: string): SettingsFile {
  const fileOf = (path: Path): SettingsFile => (isOfOverlay(overlay.data, path) ? overlay : main)
  return {
    name: main.name,
    data: isMap(main.data) && isMap(overlay.data) ? merged(main.data, overlay.data, profile) : undefined,
    problems: [...main.problems, ...overlay.problems],
    place: (path, at) => fileOf(path).place(path, at),
    plainText: (path) => fileOf(path).plainText(path),
  }
}

type Values = Readonly<Record<string, unknown>>

function merged(main: Values, overlay: Values, profile: string): Values {
  const keys = [...new Set([...Object.keys(main), ...Object.keys(overlay).filter((key) => isOneOf(known, key))])]
  return Object.fromEntries(
    keys.flatMap((key): [string, unknown][] => {
      if (key === 'profile') return [[key, profile]]
      const [there, here] = [main[key], overlay[key]]
      if (here === undefined) return isOneOf(placeKeys, key) ? [] : [[key, there]]
      if (!isOneOf(entryKeys, key) || !isMap(there) || !isMap(here)) return [[key, here]]
      const entries = Object.entries(there).map(([name, entry]) => {
        const own = here[name]
        return [name, isMap(entry) && isMap(own) ? { ...entry, ...own } : (own ?? entry)]
      })
      return [[key, Object.fromEntries(entries)]]
    }),
  )
}

/** Whether a value comes from the overlay, or its lack is the fault of the overlay. */
function isOfOverlay(overlay: unknown, path: Path): boolean {
  const [key] = path
  if (key === undefined) return false
  if (key === 'profile' || isOneOf(placeKeys, key)) return true
  // An entry that is taken over key by key is one of matchbook.yaml.
  if (isOneOf(entryKeys, key) && path.length < 3) return false
  return valueAt(overlay, path.slice(0, isOneOf(entryKeys, key) ? 3 : 1)) !== undefined
}
