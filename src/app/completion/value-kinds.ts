/** What the values of an argument or flag are names of. */
export type ValueKind =
  | 'jobs'
  | 'shipped-jobs'
  | 'partners'
  | 'suppliers'
  | 'queues'
  | 'calendars'
  | 'codes'
  | 'subjects'
  | 'exceptions'
  | 'runs'
  | 'loads'
  | 'runs-and-files'
  | 'quarantined'
  | 'contracts'
  | 'templates'

type Kind = ValueKind | 'files' | 'folders'

/** By name, and where the same name means something else in one command, by command and name. */
const kinds: Readonly<Record<string, Kind>> = {
  job: 'jobs',
  'init job': 'shipped-jobs',
  partner: 'partners',
  supplier: 'suppliers',
  queue: 'queues',
  calendar: 'calendars',
  code: 'codes',
  'explain subject': 'subjects',
  exception: 'exceptions',
  exceptions: 'exceptions',
  run: 'runs',
  load: 'loads',
  'other-run': 'runs',
  'replay subject': 'runs-and-files',
  'quarantine:show file': 'quarantined',
  'quarantine:release file': 'quarantined',
  'quarantine:discard file': 'quarantined',
  contract: 'contracts',
  template: 'templates',
  'other-template': 'files',
  'contracts:check file': 'files',
  'diff left': 'files',
  'diff right': 'files',
  'edi:diff left': 'files',
  'edi:diff right': 'files',
  file: 'files',
  folder: 'folders',
  dir: 'folders',
  backup: 'folders',
}

/** A flag that says FILE, DIR or PATH in its help takes one. */
const places: Readonly<Record<string, Kind>> = { FILE: 'files', PATH: 'files', DIR: 'folders' }

export function kindOf(
  command: string,
  name: string,
  helpValue: string | readonly string[] | undefined,
): Kind | undefined {
  return kinds[`${command} ${name}`] ?? places[String(helpValue)] ?? kinds[name]
}
