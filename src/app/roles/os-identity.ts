import { execFileSync } from 'node:child_process'
import { userInfo } from 'node:os'

/** Who the operating system says we are: no variable of the environment is asked. */
export interface OsIdentity {
  readonly user: string
  /** Names of the groups of this process, sorted; one without a name is its number. */
  readonly groups: readonly string[]
}

/** By its own path, so that nobody puts another program in its place. */
const idProgram = ['/usr/bin/id', '/bin/id']

export function osIdentity(): OsIdentity {
  return { user: loginName(), groups: groupNames() }
}

/** A user without an entry in the system's list, as a container may be run by, is its number. */
export function loginName(): string {
  try {
    return userInfo().username
  } catch {
    return `uid ${process.getuid?.()}`
  }
}

function groupNames(): string[] {
  for (const program of idProgram) {
    try {
      // With NUL between: groups of a directory may have spaces in their names.
      const names = execFileSync(program, ['-Gnz'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], env: {} })
      return [...new Set(names.split('\0').filter((name) => name !== ''))].sort()
    } catch {
      // The next place; a group without a name makes id fail too.
    }
  }
  return [...new Set((process.getgroups?.() ?? []).map(String))].sort()
}
