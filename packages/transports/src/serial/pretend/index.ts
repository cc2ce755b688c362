export { type ModemFaults, PretendModem, type PretendModemOptions, type ReceivedText } from './modem.ts'
