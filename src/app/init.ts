import path from 'node:path'
import { scaffoldWorkspace } from '../config/index.js'
import { shippedFolder } from './shipped.js'

/** @throws WORKSPACE-EXISTS */
export async function init(
  folder: string,
  name: string | undefined,
): Promise<{ readonly text: string; readonly json: object }> {
  const target = path.resolve(folder)
  const files = await scaffoldWorkspace(target, {
    name: name ?? path.basename(target),
    shippedFolder: shippedFolder(),
  })
  const text = [
    `Made a workspace in ${target}: ${files.length} files.`,
    '',
    'Next:',
    `  cd ${folder}`,
    '  matchbook validate                    # every mistake with file, line and column',
    '  matchbook doctor                      # what this machine and the endpoints still lack',
    '  matchbook run receipt-to-invoice      # once files lie in drops/, or sftp endpoints are named',
  ].join('\n')
  return { text, json: { folder: target, files } }
}
