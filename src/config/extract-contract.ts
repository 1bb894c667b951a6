import { z } from 'zod'
import { ColumnName, DecimalSetting, Name } from './scalars.js'

/** One column of the file. Without a header row, order is what binds; with one, the name is, and order is free. */
export const ExtractColumn = z.strictObject({
  name: z
    .string()
    .min(1)
    .describe(
      'as the header has it; in JSON and XML the keys that lead to it from the record, for example item/number, with ../ before from what the record stands in; in XML @name is an attribute, and ID[@type=WID] the one of several elements that has it; E1EDKA1[PARVW=LF]/PARTN is that of the one of several objects whose own PARVW is LF',
    ),
  kind: z.enum(['text', 'decimal', 'integer', 'date', 'flag']).describe('what its values must be'),
  required: z.boolean().default(false).describe('an empty value is DATA-REQUIRED'),
  optional: z.boolean().default(false).describe('the whole column may be absent'),
  scale: z
    .int()
    .min(0)
    .max(6)
    .optional()
    .describe('decimal: most digits after the point; more is DATA-TYPE, never rounded'),
  'implied-decimals': z
    .int()
    .min(0)
    .max(12)
    .optional()
    .describe('decimal: written without a point; what is beyond the decimals that are kept must be zeros'),
  'decimal-separator': z
    .enum(['.', ','])
    .optional()
    .describe('decimal: before the decimals; without it a comma where thousands have a point, else a point'),
  'thousands-separator': z.enum([',', '.', ' ', "'"]).optional().describe('decimal: between groups of three digits'),
  'trailing-minus': z.boolean().default(false).describe('decimal: 12.50- is minus 12.50'),
  'sign-words': z
    .record(z.string().min(1), z.enum(['plus', 'minus']))
    .optional()
    .describe('decimal: what stands behind a number and gives its sign, for example CR: minus, DR: plus'),
  parentheses: z.boolean().default(false).describe('decimal: (12.50) is minus 12.50'),
  overpunch: z
    .boolean()
    .default(false)
    .describe('decimal: the last digit carries the sign as mainframes write it: 1250{ is 12500, 125} is minus 1250'),
  'hours-and-minutes': z
    .boolean()
    .default(false)
    .describe('decimal: 8:15 is eight hours and a quarter; seconds may follow, 8:15:00'),
  'stored-as': z
    .enum(['packed', 'binary', 'binary-unsigned'])
    .optional()
    .describe(
      'fixed places without line ends: its digits are no text, and width counts bytes. packed: two digits a byte, the sign in the last half (COMP-3); binary: the number, high byte first (COMP), or one that has no sign',
    ),
  'number-signs': z
    .array(z.string().min(1))
    .optional()
    .describe('decimal: what may stand before or behind a number and is passed over, for example "$"'),
  'null-values': z
    .array(z.string())
    .optional()
    .describe('texts that mean empty in this column, beside those of the format'),
  of: z
    .string()
    .min(1)
    .optional()
    .describe('where the file has records of several types: the type it stands in; without it the data records'),
  from: z.int().min(1).optional().describe('fixed places: its first character, counted from 1'),
  width: z.int().min(1).max(4000).optional().describe('fixed places: how many characters'),
  formats: z
    .array(z.string())
    .optional()
    .describe(
      'date: patterns as strptime has them, for example "%m/%d/%Y"; tried in order. excel-serial: the number that a spreadsheet has for a day',
    ),
  'day-in': z
    .string()
    .min(1)
    .optional()
    .describe(
      'date with a time of day and its zone: becomes the day that it was in this IANA zone. Patterns may end with %z: Z, -06, -0600, -06:00',
    ),
  'written-in': z
    .string()
    .min(1)
    .optional()
    .describe('with day-in: IANA zone that times without one are written in, for example UTC'),
  'true-values': z.array(z.string()).optional().describe('flag: texts that mean yes'),
  'false-values': z.array(z.string()).optional().describe('flag: texts that mean no'),
  sensitivity: z
    .enum(['none', 'internal', 'personal'])
    .default('none')
    .describe('personal columns are dropped when the file is read, or projected as a keyed hash'),
})
export type ExtractColumn = z.infer<typeof ExtractColumn>

const PadLeft = z
  .strictObject({
    width: z.int().min(1).max(40).describe('characters'),
    with: z.string().length(1).describe('what is put before it'),
  })
  .describe('made as wide as this')

const textTransforms = ['strip-leading-zeros', 'upper', 'digits-only', 'keyed-hash'] as const

