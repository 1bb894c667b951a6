import type { Installation, InstalledFile } from './installation.js'

/** A task for schtasks /Create /XML: what is due, every five minutes, also after the machine slept or was off. */
export function windowsTask({ organisation, slug, folder, profile, command }: Installation): InstalledFile[] {
  const [program, ...script] = command
  const args = [...script, 'run', '--due', '--no-input', '--profile', profile, '--workspace', folder]
    .map(quoted)
    .join(' ')
  return [
    {
      name: `matchbook-${slug}.xml`,
      text: `<?xml version="1.0"?>
<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">
  <RegistrationInfo>
    <Description>${escaped(`Matchbook: what the schedule of ${organisation} owes`)}</Description>
  </RegistrationInfo>
  <Triggers>
    <TimeTrigger>
      <Repetition>
        <Interval>PT5M</Interval>
      </Repetition>
      <StartBoundary>2026-01-01T00:00:00</StartBoundary>
    </TimeTrigger>
  </Triggers>
  <Settings>
    <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>
    <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>
    <StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>
    <StartWhenAvailable>true</StartWhenAvailable>
    <ExecutionTimeLimit>PT0S</ExecutionTimeLimit>
  </Settings>
  <Actions>
    <Exec>
      <Command>${escaped(program)}</Command>
      <Arguments>${escaped(args)}</Arguments>
      <WorkingDirectory>${escaped(folder)}</WorkingDirectory>
    </Exec>
  </Actions>
</Task>
`,
    },
  ]
}

/** As Windows programs split their command line. */
const quoted = (argument: string): string =>
  /[\s"]/.test(argument) ? `"${argument.replaceAll(/(\\*)"/g, '$1$1\\"').replace(/(\\+)$/, '$1$1')}"` : argument

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
