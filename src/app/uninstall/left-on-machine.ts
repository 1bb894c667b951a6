import { lstat, readdir, readFile, rm } from 'node:fs/promises'
import { homedir } from 'node:os'
import path from 'node:path'
import { findWorkspace } from '../../config/index.js'

/** Something of Matchbook outside of the package. */
export interface Left {
  readonly what: 'completion' | 'systemd unit' | 'workspace'
  /** Absolute. */
  readonly place: string
  readonly becomes: 'removed' | 'would be removed' | 'stays'
  /** Why it stays, and what a person may do about it; null where it goes. */
  readonly because: string | null
}

export interface UninstallRequest {
  readonly workspace: string | undefined
  readonly remove: boolean
  /** Home of the user; another in tests. */
  readonly home?: string
  /** Folders of the system for units and completion; others in tests. */
  readonly system?: string
}

/**
 * What installing and `schedule install` have left on this machine for this user, and what becomes of it. Data, settings and keys stay
 * always; a unit that is enabled stays until a person disables it.
 */
export async function leftOnMachine(request: UninstallRequest): Promise<Left[]> {
  const { home = homedir(), system = '/' } = request
  const data = process.env.XDG_DATA_HOME ?? path.join(home, '.local', 'share')
  const settings = process.env.XDG_CONFIG_HOME ?? path.join(home, '.config')
  const scripts = [
    path.join(data, 'bash-completion', 'completions', 'matchbook'),
    path.join(home, '.zfunc', '_matchbook'),
    path.join(settings, 'fish', 'completions', 'matchbook.fish'),
    path.join(system, 'usr', 'share', 'bash-completion', 'completions', 'matchbook'),
    path.join(system, 'usr', 'local', 'share', 'zsh', 'site-functions', '_matchbook'),
  ]
  const units = [path.join(settings, 'systemd', 'user'), path.join(system, 'etc', 'systemd', 'system')]
  const found = [
    ...(await Promise.all(scripts.map((place) => completion(place, request.remove)))),
    ...(await Promise.all(units.map((folder) => unitsIn(folder, request.remove)))),
    await workspaceAtHand(request.workspace),
  ]
  return found.flat()
}

async function completion(place: string, remove: boolean): Promise<Left[]> {
  const text = await readFile(place, 'utf8').catch(() => '')
  // Somebody else's completion of a command of that name is not ours to remove.
  return text.includes('matchbook completion') ? [await gone('completion', place, remove)] : []
}

async function unitsIn(folder: string, remove: boolean): Promise<Left[]> {
  const names = (await readdir(folder).catch(() => [])).filter((name) => /^matchbook-.+\.(service|timer)$/.test(name))
  return Promise.all(
    names.map(async (name) => {
      const place = path.join(folder, name)
      // The service that a timer starts is not enabled itself.
      const enabled = [name, name.replace(/service$/, 'timer')].map((one) => isEnabled(folder, one))
      if (!(await Promise.all(enabled)).includes(true)) return gone('systemd unit', place, remove)
      const user = folder.includes(`${path.sep}user`) ? ' --user' : ''
      const because = `it is enabled; first: systemctl${user} disable --now ${name}`
      return { what: 'systemd unit', place, becomes: 'stays', because } as const
    }),
  )
}

/** systemd links what is enabled into the folder of whatever wants it. */
async function isEnabled(folder: string, name: string): Promise<boolean> {
  const wanting = (await readdir(folder)).filter((entry) => entry.endsWith('.wants'))
  const links = wanting.map((entry) =>
    lstat(path.join(folder, entry, name)).then(
      () => true,
      () => false,
    ),
  )
  return (await Promise.all(links)).includes(true)
}

async function gone(what: Left['what'], place: string, remove: boolean): Promise<Left> {
  if (!remove) return { what, place, becomes: 'would be removed', because: null }
  try {
    await rm(place)
    return { what, place, becomes: 'removed', because: null }
  } catch (error) {
    return { what, place, becomes: 'stays', because: `it could not be removed: ${(error as Error).message}` }
  }
}

async function workspaceAtHand(named: string | undefined): Promise<Left[]> {
  const folder = await findWorkspace(named ?? process.cwd(), named !== undefined).catch(() => undefined)
  if (folder === undefined) return []
  const because = 'store, archive, settings and keys are yours: back it up, and remove it by hand when nobody needs it'
  return [{ what: 'workspace', place: folder, becomes: 'stays', because }]
}
