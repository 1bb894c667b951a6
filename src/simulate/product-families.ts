/**
 * What the demo's suppliers sell: families of medical-surgical goods, each with its sizes. Makers are invented. `packs` are the
 * units above the base unit with the base units they hold, smallest first; `price` is per `sold`, and every larger pack costs an
 * exact multiple of it, so that no clean invoice ever needs rounding.
 */
export interface ProductFamily {
  readonly supplier: 'medsupply' | 'orthotech' | 'carefirst'
  readonly category: string
  readonly description: string
  readonly sizes: readonly string[]
  readonly maker: string
  readonly part: string
  readonly base: string
  readonly packs: readonly (readonly [uom: string, factor: number])[]
  readonly sold: string
  readonly price: string
  readonly ndc?: true
  readonly hibc?: true
  readonly billOnly?: true
}

type Extra = Partial<Pick<ProductFamily, 'ndc' | 'hibc' | 'billOnly'>>
type Packs = ProductFamily['packs']

const maker =
  (supplier: ProductFamily['supplier'], name: string) =>
  (
    category: string,
    description: string,
    sizes: string,
    part: string,
    base: string,
    packs: Packs,
    sold: string,
    price: string,
    extra: Extra = {},
  ): ProductFamily => ({
    supplier,
    category,
    description,
    sizes: sizes.split(' '),
    maker: name,
    part,
    base,
    packs,
    sold,
    price,
    ...extra,
  })

const halden = maker('medsupply', 'Halden Medical')
const brightwell = maker('medsupply', 'Brightwell Infusion')
const corvane = maker('orthotech', 'Corvane Orthopaedics')
const stellan = maker('orthotech', 'Stellan Surgical Power')
const merrow = maker('carefirst', 'Merrow Suture')
const lindqvist = maker('carefirst', 'Lindqvist Wound Care')

const boxCase = (box: number, perCase: number): Packs => [
  ['BX', box],
  ['CS', box * perCase],
]
const cases = (each: number): Packs => [['CS', each]]
const boxes = (each: number): Packs => [['BX', each]]

