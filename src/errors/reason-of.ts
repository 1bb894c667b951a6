/** What an error says. Of a name with several addresses Node says only in errors within why each could not be reached, and nothing itself. */
export function reasonOf(error: Error): string {
  const within =
    error instanceof AggregateError ? error.errors.map((one: unknown) => String((one as Error).message ?? one)) : []
  const code = 'code' in error ? String(error.code) : error.name
  return error.message || [...new Set(within)].join(', ') || code
}
