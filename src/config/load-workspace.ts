import { existsSync } from 'node:fs'
import path from 'node:path'
import type { z } from 'zod'
import { MatchbookError } from '../errors/index.js'
import { checkSchema } from './check-schema.js'
import { checkContract } from './checks/check-contract.js'
import { checkDeciders } from './checks/check-deciders.js'
import { checkGuides } from './checks/check-guides.js'
import { checkJob, type KnownNames, type MatcherNeeds } from './checks/check-job.js'
import { checkLoadTemplate } from './checks/check-load-template.js'
import { checkProfile } from './checks/check-profile.js'
import { checkRoles } from './checks/check-roles.js'
import { checkBlackouts, checkSchedule, type ScheduleNames } from './checks/check-schedule.js'
import { checkWorkspace } from './checks/check-workspace.js'
import { ExtractContract } from './extract-contract.js'
import { findWorkspace, workspaceFile } from './find-workspace.js'
import { type JobSettings, jobSchema } from './job.js'
import type { SettingsKind } from './json-schemas.js'
import { LoadTemplate } from './load-template.js'
import { overlaySettings } from './overlay-settings.js'
import type { PartnerGuide } from './partner-guide.js'
import { inOrder, type Problem } from './problem.js'
import { profileFile } from './profile-files.js'
import { type ProfileName, ProfileOverlay } from './profile-overlay.js'
import { Setting } from './setting.js'
import { readSettingsFile, type SettingsFile } from './settings-file.js'
import { readShelf, type Shelf } from './shelf.js'
import type { Sources } from './sources.js'
import { WorkspaceSettings } from './workspace.js'

/** A checked workspace; everything in it is frozen. */
export interface Workspace {
  /** Absolute. */
  readonly folder: string
  readonly settings: WorkspaceSettings
  /** The file below it that is laid over matchbook.yaml, where another profile than the one declared there was asked for. */
  readonly overlay?: string
  readonly jobs: ReadonlyMap<string, JobSettings>
  /** Contracts of the workspace, and those shipped that its jobs name. */
  readonly contracts: ReadonlyMap<string, ExtractContract>
  readonly loads: ReadonlyMap<string, LoadTemplate>
}

export interface LoadOptions {
  /** `startFolder` was named by the user: no looking further up. */
  readonly explicit?: boolean
  /** Without it the one that matchbook.yaml declares. */
  readonly profile?: ProfileName | undefined
  /** Root of the installed package: its templates serve where the workspace has none of that name. */
  readonly shippedFolder?: string
  /** Queues that exceptions go to by default: the workspace must have each. */
  readonly knownQueues?: readonly string[]
  /** Decisions that some exception code or other allows. */
  readonly knownDecisions?: readonly string[]
  /** What each matcher needs of a job and leaves to be loaded, by its name. */
  readonly matchers?: Readonly<Record<string, MatcherNeeds>>
  /** What of a partner's guide fits nothing in the standard's, as sentences. */
  readonly guideMistakes?: (guide: PartnerGuide) => Promise<readonly string[]>
  /** Where is noted what was read. */
  readonly sources?: Sources
}

/**
 * Reads and checks everything a workspace says. There is a workspace when there is no problem; the problems are all there are, by file
 * and line. `main`: matchbook.yaml, as it is in the profile asked for.
 * @throws WORKSPACE-NOT-FOUND, PROFILE-DIFFERS
 */
