import path from 'node:path'
import type { Problem } from '../problem.js'
import type { Setting } from '../setting.js'

/** Jobs, contracts and templates are found by file name and told by the name inside: both must be the same. */
export function namedAsFile(name: Setting, file: string): Problem[] {
  const wanted = path.basename(file, '.yaml')
  if (name.text === undefined || name.text === wanted) return []
  return [
    name.problem(`the name "${name.text}" in ${path.basename(file)}`, 'the name of the file', { suggestion: wanted }),
  ]
}
