/** One colour per urgency, the same in every list. */
export const severityColour = (severity: string): string | undefined =>
  ({ critical: 'redBright', error: 'yellow', warning: 'cyan' })[severity]