export const productFamilies: readonly ProductFamily[] = [
  halden('gloves', 'GLOVE EXAM NITRILE PF', 'XS S M L XL', 'GN', 'EA', boxCase(100, 10), 'BX', '8.95'),
  halden('gloves', 'GLOVE EXAM VINYL PF', 'S M L XL', 'GV', 'EA', boxCase(100, 10), 'BX', '5.40'),
  halden(
    'gloves',
    'GLOVE SURGICAL LATEX-FREE STERILE SZ',
    '6 6.5 7 7.5 8 8.5',
    'GS',
    'PR',
    boxCase(50, 4),
    'BX',
    '62.50',
  ),
  halden('syringes', 'SYRINGE LUER-LOCK', '1ML 3ML 5ML 10ML 20ML 60ML', 'SY', 'EA', boxCase(100, 8), 'BX', '11.20'),
  halden(
    'syringes',
    'NEEDLE HYPODERMIC SAFETY',
    '18GX1.5 21GX1 22GX1.5 25GX5/8',
    'ND',
    'EA',
    boxCase(100, 10),
    'BX',
    '14.75',
  ),
  halden('wound', 'GAUZE SPONGE STERILE 12-PLY', '2X2 3X3 4X4', 'GZ', 'EA', boxCase(50, 24), 'BX', '3.85'),
  halden('wound', 'TAPE SURGICAL PAPER', '1/2IN 1IN 2IN 3IN', 'TP', 'RL', boxCase(12, 10), 'BX', '9.60'),
  halden('apparel', 'GOWN ISOLATION LEVEL 2', 'REG L XL', 'GW', 'EA', cases(50), 'CS', '48.50'),
  halden('apparel', 'MASK PROCEDURE EARLOOP LEVEL', '1 2 3', 'MK', 'EA', boxCase(50, 6), 'BX', '6.25'),
  halden('urology', 'CATHETER FOLEY SILICONE 5CC', '12FR 14FR 16FR 18FR 20FR', 'FC', 'EA', cases(12), 'EA', '7.35'),
  halden('respiratory', 'CANNULA NASAL OXYGEN 7FT', 'ADULT PED INFANT', 'NC', 'EA', cases(50), 'EA', '0.92'),
  halden('respiratory', 'SUCTION CANISTER', '800ML 1200ML 2000ML', 'SC', 'EA', cases(48), 'EA', '2.64'),
  halden('nursing', 'UNDERPAD DISPOSABLE', '17X24 23X36 30X36', 'UP', 'EA', cases(150), 'CS', '36.90'),
  halden('nursing', 'CUFF BLOOD PRESSURE REUSABLE', 'CHILD ADULT LARGE', 'BP', 'EA', boxes(5), 'EA', '17.45'),
  halden('nursing', 'CONTAINER SHARPS', '1QT 5QT 8GAL', 'SH', 'EA', cases(20), 'EA', '4.15'),
  halden('nursing', 'PAD PREP ALCOHOL STERILE', 'MED LARGE', 'AP', 'EA', boxCase(200, 20), 'BX', '2.15'),
  brightwell('iv', 'IV SET PRIMARY 15 DROP VENTED', '83IN 92IN 105IN', 'IP', 'EA', cases(50), 'EA', '3.85'),
  brightwell('iv', 'IV SET SECONDARY', '37IN 40IN', 'IS', 'EA', cases(50), 'EA', '1.72'),
  brightwell('iv', 'IV SET EXTENSION T-PORT', '6IN 8IN 20IN', 'IX', 'EA', cases(100), 'EA', '2.18'),
  brightwell('iv', 'CATHETER IV SAFETY', '14G 16G 18G 20G 22G 24G', 'IC', 'EA', boxCase(50, 4), 'BX', '89.50'),
  brightwell('iv', 'FLUSH SALINE PREFILLED SYRINGE', '3ML 5ML 10ML', 'FS', 'EA', boxCase(30, 4), 'BX', '15.30', {
    ndc: true,
  }),
  brightwell('fluids', 'SODIUM CHLORIDE 0.9% INJ', '250ML 500ML 1000ML', 'NS', 'EA', cases(24), 'EA', '2.05', {
    ndc: true,
  }),
  brightwell('fluids', "RINGER'S LACTATED INJ", '500ML 1000ML', 'LR', 'EA', cases(14), 'EA', '2.35', { ndc: true }),
  brightwell('fluids', 'DEXTROSE 5% IN WATER INJ', '250ML 500ML 1000ML', 'DW', 'EA', cases(12), 'EA', '2.45', {
    ndc: true,
  }),

  corvane(
    'implants',
    'SCREW CORTICAL TITANIUM 3.5MM X',
    '12MM 16MM 20MM 24MM 28MM 32MM',
    'SC',
    'EA',
    [],
    'EA',
    '68.00',
    { billOnly: true },
  ),
  corvane('implants', 'SCREW LOCKING TITANIUM 2.7MM X', '10MM 14MM 18MM 22MM', 'SL', 'EA', [], 'EA', '142.00', {
    billOnly: true,
  }),
  corvane(
    'implants',
    'PLATE DISTAL RADIUS VOLAR',
    '3-HOLE-L 3-HOLE-R 5-HOLE-L 5-HOLE-R',
    'PR',
    'EA',
    [],
    'EA',
    '985.00',
    { billOnly: true },
  ),
  corvane('implants', 'STEM FEMORAL CEMENTLESS SZ', '9 10 11 12 13', 'FS', 'EA', [], 'EA', '2450.00', {
    billOnly: true,
  }),
  corvane('implants', 'LINER ACETABULAR XLPE', '28MM 32MM 36MM', 'AL', 'EA', [], 'EA', '1180.00', { billOnly: true }),
  corvane('implants', 'ANCHOR SUTURE PEEK', '4.5MM 5.5MM', 'AN', 'EA', [], 'EA', '312.00', { billOnly: true }),
  corvane('orthopaedics', 'CEMENT BONE RADIOPAQUE', '20G 40G', 'BC', 'EA', boxes(10), 'EA', '58.75'),
  corvane('orthopaedics', 'PIN STEINMANN THREADED', '2.4MM 3.2MM 4.0MM', 'PN', 'EA', [['PK', 6]], 'PK', '94.20'),
  corvane('orthopaedics', 'WIRE KIRSCHNER TROCAR', '0.9MM 1.1MM 1.6MM 2.0MM', 'KW', 'EA', [['PK', 10]], 'PK', '76.50'),
  corvane('orthopaedics', 'TAPE CASTING FIBERGLASS', '2IN 3IN 4IN 5IN', 'CT', 'RL', boxes(10), 'BX', '72.80'),
  corvane('orthopaedics', 'SPLINT ROLL FIBERGLASS', '3IN 4IN 5IN', 'SR', 'RL', cases(2), 'RL', '41.25'),
  corvane('orthopaedics', 'IMMOBILIZER KNEE', 'S M L XL', 'IK', 'EA', cases(6), 'EA', '26.40'),
  corvane('orthopaedics', 'SLING ARM ENVELOPE', 'XS S M L XL', 'AS', 'EA', [['PK', 10]], 'EA', '3.95'),
  corvane('orthopaedics', 'WALKER BOOT PNEUMATIC', 'S M L', 'WB', 'EA', [], 'EA', '49.60'),
  stellan('power', 'BLADE SAW SAGITTAL', '9MM 13MM 18MM 25MM', 'BS', 'EA', boxes(5), 'EA', '38.50'),
  stellan('power', 'DRILL BIT QUICK-RELEASE', '2.0MM 2.5MM 3.2MM 4.5MM', 'DB', 'EA', boxes(5), 'EA', '54.25'),
  stellan('power', 'BUR ROUND FLUTED', '3MM 4MM 5MM', 'BR', 'EA', boxes(5), 'EA', '61.70'),
  stellan('arthroscopy', 'SHAVER BLADE AGGRESSIVE', '3.5MM 4.0MM 5.5MM', 'SB', 'EA', boxes(5), 'EA', '84.30'),
  stellan('arthroscopy', 'TUBING ARTHROSCOPY PUMP', 'INFLOW OUTFLOW DAY-SET', 'TB', 'EA', boxes(10), 'EA', '45.90'),
  stellan('arthroscopy', 'PROBE ABLATION 90DEG', '3.0MM 3.75MM', 'AB', 'EA', boxes(5), 'EA', '178.00'),

  merrow('sutures', 'SUTURE POLYGLACTIN VIOLET CT-1', '0 1 2-0 3-0', 'VP', 'EA', boxCase(36, 6), 'BX', '168.40', {
    hibc: true,
  }),
  merrow('sutures', 'SUTURE POLYPROPYLENE BLUE SH', '2-0 3-0 4-0 5-0', 'PP', 'EA', boxCase(36, 6), 'BX', '224.70', {
    hibc: true,
  }),
  merrow('sutures', 'SUTURE SILK BLACK BRAIDED', '0 2-0 3-0 4-0', 'SK', 'EA', boxCase(12, 12), 'BX', '39.80', {
    hibc: true,
  }),
  merrow('sutures', 'SUTURE NYLON MONOFILAMENT FS-2', '3-0 4-0 5-0 6-0', 'NY', 'EA', boxCase(12, 12), 'BX', '44.60', {
    hibc: true,
  }),
  merrow('stapling', 'STAPLER SKIN DISPOSABLE', '15W 35W 35R', 'SS', 'EA', boxes(6), 'EA', '13.90', { hibc: true }),
  merrow('stapling', 'RELOAD LINEAR STAPLER', '45MM-B 45MM-G 60MM-B 60MM-G', 'RL', 'EA', boxes(12), 'EA', '118.50', {
    hibc: true,
  }),
  merrow('stapling', 'TROCAR BLADELESS', '5MM 8MM 11MM 12MM', 'TR', 'EA', boxes(6), 'EA', '46.80', { hibc: true }),
  merrow('stapling', 'MESH HERNIA POLYPROPYLENE', '3X6 6X6 10X14', 'MH', 'EA', [], 'EA', '164.00', { hibc: true }),
  lindqvist('wound', 'DRESSING FOAM SILICONE BORDER', '3X3 4X4 6X6 SACRAL', 'FB', 'EA', boxCase(10, 5), 'BX', '52.30'),
  lindqvist('wound', 'DRESSING HYDROCOLLOID', '4X4 6X6 8X8', 'HC', 'EA', boxCase(5, 12), 'BX', '21.75'),
  lindqvist('wound', 'DRESSING CALCIUM ALGINATE', '2X2 4X4 ROPE', 'AG', 'EA', boxCase(10, 10), 'BX', '29.40'),
  lindqvist('wound', 'DRESSING TRANSPARENT FILM', '2X3 4X5 6X8', 'TF', 'EA', boxCase(50, 4), 'BX', '33.10'),
  lindqvist('wound', 'KIT NEGATIVE PRESSURE FOAM', 'S M L', 'NP', 'KT', cases(10), 'KT', '36.45'),
  lindqvist('ostomy', 'POUCH OSTOMY DRAINABLE 2-PC', '1.75IN 2.25IN 2.75IN', 'OP', 'EA', boxes(10), 'BX', '41.90'),
  lindqvist('ostomy', 'BARRIER SKIN CONVEX', '1.75IN 2.25IN 2.75IN', 'SB', 'EA', boxes(5), 'BX', '38.25'),
  lindqvist(
    'nursing',
    'BRIEF ADULT INCONTINENCE',
    'M L XL BARI',
    'BF',
    'EA',
    [
      ['BG', 20],
      ['CS', 80],
    ],
    'BG',
    '11.60',
  ),
  lindqvist('nursing', 'WIPE CLEANSING BARRIER', '8CT 24CT', 'WC', 'PK', cases(24), 'PK', '2.95'),
  lindqvist('nursing', 'HEEL PROTECTOR FOAM', 'STD BARI', 'HP', 'PR', cases(12), 'PR', '14.85'),
]
