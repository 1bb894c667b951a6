import { stringify } from 'yaml'
import type { RunDetail } from '../../app/runs/list-runs.js'
import { table } from './table.js'

/** What a run was judged by: names and hashes, or all that they say where it was asked for. */
export function runSettingsText({ settings, settingsPurged }: RunDetail): string {
  if (settingsPurged !== null) return `Its settings were ${settingsPurged}.`
  if (settings.length === 0) return 'Its settings were not kept: it is of before they were.'
  const said = settings.filter(({ says }) => says !== undefined)
  if (said.length > 0)
    return said.map(({ name, sha256, says }) => `---\n# ${name} ${sha256}\n${stringify(says)}`).join('')
  return table(settings, [
    { title: 'Judged by', value: ({ name }) => name },
    { title: 'SHA-256', value: ({ sha256 }) => sha256 },
  ])
}
