import type { Installation, InstalledFile } from './installation.js'

/** A service that keeps the schedule; and, for those who want no daemon, a service and timer that run what is due. */
export function systemdUnits(installation: Installation): InstalledFile[] {
  const name = `matchbook-${installation.slug}`
  return [
    {
      name: `${name}.service`,
      text: `# Keeps the schedule: systemctl --user enable --now ${name}.service
# Either this or ${name}-due.timer; both together do no harm.
[Unit]
Description=Matchbook schedule of ${escapePercent(installation.organisation)}
Wants=network-online.target
After=network-online.target

[Service]
ExecStart=${commandLine(installation, ['schedule', 'start', '--log-format', 'ndjson'])}
${common(installation)}
Restart=always
RestartSec=10
RestartPreventExitStatus=2 5
# Only the daemon is told to stop; it begins no more and waits for what runs.
KillMode=mixed
TimeoutStopSec=2h

[Install]
WantedBy=default.target
`,
    },
    {
      name: `${name}-due.service`,
      text: `# Runs what the schedule owes now, and ends; started by ${name}-due.timer.
[Unit]
Description=Matchbook: what is due at ${escapePercent(installation.organisation)}
Wants=network-online.target
After=network-online.target

[Service]
Type=oneshot
ExecStart=${commandLine(installation, ['run', '--due', '--log-format', 'ndjson'])}
${common(installation)}
# Open exceptions, part of the night, and one that runs already are no failures of the unit.
SuccessExitStatus=3 4 6
`,
    },
    {
      name: `${name}-due.timer`,
      text: `# systemctl --user enable --now ${name}-due.timer
[Unit]
Description=Matchbook: looks every five minutes for what is due at ${escapePercent(installation.organisation)}

[Timer]
OnCalendar=*:0/5
Persistent=true

[Install]
WantedBy=timers.target
`,
    },
  ]
}

const common = ({ folder }: Installation): string =>
  [`WorkingDirectory=${escapePercent(folder)}`, 'UMask=0077', 'NoNewPrivileges=yes', 'PrivateTmp=yes'].join('\n')

function commandLine({ command, profile, folder }: Installation, args: readonly string[]): string {
  return [...command, ...args, '--profile', profile, '--workspace', folder].map(quoted).join(' ')
}

const escapePercent = (text: string): string => text.replaceAll('%', '%%')

/** As systemd splits command lines: quotes and backslashes escaped, no specifier and no variable put in. */
function quoted(argument: string): string {
  const safe = escapePercent(argument).replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('$', '$$$$')
  return /^[\w@%+=:,./-]+$/.test(safe) ? safe : `"${safe}"`
}
