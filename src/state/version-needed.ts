/**
 * The oldest version that can work with a store after a migration: part of its name, so that the store itself says it to whoever does not
 * know the migration. Undefined where the migration only adds: then every version can that knows the ones before.
 */
export const versionNeeded = (migration: string): string | undefined =>
  /^\d{4}-needs-(?<version>\d+\.\d+\.\d+)-/.exec(migration)?.groups?.version

/** Versions as 0.12.3; what follows a hyphen does not count. */
export function isOlder(version: string, than: string): boolean {
  const [a, b] = [version, than].map((text) => text.split('-')[0]?.split('.').map(Number) ?? [])
  for (let n = 0; n < 3; n++) {
    const difference = (a?.[n] ?? 0) - (b?.[n] ?? 0)
    if (difference !== 0) return difference < 0
  }
  return false
}
