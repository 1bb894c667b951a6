/** A partner's text for a terminal: control characters, which could command it, become visible marks. */
export const printable = (text: string): string => text.replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, '\u00b7')

/** The same of a text of several lines, which stay lines. */
export const printableLines = (text: string): string => text.split(/\r?\n/).map(printable).join('\n')
