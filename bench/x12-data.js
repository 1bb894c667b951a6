import { closeSync, openSync, writeSync } from 'node:fs'

/** Writes an X12 file of at least `bytes` bytes: interchanges of 850, 855 and 810 in turn. The same bytes every time. */
export function generateX12(file, bytes) {
  const random = seeded(20240229)
  const descriptor = openSync(file, 'w')
  let written = 0
  for (let control = 1; written < bytes; control++) {
    written += writeSync(descriptor, interchange(control, random))
  }
  closeSync(descriptor)
}

const sets = [
  { set: '850', functionalId: 'PO', body: purchaseOrder },
  { set: '855', functionalId: 'PR', body: acknowledgment },
  { set: '810', functionalId: 'IN', body: invoice },
]

function interchange(control, random) {
  const { set, functionalId, body } = sets[control % sets.length]
  const number = String(control).padStart(9, '0')
  const lines = [
    `ISA*00*          *00*          *ZZ*SUPPLIER       *ZZ*HEALTHSYSTEM   *240229*0312*U*00401*${number}*0*P*>`,
    `GS*${functionalId}*SUPPLIER*HEALTHSYSTEM*20240229*0312*${control}*X*004010`,
  ]
  for (let i = 1; i <= 100; i++) {
    const id = String(i).padStart(4, '0')
    const segments = body(control * 1000 + i, random)
    lines.push(`ST*${set}*${id}`, ...segments, `SE*${segments.length + 2}*${id}`)
  }
  lines.push(`GE*100*${control}`, `IEA*1*${number}`)
  return lines.map((line) => `${line}~\n`).join('')
}

function purchaseOrder(number, random) {
  const lines = items(random).flatMap((item, index) => [
    `PO1*${index + 1}*${item.quantity}*${item.uom}*${item.price}*PE*IN*${item.buyer}*VN*${item.vendor}*MG*${item.part}`,
    `PID*F****${item.description}`,
  ])
  return [`BEG*00*SA*PO${number}**20240229`, 'REF*DP*0417', ...parties(), ...lines, `CTT*${lines.length / 2}`]
}

function acknowledgment(number, random) {
  const lines = items(random).flatMap((item, index) => [
    `PO1*${index + 1}*${item.quantity}*${item.uom}*${item.price}*PE*IN*${item.buyer}*VN*${item.vendor}`,
    `ACK*IA*${item.quantity}*${item.uom}*068*20240305`,
  ])
  return [`BAK*00*AC*PO${number}*20240229****S${number}*20240301`, ...parties(), ...lines, `CTT*${lines.length / 2}`]
}

function invoice(number, random) {
  const lines = items(random).flatMap((item, index) => [
    `IT1*${index + 1}*${item.quantity}*${item.uom}*${item.price}*PE*IN*${item.buyer}*VN*${item.vendor}*UK*${item.gtin}`,
    `PID*F****${item.description}`,
  ])
  return [
    `BIG*20240304*INV${number}*20240229*PO${number}***DI`,
    'CUR*SE*USD',
    ...parties(),
    'ITD*05*3*2**10**30',
    ...lines,
    `TDS*${100 + Math.floor(random() * 1e6)}`,
    'SAC*C*D240***1250**********Freight',
    `CTT*${lines.length / 2}`,
  ]
}

const parties = () => ['N1*ST*MERCY GENERAL HOSPITAL*92*MGH-DOCK-2', 'N3*1200 HARBOR AVENUE', 'N4*PORTLAND*ME*04101*US']

const descriptions = [
  'CATHETER FOLEY 16FR 5ML SILICONE',
  'GLOVE EXAM NITRILE PF M',
  'SUTURE VICRYL 3-0 SH 27IN',
  'IV SET 15 DROP 83IN',
]

function items(random) {
  const whole = (below) => Math.floor(random() * below)
  return Array.from({ length: 1 + whole(12) }, () => ({
    quantity: 1 + whole(40),
    uom: ['EA', 'BX', 'CA'][whole(3)],
    price: (whole(100000) / 100).toFixed(2),
    buyer: String(100000 + whole(900000)),
    vendor: `VN${whole(1e7)}`,
    part: `${whole(1e5)}-${whole(100)}`,
    gtin: String(10000000000000 + whole(1e12)),
    description: descriptions[whole(descriptions.length)],
  }))
}

/** mulberry32 */
function seeded(seed) {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}
