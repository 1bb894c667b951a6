/** TA105: what is wrong with an interchange. */
const interchangeNotes: Readonly<Record<string, string>> = {
  '000': 'no error',
  '001': 'the control numbers of ISA and IEA differ',
  '002': 'this standard of control is not supported',
  '003': 'this version of the controls is not supported',
  '004': 'the segment terminator is invalid',
  '005': 'the sender qualifier is invalid',
  '006': 'the sender is unknown',
  '007': 'the receiver qualifier is invalid',
  '008': 'the receiver is unknown',
  '009': 'the receiver cannot be reached',
  '010': 'the authorization qualifier is invalid',
  '011': 'the authorization information is invalid',
  '012': 'the security qualifier is invalid',
  '013': 'the security information is invalid',
  '014': 'the interchange date is invalid',
  '015': 'the interchange time is invalid',
  '016': 'the standards identifier or repetition separator is invalid',
  '017': 'the version is invalid',
  '018': 'the interchange control number is invalid',
  '019': 'the request for acknowledgment is invalid',
  '020': 'the usage indicator is invalid',
  '021': 'the count of groups is wrong',
  '022': 'the control structure is invalid',
  '023': 'the transmission ended too early',
  '024': 'the content of the interchange is invalid',
  '025': 'the interchange control number was used before',
  '026': 'the element separator is invalid',
  '027': 'the component separator is invalid',
  '028': 'the delivery date is invalid',
  '029': 'the delivery time is invalid',
  '030': 'the delivery time is no time code',
  '031': 'the grade of service is invalid',
}

/** AK304, IK304: what is wrong with a segment. */
const segmentErrors: Readonly<Record<string, string>> = {
  '1': 'the segment id is not known',
  '2': 'the segment is not expected here',
  '3': 'a mandatory segment is missing',
  '4': 'the loop comes too often',
  '5': 'the segment comes too often',
  '6': 'the segment is not part of the transaction set',
  '7': 'the segment is not in its place',
  '8': 'elements of the segment are wrong',
  I4: "the partner's guide does not use this segment",
  I6: "a segment is missing that the partner's guide asks for here",
  I7: "the loop comes less often than the partner's guide asks",
  I8: "the segment comes less often than the partner's guide asks",
  I9: "a segment is there that the partner's guide forbids here",
}

/** AK403, IK403: what is wrong with an element. */
const elementErrors: Readonly<Record<string, string>> = {
  '1': 'a mandatory element is missing',
  '2': 'an element is missing that others of the segment ask for',
  '3': 'there are too many elements',
  '4': 'the element is too short',
  '5': 'the element is too long',
  '6': 'the element holds an invalid character',
  '7': 'the code is not valid',
  '8': 'the date is not valid',
  '9': 'the time is not valid',
  '10': 'the element excludes another that is there',
  '12': 'the element is repeated too often',
  '13': 'there are too many components',
  I6: "the code is not one of the partner's guide",
  I9: "an element is missing that the partner's guide asks for here",
  I10: "the partner's guide does not use this element",
  I11: "the element is repeated less often than the partner's guide asks",
  I12: "the value does not follow the partner's guide",
  I13: "an element is there that the partner's guide forbids here",
}

/** AK502 to AK506, IK502 to IK506: what is wrong with a transaction set. */
const setErrors: Readonly<Record<string, string>> = {
  '1': 'the transaction set is not supported',
  '2': 'the SE is missing',
  '3': 'the control numbers of ST and SE differ',
  '4': 'the count of segments is wrong',
  '5': 'segments are wrong',
  '6': 'the transaction set identifier is missing or invalid',
  '7': 'the transaction set control number is missing or invalid',
  '23': 'the transaction set control number is not unique within its group',
  I5: "segments do not follow the partner's guide",
  I6: "the partner's guide is not supported",
}

/** AK905 to AK909: what is wrong with a group. */
const groupErrors: Readonly<Record<string, string>> = {
  '1': 'the functional group is not supported',
  '2': 'the version of the group is not supported',
  '3': 'the GE is missing',
  '4': 'the control numbers of GS and GE differ',
  '5': 'the count of transaction sets is wrong',
  '6': 'the group control number is invalid',
  '19': 'the group control number is not unique within its interchange',
}

const words: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  TA105: interchangeNotes,
  AK304: segmentErrors,
  AK403: elementErrors,
  AK502: setErrors,
  AK905: groupErrors,
}

/** One thing an acknowledgment finds wrong, as the standard has it and in words. */
export interface AcknowledgedError {
  /** TA105, AK304, AK403, AK502 or AK905 and the code, as in AK403:7; a 999's IK304 is AK304 here too. */
  readonly standardCode: string
  readonly means: string
}

export function acknowledgedError(element: 'TA105' | 'AK304' | 'AK403' | 'AK502' | 'AK905', code: string) {
  return { standardCode: `${element}:${code}`, means: words[element]?.[code] ?? `code ${code}` }
}
