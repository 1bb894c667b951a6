import { existsSync } from 'node:fs'
import path from 'node:path'
import { addShippedJobs, scaffoldWorkspace, shippedJobs, workspaceFile } from '../../config/index.js'
import { systemError } from '../../errors/index.js'
import { makeFolder } from '../../exchange/index.js'
import { shippedFolder } from './shipped.js'

export interface InitRequest {
  readonly folder: string
  readonly name: string | undefined
  /** Shipped jobs; `all` for each of them. Named for a workspace that is there, they are added to it. */
  readonly jobs: readonly string[]
}

export interface Made {
  /** Absolute. */
  readonly folder: string
  readonly jobs: readonly string[]
  /** Written now, relative to the folder. */
  readonly files: readonly string[]
}

/** @throws WORKSPACE-EXISTS, JOB-UNKNOWN */
export async function init(request: InitRequest): Promise<{ readonly text: string; readonly json: Made }> {
  const target = path.resolve(request.folder)
  const shipped = shippedFolder()
  const named = request.jobs.includes('all') ? await shippedJobs(shipped) : request.jobs
  if (named.length > 0 && existsSync(path.join(target, workspaceFile))) {
    const files = await addShippedJobs(target, { shippedFolder: shipped, jobs: named })
    const text = [`Added ${named.join(', ')} to the workspace in ${target}:`, ...files.map((file) => `  ${file}`)]
    const same = `${named.join(', ')}: everything is there already, and stays as it is`
    return { text: files.length === 0 ? same : text.join('\n'), json: { folder: target, jobs: named, files } }
  }
  const jobs = named.length === 0 ? ['receipt-to-invoice'] : named
  await makeFolder(target).catch((error: unknown) => {
    throw systemError(error, target)
  })
  const files = await scaffoldWorkspace(target, {
    name: request.name ?? path.basename(target),
    shippedFolder: shipped,
    jobs,
  })
  const text = [
    `Made a workspace in ${target}: ${files.length} files.`,
    '',
    'Next:',
    `  cd ${request.folder}`,
    '  matchbook validate                    # every mistake with file, line and column',
    '  matchbook doctor                      # what this machine and the endpoints still lack',
    `  matchbook run ${jobs[0]}${' '.repeat(Math.max(1, 24 - (jobs[0]?.length ?? 0)))}# once files lie in drops/, or sftp endpoints are named`,
  ].join('\n')
  return { text, json: { folder: target, jobs, files } }
}
