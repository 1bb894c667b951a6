import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { MatchbookError, systemError } from '../../errors/index.js'
import { makeFolder } from '../../exchange/index.js'
import { crontabLines } from '../../schedule/install/crontab.js'
import type { Installation, InstalledFile } from '../../schedule/install/installation.js'
import { systemdUnits } from '../../schedule/install/systemd.js'
import { windowsTask } from '../../schedule/install/windows-task.js'
import { requireWorkspace } from '../workspace/require-workspace.js'

const ways = { systemd: systemdUnits, cron: crontabLines, 'windows-task': windowsTask } as const satisfies Record<
  string,
  (installation: Installation) => InstalledFile[]
>
export type InstallWay = keyof typeof ways

export interface InstallRequest {
  readonly workspace: string | undefined
  readonly way: InstallWay
  /** The script that is this CLI. */
  readonly binary: string
  /** Folder to write the files into; without it nothing is written. */
  readonly write: string | undefined
}

export interface InstallOutcome {
  readonly files: readonly (InstalledFile & {
    /** Absolute; null where it was not written. */
    readonly written: string | null
  })[]
}

/** What makes the system run the schedule. The system itself is never told: that is for the person who may. */
export async function installSchedule({ workspace, way, binary, write }: InstallRequest): Promise<InstallOutcome> {
  const { folder, settings, overlay } = await requireWorkspace(workspace)
  const { profile } = settings
  const organisation = settings.workspace.replaceAll(/\s+/g, ' ')
  // The units of both profiles may lie side by side.
  const slug = (overlay === undefined ? organisation : `${organisation} ${profile}`)
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '')
  const files = ways[way]({ organisation, slug, folder, profile, command: [process.execPath, path.resolve(binary)] })
  if (write === undefined) return { files: files.map((file) => ({ ...file, written: null })) }
  const target = path.resolve(write)
  for (const file of files) await refuseOther(path.join(target, file.name), file.text)
  try {
    await makeFolder(target)
    for (const { name, text } of files) await writeFile(path.join(target, name), text)
  } catch (error) {
    throw systemError(error, target)
  }
  return { files: files.map((file) => ({ ...file, written: path.join(target, file.name) })) }
}

/** A unit that someone has edited is not overwritten. @throws USAGE */
async function refuseOther(file: string, text: string): Promise<void> {
  const there = await readFile(file, 'utf8').catch(() => text)
  if (there === text) return
  throw new MatchbookError('USAGE', `${file} is there and says something else`, {
    hint: 'Move it away first, or write into another folder',
  })
}