/** How a canonical column comes out of the file's columns. Values are always trimmed first. */
export const Projection = z.union([
  z.string().describe('a column of the file'),
  z.strictObject({
    column: z.string().describe('a column of the file'),
    characters: z
      .strictObject({
        from: z.int().min(1).describe('the first, counted from 1'),
        count: z.int().min(1).max(4000).optional().describe('how many; without it all up to the end'),
      })
      .optional()
      .describe('only these characters of the text'),
    part: z
      .strictObject({
        between: z.string().min(1).describe('what stands between parts'),
        number: z.int().min(-20).max(20).describe('which part, counted from 1; from the end with a minus'),
        required: z
          .boolean()
          .optional()
          .describe('false: a text without such a part gives nothing, for example an order without a release'),
      })
      .optional()
      .describe('only this part of the text, for example of 4500012345-00010'),
    join: z
      .array(
        z.strictObject({
          column: z.string().describe('a text column of the file'),
          between: z.string().default('').describe('what is put before it'),
          'pad-left': PadLeft.optional(),
        }),
      )
      .optional()
      .describe('put behind it before the transforms; where one is empty, nothing of it'),
    'date-as': z
      .string()
      .min(2)
      .optional()
      .describe('a date column as text, by a pattern as strftime has them, for example "%Y-%m"'),
    transform: z
      .array(z.enum(textTransforms))
      .default([])
      .describe(
        'done to the text, in this order; keyed-hash comes last: HMAC-SHA-256 under the key of the privacy settings',
      ),
    'pad-left': PadLeft.optional().describe('after the transforms: made as wide as this'),
    per: z
      .union([
        z.strictObject({
          column: z.string().describe('a number column of the file, or with codes a text column'),
          codes: z
            .record(z.string(), DecimalSetting)
            .optional()
            .describe('value in the file: what is divided by; any other is DATA-TYPE'),
        }),
        z.strictObject({ constant: DecimalSetting.describe('the same in every record') }),
      ])
      .optional()
      .describe(
        'a number that is divided by this: a price of so many units, minutes of an hour, decimals that the record itself counts. What does not come out even is DATA-TYPE, but for hours',
      ),
    minus: z.string().optional().describe('a decimal column to subtract, for example a cancelled quantity'),
    codes: z
      .record(z.string(), z.string())
      .optional()
      .describe('value in the file: canonical value; any other is DATA-TYPE'),
    'sign-from': z
      .strictObject({
        column: z.string().describe('a text column of the file'),
        codes: z.record(z.string(), z.enum(['plus', 'minus'])).describe('value in the file: sign'),
      })
      .optional()
      .describe('a number whose sign another column gives, for example debit or credit; any other value is DATA-TYPE'),
    'only-sign': z
      .enum(['plus', 'minus'])
      .optional()
      .describe(
        'numbers of this sign alone, without it; in other records empty: debit and credit out of one signed amount',
      ),
    'only-where': z
      .strictObject({
        column: z.string().describe('a text column of the file'),
        codes: z.record(z.string(), z.enum(['use', 'leave'])).describe('value in the file: used, or left empty'),
      })
      .optional()
      .describe('only in some records, and empty in the others; any other value is DATA-TYPE'),
    'empty-as': z.string().optional().describe('canonical value of an empty cell'),
  }),
  z.strictObject({ constant: z.string().describe('the same value in every record') }),
  z.strictObject({
    file: z
      .literal('part')
      .describe(
        'which part of the extract the file is, as parts of the input finds it in its name, for example a company',
      ),
    codes: z
      .record(z.string(), z.string())
      .optional()
      .describe('part: canonical value; a file of any other is not used'),
  }),
])
export type Projection = z.infer<typeof Projection>

/** What a control record says of the data. */
const declaredTotals = {
  fields: z
    .array(
      z.strictObject({
        from: z.int().min(1).describe('first character, counted from 1'),
        width: z.int().min(1).describe('how many characters'),
      }),
    )
    .min(1)
    .optional()
    .describe('fixed places: where its values stand; position 1 is the first of them'),
  count: z.int().min(1).optional().describe('position (1-based) of the record count'),
  counts: z
    .array(z.string())
    .min(1)
    .optional()
    .describe('types of records that it counts, where the file has several; without it the data records'),
  'count-includes': z
    .int()
    .min(0)
    .max(10)
    .default(0)
    .describe('records beside the data that it counts too, for example 2 for header and trailer'),
  sums: z
    .array(
      z.strictObject({
        position: z.int().min(1).describe('position (1-based) of the sum'),
        column: z.string().describe('column it is the sum of'),
      }),
    )
    .default([])
    .describe('control totals'),
}

export const Trailer = z.strictObject({
  marker: z.string().min(1).describe('the first field of the trailer record; of fixed places, what it begins with'),
  ...declaredTotals,
})
export type Trailer = z.infer<typeof Trailer>

