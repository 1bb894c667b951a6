import { describe, expect, it } from 'vitest'
import { table } from '../../src/commands/render/table.js'

const rows = [
  {
    id: 'EX-000001',
    owner: 'Contracts and value analysis',
    what: 'billed at 12.55, ordered at 10.04, too high',
    money: '1,307.40',
  },
  { id: 'EX-000002', owner: 'Receiving', what: 'no receipt', money: '5.61' },
]
type Row = (typeof rows)[number]
const drawn = (room: number | undefined) =>
  table<Row>(
    rows,
    [
      { title: 'Id', value: ({ id }) => id },
      { title: 'Owner', value: ({ owner }) => owner, width: 40 },
      { title: 'What', value: ({ what }) => what, width: 30 },
      { title: 'Money', value: ({ money }) => money, align: 'right' },
    ],
    room,
  ).split('\n')

describe('a table', () => {
  it('in a pipe cuts free text at its own width alone', () => {
    expect(drawn(undefined)[1]).toBe(
      'EX-000001  Contracts and value analysis  billed at 12.55, ordered at 1…  1,307.40',
    )
  })

  it('in a terminal takes from the widest free text until it fits; numbers and ids stay whole', () => {
    expect(drawn(60)).toEqual([
      'Id         Owner               What                    Money',
      'EX-000001  Contracts and val…  billed at 12.55, o…  1,307.40',
      'EX-000002  Receiving           no receipt               5.61',
    ])
    for (let room = 52; room < 100; room += 1)
      for (const line of drawn(room)) expect(line.length, `${room}: ${line}`).toBeLessThanOrEqual(room)
  })

  it('whose last free text would say nothing beside the rest has it whole, beneath its row', () => {
    const queue = { title: 'Owner', value: ({ owner }: Row) => owner }
    const what = { title: 'What', value: ({ what }: Row) => what, width: 40 }
    expect(table(rows, [queue, what], 40).split('\n')).toEqual([
      'Owner',
      'Contracts and value analysis',
      '    billed at 12.55, ordered at 10.04,',
      '    too high',
      'Receiving',
      '    no receipt',
    ])
    expect(table(rows, [queue, what], 80)).toContain('Receiving                     no receipt')
  })

  it('cuts a name of one word in its middle: files of a partner differ at the end', () => {
    const name = [{ title: 'Name', value: (file: string) => file, width: 14 }]
    expect(table(['MSD_810_20261120_14.edi'], name, undefined)).toContain('MSD_810…14.edi')
  })

  it('shows control characters of a partner as marks; a terminal would obey them', () => {
    expect(table(['A\u001b[2JB'], [{ title: 'Name', value: (text) => text }], undefined)).toContain('A·[2JB')
  })

  it('too narrow for it keeps so much of a text that it can be told from others', () => {
    expect(drawn(10)[1]).toBe('EX-000001  Contracts a…  billed at 1…  1,307.40')
  })

  it('has any number of rows: a list with a high limit is shown to its end', () => {
    const many = Array.from({ length: 150_000 }, (_, n) => `EX-${n}`)
    expect(table(many, [{ title: 'Id', value: (id) => id }], undefined).split('\n')).toHaveLength(150_001)
  })
})
