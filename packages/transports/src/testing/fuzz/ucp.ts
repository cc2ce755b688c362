import { Buffer } from 'node:buffer'
import { ucpClient } from '../../ucp/client.ts'
import { ucpCodec } from '../../ucp/codec.ts'
import { ucpConfigSchema } from '../../ucp/config.ts'
import { ucpAck, ucpRequest } from '../../ucp/frame.ts'
import { framedFuzz } from './framed.ts'

const codec = ucpCodec()
const hex = (text: string) => Buffer.from(text, 'latin1').toString('hex').toUpperCase()
const mo = { AdC: '4040', OAdC: '0036301234567', SCTS: '281126120000', MT: '3', Msg: hex('YES please') }

const sound = [
  ucpRequest('52', { ...mo, XSer: '0106050003450201' }),
  ucpRequest('52', { ...mo, MT: '4', NB: '0032', Msg: '0151D83C', XSer: '020108' }),
  ucpRequest('01', { AdC: '4040', OAdC: '0036301234567', MT: '3', Msg: hex('YES') }),
  ucpRequest('53', { AdC: '4040', OAdC: '0036301234567', SCTS: '281126120000', Dst: '0', MT: '3', Msg: hex('done') }),
  ucpRequest('31', { AdC: '4040', PID: '0539' }),
].map((draft, number) => codec.encode({ ...draft, number }))

/** What an SMSC sends by UCP. */
export const ucpFuzz = framedFuzz(
  ucpClient(ucpConfigSchema.parse({ host: 'h', port: 1, user: '4040', password: 'secret' }), () => 0),
  codec.encode({ ...ucpAck({ operation: '60' }), number: 0 }),
  sound,
)
