import type { z } from 'zod'
import { checkSchema } from './check-schema.js'
import { ExtractContract } from './extract-contract.js'
import { workspaceFile } from './find-workspace.js'
import { JobSettings } from './job.js'
import type { SettingsKind } from './json-schemas.js'
import { LoadTemplate } from './load-template.js'
import type { Workspace } from './load-workspace.js'
import type { Problem } from './problem.js'
import { parseSettings } from './settings-file.js'
import { contractFile, jobFile, loadFile, type SettingsText } from './settings-texts.js'
import { type Partner, WorkspaceSettings } from './workspace.js'

/**
 * The workspace by what was kept of an earlier one: it judges as that one did. Where files lie and go, and who may decide, is as
 * today; so is every job that nothing was kept of. What today's schemas do not read any more is a problem.
 */
export function workspaceAsOf(
  today: Workspace,
  kept: readonly SettingsText[],
): { readonly workspace?: Workspace; readonly problems: readonly Problem[] } {
  const problems: Problem[] = []
  const read = <T>(of: SettingsKind, schema: z.ZodType<T>, isOf: (name: string) => boolean): T[] =>
    kept
      .filter(({ name }) => isOf(name))
      .flatMap(({ name, text }) => {
        const { value, problems: found } = checkSchema(parseSettings(name, text), of, schema)
        problems.push(...found)
        return value === undefined ? [] : [value]
      })
  const [then] = read('matchbook', WorkspaceSettings, (name) => name === workspaceFile)
  const jobs = read('job', JobSettings, (name) => name.startsWith(folderOf(jobFile)))
  const contracts = read('extract-contract', ExtractContract, (name) => name.startsWith(folderOf(contractFile)))
  const loads = read('load-template', LoadTemplate, (name) => name.startsWith(folderOf(loadFile)))
  if (then === undefined || problems.length > 0) return { problems }
  const workspace: Workspace = {
    folder: today.folder,
    settings: placedAsToday(then, today.settings),
    jobs: new Map([...today.jobs, ...jobs.map((job) => [job.job, job] as const)]),
    contracts: new Map([...today.contracts, ...contracts.map((contract) => [contract.contract, contract] as const)]),
    loads: new Map([...today.loads, ...loads.map((load) => [load.template, load] as const)]),
  }
  return { workspace: Object.freeze(workspace), problems: [] }
}

const folderOf = (fileOf: (name: string) => string): string => fileOf('').replace(/[^/]*$/, '')

/** Rules of then; places, people and housekeeping of today. */
function placedAsToday(then: WorkspaceSettings, today: WorkspaceSettings): WorkspaceSettings {
  const { state, endpoints, deciders, roles, contracts, schedule, backup, metrics, retention } = today
  const partners = Object.entries(then.partners).map(([name, partner]) => [
    name,
    answeredAsToday(partner, today.partners[name]),
  ])
  return {
    ...then,
    ...{ state, endpoints, deciders, roles, contracts, schedule, backup, metrics, retention },
    partners: Object.fromEntries(partners),
  }
}

/** Our acknowledgments go where the partner takes them today. */
function answeredAsToday(then: Partner, today: Partner | undefined): Partner {
  if (then.x12 === undefined) return then
  const { 'send-to': _, ...x12 } = then.x12
  const to = today?.x12?.['send-to']
  return { ...then, x12: { ...x12, ...(to === undefined ? {} : { 'send-to': to }) } }
}