/** Encodings that files are read in as they stand; of all others a copy is made. */
export const plainEncodings = ['utf-8', 'windows-1252', 'iso-8859-1', 'iso-8859-15'] as const

const encoding = {
  encoding: z
    .enum([...plainEncodings, 'utf-16', 'utf-16le', 'utf-16be', 'cp037', 'cp500', 'cp1047'])
    .default('utf-8')
    .describe(
      'of the file; a byte order mark is passed over. utf-16: as its byte order mark says; cp037, cp500, cp1047: EBCDIC, where NUL counts as a space',
    ),
}

/** Records that are not all data, or not all of one kind. */
const mixed = {
  'pass-over': z
    .array(z.string().min(1))
    .optional()
    .describe('a record that begins with one of these is none: comments, page titles, rules of dashes'),
  'record-types': z
    .strictObject({
      at: z
        .int()
        .min(1)
        .default(1)
        .describe('which value of a record says its type (1-based); at fixed places its first character'),
      data: z.array(z.string().min(1)).min(1).describe('types of records that are data, all with the same columns'),
      above: z
        .array(z.string().min(1))
        .default([])
        .describe(
          'types whose values go with the data records below them, from the outer to the inner, for example the head of an order: columns with of',
        ),
      'passed-over': z.array(z.string().min(1)).default([]).describe('types of records that say nothing'),
    })
    .optional()
    .describe('records of several types in one file; a record of any other type is DATA-TYPE'),
}

const nulls = {
  'null-values': z.array(z.string()).default([]).describe('texts that mean empty, beside the empty field'),
}

/** What files of records one after the other have alike. */
const framing = {
  'skip-records': z
    .int()
    .min(0)
    .max(100)
    .default(0)
    .describe('so many records before all others say nothing: titles of a report. Blank lines are no records'),
  'header-marker': z
    .string()
    .optional()
    .describe('a control record before the data whose first field is this; of fixed places, it begins with it'),
  'header-totals': z
    .strictObject(declaredTotals)
    .optional()
    .describe('what the control record of header-marker says of the data'),
  trailer: Trailer.optional().describe('last record; a file without it is FILE-TRUNCATED'),
  ...nulls,
}

/** Records of nested objects, whose columns are named by keys. */
const keys = z.string().regex(/^[^/]+(\/[^/]+)*$/, 'keys with / between them, for example orders/lines')
const totals = z
  .strictObject({
    count: keys
      .optional()
      .describe(
        'keys that lead from the top to how many records there are, for example header/recordCount; where it stands several times, all of them together',
      ),
    sums: z
      .array(
        z.strictObject({
          at: keys.describe(
            'keys that lead from the top to the sum; where it stands several times, all of them together',
          ),
          column: z.string().describe('column it is the sum of'),
        }),
      )
      .default([])
      .describe('control totals'),
  })
  .optional()
  .describe('what the file tells of its records; one that does not is FILE-TRUNCATED')
const json = {
  records: keys
    .optional()
    .describe(
      'keys that lead from the top to the records, for example orders/lines; lists on the way are gone through. Without it they stand at the top',
    ),
  totals,
  ...encoding,
  ...nulls,
}

