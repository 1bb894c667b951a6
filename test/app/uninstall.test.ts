import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { scripts } from '../../src/app/completion/shells.js'
import { leftOnMachine } from '../../src/app/uninstall/left-on-machine.js'

let base: string
beforeEach(() => {
  base = mkdtempSync(path.join(tmpdir(), 'matchbook-uninstall-'))
  vi.stubEnv('XDG_DATA_HOME', undefined)
  vi.stubEnv('XDG_CONFIG_HOME', undefined)
  put('home/.config/fish/completions/matchbook.fish', scripts.fish)
  put('home/.zfunc/_matchbook', '# of another program that is called so')
  put('home/.config/systemd/user/matchbook-lakeside.service', '[Unit]')
  put('home/.config/systemd/user/matchbook-old.timer', '[Timer]')
  put('home/.config/systemd/user/other.service', '[Unit]')
  put('home/.config/systemd/user/default.target.wants/none', '')
  symlinkSync(
    '../matchbook-lakeside.service',
    path.join(base, 'home/.config/systemd/user/default.target.wants/matchbook-lakeside.service'),
  )
  put('workspace/matchbook.yaml', 'workspace: Lakeside')
})
afterEach(() => {
  vi.unstubAllEnvs()
  rmSync(base, { recursive: true, force: true })
})

function put(place: string, text: string): void {
  const file = path.join(base, place)
  mkdirSync(path.dirname(file), { recursive: true })
  writeFileSync(file, text)
}

const asked = async (remove: boolean) => {
  const left = await leftOnMachine({
    workspace: path.join(base, 'workspace'),
    remove,
    home: path.join(base, 'home'),
    system: path.join(base, 'system'),
  })
  return left.map(({ place, becomes }) => `${path.basename(place)}: ${becomes}`).sort()
}

describe('uninstalling', () => {
  it('says what is there, and touches nothing', async () => {
    const shown = ['matchbook-lakeside.service: stays', 'matchbook-old.timer: would be removed']
    const rest = ['matchbook.fish: would be removed', 'workspace: stays']
    expect(await asked(false)).toEqual([...shown, ...rest])
    expect(await asked(false)).toEqual([...shown, ...rest])
  })

  it('removes what is ours and unused when told to; data, what is enabled and what is others’ stays', async () => {
    await asked(true)
    expect(await asked(false)).toEqual(['matchbook-lakeside.service: stays', 'workspace: stays'])
    for (const place of [
      'home/.zfunc/_matchbook',
      'home/.config/systemd/user/other.service',
      'workspace/matchbook.yaml',
    ])
      expect(existsSync(path.join(base, place))).toBe(true)
  })

  it('says how an enabled unit is disabled', async () => {
    const left = await leftOnMachine({
      workspace: undefined,
      remove: true,
      home: path.join(base, 'home'),
      system: base,
    })
    expect(left.find(({ becomes, what }) => becomes === 'stays' && what === 'systemd unit')?.because).toBe(
      'it is enabled; first: systemctl --user disable --now matchbook-lakeside.service',
    )
  })
})
