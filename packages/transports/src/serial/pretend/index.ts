export { systemTimers } from '../../timers.ts'
export { type ModemFaults, PretendModem, type PretendModemOptions, type ReceivedText } from './modem.ts'
export { ModemPlayer, type ModemStep, modemStepSchema, UnmetModemExpectation } from './steps.ts'
export { type ListeningModem, listenAsModem } from './tcp-link.ts'