export async function loadWorkspace(
  startFolder: string,
  {
    explicit = false,
    profile,
    shippedFolder,
    knownQueues = [],
    knownDecisions = [],
    matchers = {},
    guideMistakes,
    sources,
  }: LoadOptions = {},
): Promise<{ workspace?: Workspace; main: SettingsFile; problems: readonly Problem[] }> {
  const folder = await findWorkspace(startFolder, explicit)
  const declared = await readSettingsFile(path.join(folder, workspaceFile), workspaceFile, sources)
  const overlay = profile === undefined ? undefined : await profileOverlay(folder, declared, profile, sources)
  const main = overlay === undefined ? declared : overlaySettings(declared, overlay, profile ?? '')
  const jobs = await readShelf(folder, 'jobs', undefined, [], sources)
  const tops = [...jobs.files.values()].map(Setting.top)
  const contractsNamed = tops.flatMap((job) =>
    job
      .at('inputs')
      .entries()
      .flatMap(([, input]) => input.at('contract').text ?? []),
  )
  const contracts = await readShelf(folder, 'templates/extracts', shippedFolder, contractsNamed, sources)
  const loadsNamed = tops.flatMap((job) =>
    job
      .at('loads')
      .items()
      .flatMap((load) => load.at('template').text ?? []),
  )
  const loads = await readShelf(folder, 'templates/loads', shippedFolder, loadsNamed, sources)

  // Each profile has the endpoints of matchbook.yaml; one that is missing there is told once, not by each job.
  const known = { ...knownNames(main, contracts, loads, matchers), endpoints: namesOf(declared, 'endpoints') }
  const times = scheduleNames(main, jobs)
  const problems: Problem[] = [
    ...jobs.problems,
    ...contracts.problems,
    ...loads.problems,
    ...checkWorkspace(Setting.top(main), knownQueues),
    ...checkBlackouts(Setting.top(main).at('calendars')),
    ...checkDeciders(Setting.top(main), knownDecisions),
    ...checkRoles(Setting.top(main)),
  ]
  const read = <T>(file: SettingsFile, kind: SettingsKind, schema: z.ZodType<T>): T | undefined => {
    const { value, problems: found } = checkSchema(file, kind, schema)
    problems.push(...found)
    return value
  }
  if (overlay !== undefined) {
    read(overlay, 'profile', ProfileOverlay)
    problems.push(...checkProfile(Setting.top(overlay), Setting.top(declared), folder))
  }
  const readAll = <T>(
    { files }: Shelf,
    kind: SettingsKind,
    schemaOf: (top: Setting) => z.ZodType<T>,
    check: (top: Setting, file: string) => Problem[],
  ): ReadonlyMap<string, T> => {
    const values = new Map<string, T>()
    for (const [name, file] of files) {
      const top = Setting.top(file)
      const value = read(file, kind, schemaOf(top))
      problems.push(...check(top, file.name))
      if (value !== undefined) values.set(name, value)
    }
    return values
  }
  const settings = read(main, 'matchbook', WorkspaceSettings)
  const shelves = {
    jobs: readAll(
      jobs,
      'job',
      (job) => jobSchema(job.at('matcher').value),
      (job, file) => [...checkJob(job, file, known), ...checkSchedule(job, times)],
    ),
    contracts: readAll(
      contracts,
      'extract-contract',
      () => ExtractContract,
      (top, file) => checkContract(top, file, known.contract),
    ),
    loads: readAll(
      loads,
      'load-template',
      () => LoadTemplate,
      (load, file) => checkLoadTemplate(load, file, matchers),
    ),
  }
  if (settings !== undefined && guideMistakes !== undefined)
    problems.push(...(await checkGuides(settings, Setting.top(main), guideMistakes)))
  if (problems.length > 0 || settings === undefined) return { main, problems: inOrder(problems) }
  const laidOver = overlay === undefined ? {} : { overlay: overlay.name }
  return { workspace: Object.freeze({ folder, settings, ...laidOver, ...shelves }), main, problems: [] }
}

/** Undefined: matchbook.yaml declares that profile itself. @throws PROFILE-DIFFERS when nothing says how it is in that profile */
async function profileOverlay(
  folder: string,
  declared: SettingsFile,
  profile: ProfileName,
  sources: Sources | undefined,
): Promise<SettingsFile | undefined> {
  const { text } = Setting.top(declared).at('profile')
  // What matchbook.yaml itself has wrong is told before anything else.
  if (text === profile || text === undefined) return undefined
  const name = profileFile(profile)
  const file = path.join(folder, name)
  if (existsSync(file)) return readSettingsFile(file, name, sources)
  throw new MatchbookError('PROFILE-DIFFERS', `the workspace in ${folder} is of profile ${text}, and has no ${name}`, {
    facts: { profile: text, asked: profile },
  })
}

const namesOf = (file: SettingsFile, key: string): readonly string[] | undefined =>
  file.data === undefined ? undefined : Setting.top(file).at(key).names

/** What jobs may name. What a file that cannot be read would have held is not known, so nothing is held against its names. */
function knownNames(
  main: SettingsFile,
  contracts: Shelf,
  loads: Shelf,
  matchers: KnownNames['matchers'],
): Omit<KnownNames, 'endpoints'> {
  const readable = (file: SettingsFile | undefined) => (file?.data === undefined ? undefined : Setting.top(file))
  return {
    partners: namesOf(main, 'partners'),
    contracts: contracts.names,
    identityKey: main.data === undefined ? undefined : Setting.top(main).has('privacy'),
    loads: loads.names,
    matchers,
    contract: (name) => readable(contracts.files.get(name)),
    load: (name) => readable(loads.files.get(name)),
  }
}

const scheduleNames = (main: SettingsFile, jobs: Shelf): ScheduleNames => ({
  calendars: main.data === undefined ? undefined : Setting.top(main).at('calendars').names,
  jobs: new Map([...jobs.files].map(([name, file]) => [name, Setting.top(file)])),
})
