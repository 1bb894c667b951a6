import { AsyncLocalStorage } from 'node:async_hooks'

/** The run and step at work: each log line says whose it is, whoever writes it. */
export const correlation = new AsyncLocalStorage<{
  readonly run: string
  readonly job: string
  readonly step: string
}>()
