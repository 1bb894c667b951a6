import type { Found } from './walk.js'

/** Names that the done-file of `name` may have: for PO_1.edi and `*.done` PO_1.edi.done, then PO_1.done. */
function doneNames(pattern: string, name: string): readonly string[] {
  const cut = name.lastIndexOf('/') + 1
  const [folder, base] = [name.slice(0, cut), name.slice(cut)]
  const dot = base.lastIndexOf('.')
  const stems = dot > 0 ? [base, base.slice(0, dot)] : [base]
  return stems.map((stem) => folder + pattern.replace('*', () => stem))
}

/** Whether a name can only be that of a done-file. */
export function isDoneName(pattern: string, name: string): boolean {
  const base = name.slice(name.lastIndexOf('/') + 1)
  const [before = '', after = ''] = pattern.split('*')
  return base.length > before.length + after.length && base.startsWith(before) && base.endsWith(after)
}

/** The done-file of a file, or why the file is not released by one. */
export function doneFileOf(pattern: string, file: Found, byName: ReadonlyMap<string, Found>): Found | string {
  const names = doneNames(pattern, file.name)
  const done = names.map((name) => byName.get(name)).find((one) => one?.entry.kind === 'file')
  if (done === undefined) return `waits for its done-file ${names.join(' or ')}`
  // Left over from an earlier file of the name, which is being replaced.
  if (done.entry.modified < file.entry.modified) return `its done-file ${done.name} is older than the file`
  return done
}
