import { cp, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { stringify } from 'yaml'
import { demoJob } from './demo-job.js'
import { type DemoServer, demoSettings } from './demo-settings.js'

export interface DemoWorkspaceRequest extends DemoServer {
  /** The workspace; made if it is not there. What is written is written over. */
  readonly folder: string
  /** Root of the installed package: its templates are copied beside the settings, to be looked at and changed. */
  readonly shippedFolder?: string
}

/** Writes the demo's matchbook.yaml and jobs/receipt-to-invoice.yaml; gives back their paths relative to the folder. */
export async function demoWorkspace({ folder, shippedFolder, ...server }: DemoWorkspaceRequest): Promise<string[]> {
  const files = {
    'matchbook.yaml': [
      'Workspace of the demo: a health system with two companies on two ERPs, and three suppliers.',
      demoSettings(server),
    ],
    'jobs/receipt-to-invoice.yaml': [
      'The nightly job of the demo: what comes in, what is matched, what is loaded.',
      demoJob(),
    ],
  } as const
  await mkdir(join(folder, 'jobs'), { recursive: true })
  for (const [name, [purpose, settings]] of Object.entries(files))
    await writeFile(
      join(folder, name),
      `# ${purpose}\n# Written by matchbook demo, and written again by each call.\n${yaml(settings)}`,
    )
  if (shippedFolder !== undefined)
    await cp(join(shippedFolder, 'templates'), join(folder, 'templates'), { recursive: true })
  return Object.keys(files)
}

const yaml = (settings: object): string => stringify(settings, { aliasDuplicateObjects: false, lineWidth: 120 })
