import { type Logger, pino, stdTimeFunctions } from 'pino'
import { correlation } from './correlation.js'

export interface LogOptions {
  readonly logLevel: 'silent' | 'error' | 'warn' | 'info' | 'debug'
  readonly logFormat: 'text' | 'ndjson'
}

/** Logs go to stderr, each line passed through `mask` first: a secret never reaches a log, whoever put it into a message. */
export function openLog({ logLevel, logFormat }: LogOptions, mask: (text: string) => string): Logger {
  const write = (line: string) => {
    process.stderr.write(mask(logFormat === 'ndjson' ? line : readable(line)))
  }
  const mixin = () => ({ ...correlation.getStore() })
  return pino({ level: logLevel, base: null, timestamp: stdTimeFunctions.isoTime, mixin }, { write })
}

/** What a person has to know beside the answer of a command. */
export const sayBeside = (text: string): void => void process.stderr.write(text)

const LEVELS: Readonly<Record<number, string>> = { 20: 'debug', 30: 'info', 40: 'warn', 50: 'error' }

function readable(line: string): string {
  const { level, time, msg, ...facts } = JSON.parse(line) as { level: number; time: string; msg: string } & Record<
    string,
    unknown
  >
  const rest = Object.entries(facts).map(
    ([name, value]) => `${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`,
  )
  return `${time} ${LEVELS[level] ?? level} ${msg}${rest.length > 0 ? ` (${rest.join(' ')})` : ''}\n`
}
