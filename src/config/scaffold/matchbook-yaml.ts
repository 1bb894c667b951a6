/** The key of the identities, relative to the workspace. */
export const identityKeyFile = 'keys/identity'

/** The first matchbook.yaml of a workspace: it validates and runs as it is, on folders below the workspace. */
export const matchbookYaml = (name: string): string => `# yaml-language-server: $schema=./schemas/matchbook.schema.json
#
# The settings of this workspace. Every setting is explained in docs/settings.md of Matchbook; check with: matchbook validate
# Ids (vendor numbers, companies, ISA ids) stand in quotes: without them YAML drops leading zeros.

workspace: ${JSON.stringify(name)}
profile: production # production takes interchanges marked P in ISA15, test those marked T
# How it is in test, with places and a store of its own, can stand in profiles/test.yaml: matchbook run --profile test. See docs/profiles.md
timezone: America/Chicago
currency: USD

# Database, archive, outbox and reports. Back this folder up.
state: { folder: state }

# Our own ISA ids, and the company each stands for. Interchanges for anyone else are refused.
identity:
  - { isa: { qualifier: "01", id: "081123450" }, company: "10" }
  - { isa: { qualifier: "ZZ", id: LAKESIDESOUTH }, company: "20" }

# Where files are exchanged. These are folders, so that you can put files there at once.
endpoints:
  erp: { kind: local, folder: drops/erp }
  medsupply: { kind: local, folder: drops/suppliers/medsupply }
  orthotech: { kind: local, folder: drops/suppliers/orthotech }
  procurement: { kind: local, folder: drops/procurement }
  ehr: { kind: local, folder: drops/ehr }
  payroll: { kind: local, folder: drops/payroll }
  # A server instead of a folder, under the same name, so that no job has to change:
  # medsupply:
  #   kind: sftp
  #   host: sftp.medsupply.example
  #   username: lakeside
  #   host-key: { fingerprint: "SHA256:..." } # ask the partner for it; or known-hosts: keys/known_hosts
  #   login: { key: { file: keys/medsupply } } # or password: { env: MEDSUPPLY_PASSWORD }; never the secret itself

partners:
  medsupply:
    name: MedSupply Distribution
    isa: [{ qualifier: "01", id: "054321987" }]
    vendors: # the ERP's vendor numbers this partner may bill as
      - { company: "10", vendor: "10432" }
      - { company: "20", vendor: "0000010432" }
    terms: { discount-percent: "1", discount-days: 10, net-days: 30 }
    freight-limit: "45.00"
  orthotech:
    name: OrthoTech Implants
    isa: [{ qualifier: ZZ, id: ORTHOTECH }]
    vendors:
      - { company: "10", vendor: "20718" }
      - { company: "20", vendor: "0000020718" }
    terms: { net-days: 45 }

# Who answers for which exceptions. Without a calendar every hour counts towards the due time.
queues:
  integration: { owner: Integration team }
  steward: { owner: Data steward, calendar: office }
  finance: { owner: Accounts payable, calendar: office }
  contracts: { owner: Contracts, calendar: office }
  receiving: { owner: Receiving, calendar: office }
  supply-chain: { owner: Purchasing, calendar: office }
  item-master: { owner: Item master, calendar: office }
  clinical: { owner: Perioperative services, calendar: office }
  compliance: { owner: Compliance, calendar: office }
  revenue: { owner: Revenue integrity, calendar: office }
  privacy: { owner: Privacy office }

calendars:
  office:
    days: [mon, tue, wed, thu, fri]
    from: "08:00"
    to: "17:00"
    holidays: []

# Another queue or time to decide than a code has by itself (matchbook explain CODE):
# exceptions:
#   INV-PRICE: { queue: contracts, sla-hours: 24 }
#   ACK-REJECTED: { statuses: { R1: contracts, R2: item-master, R3: item-master } } # by what the supplier says (ACK01)

# off is not checked, zero allows nothing, unlimited allows everything. The most specific entry wins: item, category, supplier, company.
tolerances:
  - { rule: price, over: { percent: "1", absolute: "0.50" }, under: { percent: "10" } }
  - { rule: quantity-ordered, over: zero, under: off }
  - { rule: quantity-received, over: zero, under: off }
  - { rule: extended-amount, over: { percent: "2" }, under: off }
  - { rule: total, over: zero, under: zero }
  - { rule: freight, over: zero, under: off }
  - { rule: tax, over: zero, under: off }
  - { rule: contract-price, over: zero, under: off }
  # - { rule: price, supplier: "20718", over: zero, under: { percent: "10" } }

units:
  aliases: { EACH: EA, BOX: BX, CASE: CS, DOZ: DZ } # what partners write: the unit it stands for
  conversions:
    - { from: DZ, to: EA, factor: "12" } # true for every item; packs of one item come from the item extract

# Identities of patients and employees become keyed hashes when a file is read. init made this key; keep it secret, back it up, and do not
# change it: under another key the same case is another one.
privacy: { key: { file: ${identityKeyFile} } }

fail-on: none # any, error or critical: open exceptions of that weight end a run with exit code 3

# Days that things are kept, and legal holds. Without it nothing is ever removed; matchbook purge --dry-run says what would go.
# retention:
#   files: 400
#   logs: 90
#   hold:
#     - { reason: "Case 2026-114", partner: medsupply, from: 2026-01-01, to: 2026-06-30 }
`
