import { readdir } from 'node:fs/promises'
import path from 'node:path'
import { nearMiss } from '../errors/index.js'
import type { Problem } from './problem.js'
import { type ProfileName, profileNames } from './profile-overlay.js'

/** Relative to the workspace. */
export const profileFile = (profile: ProfileName): string => `profiles/${profile}.yaml`

/** The profiles that a workspace has beside the one declared in matchbook.yaml, and what lies in profiles/ and is never read. */
export async function otherProfiles(
  folder: string,
  declared: ProfileName,
): Promise<{ readonly profiles: readonly ProfileName[]; readonly problems: readonly Problem[] }> {
  const names = await readdir(path.join(folder, 'profiles')).catch((): string[] => [])
  const others: readonly ProfileName[] = profileNames.filter((name) => name !== declared)
  const expected = others.map((name) => `${name}.yaml`)
  return {
    profiles: others.filter((name) => names.includes(`${name}.yaml`)),
    problems: names
      .filter((name) => /\.ya?ml$/i.test(name) && !expected.includes(name))
      .sort()
      .map((name) => ({
        file: `profiles/${name}`,
        line: 1,
        column: 1,
        path: '',
        message:
          name === `${declared}.yaml`
            ? `matchbook.yaml itself is of profile ${declared}, so this file is not read`
            : 'there is no such profile',
        expected: expected.join(', '),
        ...suggested(nearMiss(name, expected)),
      })),
  }
}

const suggested = (suggestion: string | undefined) => (suggestion === undefined ? {} : { suggestion })
