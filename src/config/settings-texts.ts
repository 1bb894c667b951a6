import { createHash } from 'node:crypto'
import { workspaceFile } from './find-workspace.js'
import type { JobSettings } from './job.js'
import type { Workspace } from './load-workspace.js'

export const jobFile = (job: string): string => `jobs/${job}.yaml`
export const contractFile = (contract: string): string => `templates/extracts/${contract}.yaml`
export const loadFile = (template: string): string => `templates/loads/${template}.yaml`

/** What one settings file says, defaults filled in. Secrets are references in it. */
export interface SettingsText {
  /** Below the workspace, whether its own or shipped. */
  readonly name: string
  /** JSON with its keys in order: comments and another order of keys are no difference. */
  readonly text: string
  /** Of the text. */
  readonly sha256: string
}

/** Everything that the workspace says, by file. */
export function allSettings({ settings, jobs, contracts, loads }: Workspace): SettingsText[] {
  return [
    settingsText(workspaceFile, settings),
    ...[...jobs].map(([name, job]) => settingsText(jobFile(name), job)),
    ...[...contracts].map(([name, contract]) => settingsText(contractFile(name), contract)),
    ...[...loads].map(([name, load]) => settingsText(loadFile(name), load)),
  ]
}

/** What a job is judged by: matchbook.yaml, the job, the contracts of its inputs and the templates of its loads. */
export function settingsOfJob(job: JobSettings, workspace: Workspace): SettingsText[] {
  const { settings, contracts, loads } = workspace
  const named = Object.values(job.inputs).flatMap((input) => (input.kind === 'x12' ? [] : [input.contract]))
  const templates = job.loads.map(({ template }) => template)
  return allSettings({
    folder: workspace.folder,
    settings,
    jobs: new Map([[job.job, job]]),
    contracts: new Map([...contracts].filter(([name]) => named.includes(name))),
    loads: new Map([...loads].filter(([name]) => templates.includes(name))),
  })
}

/** What one file says, as text and hash. */
export function settingsText(name: string, value: unknown): SettingsText {
  const text = JSON.stringify(inOrder(value))
  return { name, text, sha256: createHash('sha256').update(text).digest('hex') }
}

const inOrder = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(inOrder)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, inOrder(inner)]),
  )
}
