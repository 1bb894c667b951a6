import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

/** Root of the installed package: jobs, templates and schemas lie there. Works from src and from the bundle. */
export function shippedFolder(): string {
  let folder = path.dirname(fileURLToPath(import.meta.url))
  while (!existsSync(path.join(folder, 'package.json'))) folder = path.dirname(folder)
  return folder
}

export const version = (): string =>
  (JSON.parse(readFileSync(path.join(shippedFolder(), 'package.json'), 'utf8')) as { version: string }).version
