export { problemCodes } from './api/http/problem-codes.ts'
export { deadLetterReasons, hostCodes, ignoredReasons } from './host/codes.ts'
