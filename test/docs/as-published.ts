import { readFileSync } from 'node:fs'
import path from 'node:path'
import { Ajv, type ValidateFunction } from 'ajv'

const folder = path.join(import.meta.dirname, '..', '..', 'schemas', 'output')
const ajv = new Ajv({ allowUnionTypes: true, strictTypes: false, allErrors: true })
const checks = new Map<string, ValidateFunction>()

/**
 * What stands against the schema that is published for the --json of a command (`loads:list`, or `loads list`), nothing when it fits.
 * An error fits the schema that all commands share.
 */
export function againstPublished(command: string, printed: unknown): readonly unknown[] {
  const failed = (printed as { error?: { code?: unknown } | null } | undefined)?.error?.code !== undefined
  const name = failed ? 'error' : command.replaceAll(/[: ]/g, '-')
  const check =
    checks.get(name) ?? ajv.compile(JSON.parse(readFileSync(path.join(folder, `${name}.schema.json`), 'utf8')))
  checks.set(name, check)
  check(JSON.parse(JSON.stringify(printed)))
  return check.errors ?? []
}
