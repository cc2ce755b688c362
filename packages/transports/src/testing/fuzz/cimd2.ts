import { cimd2Client } from '../../cimd2/client.ts'
import { cimd2Codec } from '../../cimd2/codec.ts'
import { cimd2ConfigSchema } from '../../cimd2/config.ts'
import { type Cimd2Parameter, cimd2Answer, cimd2Request } from '../../cimd2/frame.ts'
import { OP, P } from '../../cimd2/operations.ts'
import { framedFuzz } from './framed.ts'

const codec = cimd2Codec()
const mo: readonly Cimd2Parameter[] = [
  [P.destination, '4040'],
  [P.originator, '+36301234567'],
  [P.timeStamp, '261128120000'],
]

const sound = [
  cimd2Request(OP.deliver, [...mo, [P.userDataHeader, '050003450201'], [P.userData, '_Oahoj']]),
  cimd2Request(OP.deliver, [...mo, [P.dataCoding, '8'], [P.userDataBinary, '0151D83CDF89']]),
  cimd2Request(OP.statusReport, [
    [P.destination, '36301234567'],
    [P.timeStamp, '261128120000'],
    [P.statusCode, '4'],
  ]),
  cimd2Request(OP.alive),
].map((draft, index) => codec.encode({ ...draft, number: index * 2 }))

/** What an SMSC sends by CIMD2. */
export const cimd2Fuzz = framedFuzz(
  cimd2Client(cimd2ConfigSchema.parse({ host: 'h', user: 'tl', password: 's' }), Date.now),
  codec.encode({ ...cimd2Answer({ operation: OP.login }), number: 1 }),
  sound,
)
