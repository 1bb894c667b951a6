/**
 * A social security number with hyphens, as a pattern that JavaScript and RE2 (DuckDB) read alike: not one that is never given out
 * (area 000, 666 and 9xx; group 00; serial 0000), and not a part of a longer number. SSA, POMS RM 10201.
 */
export const socialSecurityNumber =
  '(?:^|[^0-9A-Za-z_-])' +
  '(?:00[1-9]|0[1-9][0-9]|[1-578][0-9]{2}|6(?:[0-57-9][0-9]|6[0-57-9]))' +
  '-(?:0[1-9]|[1-9][0-9])' +
  '-(?:000[1-9]|00[1-9][0-9]|0[1-9][0-9]{2}|[1-9][0-9]{3})' +
  '(?:$|[^0-9A-Za-z_-])'

/** Letters of names, as RE2 and JavaScript write them alike. Classes of Unicode would cost RE2 milliseconds for each pattern. */
export const letter = 'A-ZÀ-ÖØ-ÞĀ-ɏ'
const before = `(?:^|[^${letter}0-9])`

// Packs are sold by the hundred or thousand ("BAND PATIENT ID 1000/BX"): a number that is only named has five digits and more, and no slash
// behind it.
const called = `(?: ?(?:NO|NR|NUMBER)[ .:#=]*| ?[:#=][ .:#=]*)[A-Z]{0,2}[0-9]{4}`
const onlyNamed = `[ .]*[A-Z]{0,2}[0-9]{5,}(?:$|[^0-9/])`

/**
 * What marks a patient in running text in capitals, as a pattern that JavaScript and RE2 read alike: a social security number, also
 * without hyphens where it is called one; a medical record number, a patient's number or a day of birth under such a name; and a name as
 * HL7 writes it (DOE^JANE), which begins its field, where a code with its text (A4649^SYRINGE^LN) begins with the code.
 */
export const identityInWords = [
  socialSecurityNumber,
  `${before}(?:SSN|SS ?#|SOC(?:IAL)?\\.? SEC(?:URITY)?\\.?)(?: ?(?:NO|NR|NUMBER))?[ .:#=]*[0-9]{3}[ -]?[0-9]{2}[ -]?[0-9]{4}(?:$|[^0-9])`,
  `${before}MRN(?: ?(?:NO|NR|NUMBER))?[ .:#=]*[A-Z]{0,2}[0-9]{4}`,
  `${before}(?:MED(?:ICAL)?\\.? REC(?:ORD)?|PAT(?:IENT)?\\.? ?(?:ID|NO|NR|NUMBER))\\.?(?:${called}|${onlyNamed})`,
  `${before}(?:DOB|D\\.O\\.B\\.?|BIRTH ?DATE|DATE OF BIRTH|BORN)(?: ON)?[ .:#=]*(?:[0-9]{1,4}[/.-][0-9]{1,2}[/.-][0-9]{1,4}|[0-9]{8}|[0-9]{1,2}[ -]?[A-Z]{3}[A-Z]*[ -]?[0-9]{2,4})(?:$|[^0-9])`,
  `^(?:[^^]*[^${letter}0-9^])?[${letter}]{2,}\\^[${letter}]{2}`,
].join('|')
