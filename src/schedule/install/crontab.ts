import type { Installation, InstalledFile } from './installation.js'

/** Lines for crontab -e: what is due, every five minutes. Cron mails what comes to stderr. */
export function crontabLines({ organisation, slug, folder, profile, command }: Installation): InstalledFile[] {
  const words = [...command, 'run', '--due', '--no-input', '--profile', profile, '--workspace', folder]
  const line = words.map(quoted).join(' ')
  return [
    {
      name: `matchbook-${slug}.crontab`,
      text: `# Matchbook: what the schedule of ${organisation} owes; the times are in its jobs.\n*/5 * * * * ${line} >/dev/null\n`,
    },
  ]
}

/** For the shell, and for cron, which takes a bare % for a line break. */
function quoted(argument: string): string {
  const safe = /^[\w@+=:,./-]+$/.test(argument) ? argument : `'${argument.replaceAll("'", `'\\''`)}'`
  return safe.replaceAll('%', '\\%')
}
