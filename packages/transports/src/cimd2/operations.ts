/** The operations, as their requests are numbered; an answer is 50 above (CIMD 2 §3.3). */
export const OP = {
  login: 1,
  logout: 2,
  submit: 3,
  enquireStatus: 4,
  deliveryRequest: 5,
  cancel: 6,
  set: 8,
  get: 9,
  deliver: 20,
  statusReport: 23,
  alive: 40,
  generalError: 98,
  nack: 99,
} as const

/** What an answer is above its request. */
export const RESPONSE = 50

/** The parameters that are written and read here (CIMD 2 §5). */
export const P = {
  user: 10,
  password: 11,
  windowSize: 19,
  destination: 21,
  originator: 23,
  alphanumericOriginator: 27,
  dataCoding: 30,
  userDataHeader: 32,
  userData: 33,
  userDataBinary: 34,
  validityRelative: 50,
  statusReportRequest: 56,
  cancelMode: 59,
  timeStamp: 60,
  statusCode: 61,
  statusErrorCode: 62,
  dischargeTime: 63,
  messageCount: 66,
  deliveryRequestMode: 68,
  getParameter: 500,
  smscTime: 501,
  errorCode: 900,
  errorText: 901,
} as const

/** Parameter 068 of a delivery request (05): what the SMSC is asked for. */
export const DELIVERY_REQUEST = { count: '0', one: '1', all: '2' } as const

const names: ReadonlyMap<number, string> = new Map([
  [OP.login, 'login'],
  [OP.logout, 'logout'],
  [OP.submit, 'submit message'],
  [OP.enquireStatus, 'enquire message status'],
  [OP.deliveryRequest, 'delivery request'],
  [OP.cancel, 'cancel message'],
  [OP.set, 'set'],
  [OP.get, 'get'],
  [OP.deliver, 'deliver message'],
  [OP.statusReport, 'deliver status report'],
  [OP.alive, 'alive'],
  [OP.generalError, 'general error response'],
  [OP.nack, 'nack'],
])

/** An operation for people: `03 submit message`, `53 submit message (answer)`. */
export function operationName(operation: number): string {
  const digits = String(operation).padStart(2, '0')
  const name = names.get(operation)
  if (name !== undefined) return `${digits} ${name}`
  const request = names.get(operation - RESPONSE)
  return request === undefined ? digits : `${digits} ${request} (answer)`
}
