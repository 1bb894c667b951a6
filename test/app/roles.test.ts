import { userInfo } from 'node:os'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { decideExceptions } from '../../src/app/deciding/decide-exceptions.js'
import { pushByHand } from '../../src/app/push/push-by-hand.js'
import { purge } from '../../src/app/retention/purge.js'
import { actingPerson } from '../../src/app/roles/acting-person.js'
import { osIdentity } from '../../src/app/roles/os-identity.js'
import { rolesOf, verbsOf, whoMay } from '../../src/app/roles/who-may.js'
import { whoAmI } from '../../src/app/roles/whoami.js'
import { Roles, verbNames } from '../../src/config/index.js'
import { edit, options, smallNight } from './small-night.js'
import type { X12Workspace } from './x12-workspace.js'

vi.mock('node:os', async (original) => {
  const os = await original<typeof import('node:os')>()
  return { ...os, userInfo: vi.fn(os.userInfo) }
})

const roles = Roles.parse({
  night: { users: ['mb-night'], may: ['run'] },
  finance: { groups: ['finance-leads'], may: ['approve-loads', 'decide'] },
  admin: { groups: ['wheel'], may: ['all'] },
})
const settings = { roles }

describe('who may', () => {
  it('is everybody where the workspace has no roles', () => {
    expect(whoMay('purge', { roles: {} })).toEqual({ everybody: true })
    expect(verbsOf({ user: 'jdoe', groups: [] }, { roles: {} })).toEqual(verbNames)
  })

  it('is who has a role by login or by one of their groups, and nobody else', () => {
    expect(verbsOf({ user: 'mb-night', groups: ['users'] }, settings)).toEqual(['run'])
    expect(rolesOf({ user: 'ana', groups: ['users', 'finance-leads'] }, settings)).toEqual(['finance'])
    expect(verbsOf({ user: 'ana', groups: ['users', 'finance-leads'] }, settings)).toEqual(['decide', 'approve-loads'])
    expect(verbsOf({ user: 'root', groups: ['wheel'] }, settings)).toEqual(verbNames)
    expect(verbsOf({ user: 'finance-leads', groups: ['mb-night'] }, settings)).toEqual([])
  })

  it('names the roles and their people for one verb', () => {
    expect(whoMay('approve-loads', settings)).toEqual({
      everybody: false,
      roles: [
        { role: 'finance', users: [], groups: ['finance-leads'] },
        { role: 'admin', users: [], groups: ['wheel'] },
      ],
    })
  })
})

describe('a command', () => {
  let workspace: X12Workspace
  const me = userInfo().username
  beforeAll(async () => {
    workspace = await smallNight()
    edit(
      workspace,
      'matchbook.yaml',
      (yaml) =>
        `${yaml}\nroles:\n  night: { users: [${me}], may: [run, decide] }\n  keeper: { users: [mb-keeper], groups: [mb-keepers], may: [purge, act-for-others] }\n`,
    )
  }, 60_000)
  afterAll(() => workspace.remove())

  it('that the login may give is done', async () => {
    expect((await workspace.run()).runs).toHaveLength(1)
  })

  it('that it may not is refused before anything is opened, saying who may', async () => {
    await expect(purge({ ...options(workspace) })).rejects.toMatchObject({
      code: 'NOT-PERMITTED',
      exit: 8,
      message: `${me} may not purge; role keeper may (mb-keeper, group mb-keepers)`,
    })
  })

  it('may be tried: a dry run changes nothing', async () => {
    await expect(purge({ ...options(workspace, true) })).resolves.toBeDefined()
  })

  it('in the name of somebody else needs a right of its own', async () => {
    const asked = { ...options(workspace), subjects: ['EX-000999'], decision: 'waive', as: 'R. Ortiz' }
    await expect(decideExceptions(asked)).rejects.toMatchObject({ code: 'NOT-PERMITTED' })
    await expect(decideExceptions({ ...asked, as: undefined })).rejects.toMatchObject({ code: 'EXCEPTION-UNKNOWN' })
  })

  it('for another profile than that of the workspace is refused', async () => {
    vi.stubEnv('MATCHBOOK_PROFILE', 'test')
    await expect(pushByHand(options(workspace))).rejects.toMatchObject({ code: 'PROFILE-DIFFERS', exit: 8 })
    vi.stubEnv('MATCHBOOK_PROFILE', 'production')
    await expect(pushByHand(options(workspace))).resolves.toBeDefined()
    vi.unstubAllEnvs()
  })

  it('may be given by a user that the system has no name for, as in a container', () => {
    vi.mocked(userInfo).mockImplementation(() => {
      throw new Error('uv_os_get_passwd returned ENOENT (no such file or directory)')
    })
    expect(osIdentity().user).toBe(`uid ${process.getuid?.()}`)
    expect(actingPerson(undefined, { host: 'ward' })).toBe(`uid ${process.getuid?.()}@ward`)
    vi.mocked(userInfo).mockReset()
  })

  it('whoami says login, groups, roles and each verb', async () => {
    const said = await whoAmI(workspace.folder)
    expect(said).toMatchObject({ ...osIdentity(), rolesSet: true, roles: ['night'] })
    expect(said.groups.length).toBeGreaterThan(0)
    expect(said.verbs.filter(({ may }) => may).map(({ verb }) => verb)).toEqual(['run', 'decide'])
  })
})