/** templates/extracts/*.yaml */
export const ExtractContract = z.strictObject({
  contract: Name.describe('the name of the file'),
  title: z.string().min(1).describe('as reports show it'),
  source: z.string().min(1).describe('the system it comes from'),
  format: z
    .discriminatedUnion('kind', [
      z.strictObject({
        kind: z.literal('delimited').describe('one record a line, values between delimiters'),
        delimiter: z.string().min(1).max(4).describe('between values, for example "|"'),
        quote: z.string().max(1).default('"').describe('empty: no quoting'),
        header: z.boolean().describe('the first record names the columns'),
        'header-repeats': z
          .boolean()
          .optional()
          .describe('the names come again between the data, as where files were put one behind the other'),
        'spreadsheet-texts': z
          .boolean()
          .optional()
          .describe(
            '="00123" and \'00123, as texts are written for a spreadsheet that shall leave them as they are, are 00123',
          ),
        ...encoding,
        ...mixed,
        ...framing,
      }),
      z.strictObject({
        kind: z.literal('fixed').describe('one record a line, values at fixed places: from and width of each column'),
        'record-length': z
          .int()
          .min(1)
          .optional()
          .describe('characters of each record; without it spaces at its end may be left out'),
        'line-ends': z
          .boolean()
          .optional()
          .describe('false: records follow one another without line ends, each of record-length characters'),
        'record-descriptors': z
          .boolean()
          .optional()
          .describe(
            'true: each record begins with four bytes that say how long it is (RDW), as mainframes write records of different lengths; there are no line ends',
          ),
        ...encoding,
        ...mixed,
        ...framing,
      }),
      z.strictObject({
        kind: z.literal('xlsx').describe('a sheet of a workbook, one record a row; its first record names the columns'),
        sheet: z.string().min(1).optional().describe('its name; without it the first sheet that is not hidden'),
        ...framing,
      }),
      z.strictObject({
        kind: z.literal('json').describe('JSON: a list of objects, or an object in which they stand'),
        ...json,
      }),
      z.strictObject({
        kind: z.literal('ndjson').describe('one JSON object a line'),
        ...json,
      }),
      z.strictObject({
        kind: z.literal('xml').describe('XML, in the encoding that it says itself'),
        records: keys.describe(
          'elements that lead to the records, the root first, without prefixes, for example Report_Data/Report_Entry',
        ),
        totals,
        ...nulls,
      }),
    ])
    .describe('how the bytes are to be read'),
  'look-ups': z
    .record(
      Name,
      z.strictObject({
        contract: Name.describe('contract of the other file, which another input of the job takes'),
        by: z
          .record(z.string(), z.string())
          .describe(
            'column of this file: the column of the other one that has the same text; several where one alone does not say which record',
          ),
        required: z
          .boolean()
          .default(true)
          .describe(
            'a record whose key the other file does not have is DATA-REFERENCE; false: what it would take from there is empty',
          ),
      }),
    )
    .default({})
    .describe(
      'values that stand in another file, as the head of an order beside its lines, or the code behind a surrogate key: column NAME/COLUMN is COLUMN of the record that the look-up NAME finds there. They come in this order, and one may go by a column that an earlier one found',
    ),
  columns: z.array(ExtractColumn).min(1).describe('of the file; without a header row their order is what binds'),
  'new-columns': z
    .enum(['report', 'ignore', 'refuse'])
    .default('report')
    .describe(
      'columns the contract does not know: DATA-COLUMN-NEW and the file is used, nothing, or DATA-COLUMN-NEW and the file is not used',
    ),
  'most-rejected-percent': z
    .int()
    .min(0)
    .max(100)
    .default(50)
    .describe(
      'a file is not used when more than so many percent are rejected, of 5 to 19 records all: a column has changed; 100: never',
    ),
  projections: z
    .array(
      z.strictObject({
        relation: z.string().describe('canonical relation'),
        when: z
          .union([
            z.string().describe('a column of the file: only records in which it is not empty'),
            z.strictObject({
              column: z.string().describe('a column of the file'),
              is: z.array(z.string()).min(1).describe('only records in which it has one of these values'),
            }),
          ])
          .optional()
          .describe('which records; without it all'),
        key: z
          .array(ColumnName)
          .min(1)
          .describe('canonical columns that identify a record; doubled keys are DATA-KEY-DUPLICATE'),
        'newest-by': z
          .string()
          .optional()
          .describe(
            'effective-dated records: a date column; of several with one key only the latest that the day has reached counts',
          ),
        changes: z
          .strictObject({
            column: z
              .string()
              .describe('a text column of the file; where it is optional and absent, every record is put'),
            codes: z
              .record(z.string(), z.enum(['put', 'remove']))
              .describe(
                'value in the file: put in the place of the record of its key, or that one taken out, for which the key is enough; "" is an empty cell, any other value is DATA-TYPE',
              ),
          })
          .optional()
          .describe(
            'what became of a record, as extracts of changes say it (changes of the input); without it every record is put',
          ),
        merge: z
          .strictObject({
            sum: z
              .array(ColumnName)
              .default([])
              .describe('canonical columns that are added up, for example the quantity of a line split over accounts'),
          })
          .optional()
          .describe(
            'several records of one key are one: what is listed is summed, all else that is mapped has to be the same. A record that is the same all over is a copy, DATA-KEY-DUPLICATE, and not summed',
          ),
        map: z.record(ColumnName, Projection).describe('canonical column: where it comes from'),
      }),
    )
    .default([])
    .describe(
      'what becomes of a record; a file may fill several relations, or none where a job compares its columns as they stand',
    ),
})
export type ExtractContract = z.infer<typeof ExtractContract>

/** A contract whose files hold nested objects. */
export type NestedContract = ExtractContract & {
  readonly format: Extract<ExtractContract['format'], { readonly kind: 'json' | 'ndjson' | 'xml' }>
}

/** The contract of a file of text that can be read as it stands. */
export type TextContract = ExtractContract & {
  readonly format: Extract<ExtractContract['format'], { readonly kind: 'delimited' | 'fixed' }> & {
    readonly encoding: (typeof plainEncodings)[number]
  }
}
