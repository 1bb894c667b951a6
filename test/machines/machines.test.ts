import { describe, expect, it } from 'vitest'
import { postgresPrograms, withoutPostgres } from '../servers/postgres.js'
import { lostMachines } from './lost-machines.js'

const isHere = postgresPrograms() !== undefined

describe.skipIf(!isHere)(`a night in shares on several machines${isHere ? '' : `, ${withoutPostgres}`}`, () => {
  it('comes to what one undisturbed worker leaves, though one is killed, one is cut off and the database goes down', async () => {
    const said: string[] = []
    const came = await lostMachines({
      workers: 2,
      atOnce: 1,
      partners: 4,
      files: 20,
      shares: 2,
      kills: 1,
      leaseSeconds: 2,
      pause: [300, 900],
      seed: 8,
      say: (line) => said.push(line),
    })
    expect(came, said.join('\n')).toEqual({ wrong: [], kills: 1, restarts: 1, cuts: 1 })
    expect(said).toContain('20 files taken in, 20 invoices, 2 exceptions, 16 invoices in 1 loads, 20 answers sent')
  }, 240_000)
})
