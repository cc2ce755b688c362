export { problemCodes } from './api/http/problem-codes.ts'
export { checkCodes } from './campaigns/check-codes.ts'
export { publishCodes } from './catalogue/publish-codes.ts'
export { deadLetterReasons, hostCodes, ignoredReasons } from './host/codes.ts'
