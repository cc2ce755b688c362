/** Fields of the operations of the 50 series, all of which have all of them (EMI/UCP 4.6 §5). */
const shortMessage = [
  'AdC',
  'OAdC',
  'AC',
  'NRq',
  'NAdC',
  'NT',
  'NPID',
  'LRq',
  'LRAd',
  'LPID',
  'DD',
  'DDT',
  'VP',
  'RPID',
  'SCTS',
  'Dst',
  'Rsn',
  'DSCTS',
  'MT',
  'NB',
  'Msg',
  'MMS',
  'PR',
  'DCs',
  'MCLs',
  'RPI',
  'CPg',
  'RPLy',
  'OTOA',
  'HPLMN',
  'XSer',
  'RES4',
  'RES5',
] as const

const session = ['OAdC', 'OTON', 'ONPI', 'STYP', 'PWD', 'NPWD', 'VERS', 'LAdC', 'LTON', 'LNPI'] as const

/** STYP of a session management (60): what it is for (EMI/UCP 4.6 §6). */
export const STYP_60 = {
  open: '1',
  changePassword: '3',
  openProvisioning: '4',
  changeProvisioningPassword: '6',
} as const

/** STYP of a provisioning action (61): what is done to which list of the account (EMI/UCP 4.6 §6). */
export const STYP_61 = {
  addToMoList: '1',
  removeFromMoList: '2',
  verifyInMoList: '3',
  addToMtList: '4',
  removeFromMtList: '5',
  verifyInMtList: '6',
} as const

const acknowledged = ['ack', 'SM'] as const
/** MVP: the validity period that the SMSC made of ours. */
const accepted = ['ack', 'MVP', 'SM'] as const
const refused = ['ack', 'EC', 'SM'] as const

/** One operation: its name, and the fields of its request and of its positive answer, in order. */
export interface Operation {
  readonly name: string
  readonly request: readonly string[]
  readonly accepted: readonly string[]
}

/** Every operation that is written and read here (EMI/UCP 4.6 §4 to §6). */
export const operations = {
  '01': { name: 'call input', request: ['AdC', 'OAdC', 'AC', 'MT', 'Msg'], accepted: acknowledged },
  '30': {
    name: 'SMS message transfer',
    request: ['AdC', 'OAdC', 'AC', 'NRq', 'NAd', 'NPID', 'DD', 'DDT', 'VP', 'AMsg'],
    accepted,
  },
  '31': { name: 'SMT alert', request: ['AdC', 'PID'], accepted: acknowledged },
  '51': { name: 'submit short message', request: shortMessage, accepted },
  '52': { name: 'deliver short message', request: shortMessage, accepted },
  '53': { name: 'deliver notification', request: shortMessage, accepted },
  '54': { name: 'modify message', request: shortMessage, accepted },
  '55': { name: 'inquiry message', request: shortMessage, accepted },
  '56': { name: 'delete message', request: shortMessage, accepted },
  '57': { name: 'inquiry response message', request: shortMessage, accepted },
  '58': { name: 'delete response message', request: shortMessage, accepted },
  '60': { name: 'session management', request: [...session, 'OPID', 'RES1'], accepted: acknowledged },
  '61': { name: 'list management', request: [...session, 'RES1', 'RES2'], accepted: acknowledged },
} as const satisfies Readonly<Record<string, Operation>>

/** The fields of a frame, by its operation and kind; undefined for an operation that is not known. */
export function fieldsOf(operation: string, kind: 'request' | 'accepted' | 'refused'): readonly string[] | undefined {
  // Every refusal has the same fields, also that of an operation nobody knows.
  if (kind === 'refused') return refused
  return Object.hasOwn(operations, operation) ? operations[operation as keyof typeof operations][kind] : undefined
}

/** The name of an operation for people: `51 submit short message`. */
export function operationName(operation: string): string {
  return Object.hasOwn(operations, operation)
    ? `${operation} ${operations[operation as keyof typeof operations].name}`
    : operation
}
