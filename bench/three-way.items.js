/**
 * What the ERP's item master says of item n, the same each time: numbers of every kind, a description as buyers write them. One item in
 * twelve is a drug and has an NDC, one in twenty bears a HIBC.
 */
export function itemOf(n) {
  const drug = n % 12 === 0
  const category = categories[n % categories.length]
  return {
    item: String(100_000 + n),
    vendorItem: `V-${n}`,
    manufacturerPart: `${String.fromCharCode(65 + (n % 26))}${200_000 + n * 7}-${n % 9}`,
    gtin: withCheckDigit(`1${String(8_570_000_000_000 + n * 13).slice(1)}`),
    ndc: drug ? `${String(50_000 + (n % 900)).padStart(5, '0')}-${String(n % 9_000).padStart(4, '0')}-01` : '',
    hibc: n % 20 === 3 ? `+H${300 + (n % 600)}${n}1` : '',
    description: `${nouns[n % nouns.length]} ${makings[(n >> 3) % makings.length]} ${sizes[(n >> 6) % sizes.length]} ${10 + (n % 40)}/CS`,
    type: n % 15 === 7 ? 'N' : 'I',
    category,
  }
}

const nouns = [
  'GLOVE EXAM',
  'SYRINGE LL',
  'CATH FOLEY',
  'DRESSING FOAM',
  'SUTURE MONO',
  'GOWN SURG',
  'TUBING SUCT',
  'ELECTRODE ECG',
  'MASK PROC',
]
const makings = [
  'NITRILE PF',
  'STERILE',
  'SILICONE 2-WAY',
  'NON-STERILE BLUE',
  'W/ NEEDLE 22GA',
  'ADHESIVE BORDER',
  'LATEX FREE',
]
const sizes = ['SM', 'MED', 'LG', 'XL', '10ML', '16FR 5CC', '4X4IN', '3-0 UNDYED 27IN']
const categories = ['MSUP', 'SURG', 'LABS', 'PHRM', 'IMPL', 'RESP']

/** A GTIN-14 out of its first 13 digits. */
function withCheckDigit(digits) {
  let sum = 0
  for (let n = 0; n < 13; n++) sum += Number(digits[n]) * (n % 2 === 0 ? 3 : 1)
  return `${digits}${(10 - (sum % 10)) % 10}`
}
