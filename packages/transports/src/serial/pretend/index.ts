export { systemTimers } from '../../timers.ts'
export { type ListeningModem, listenAsModem } from './listen.ts'
export { type ModemFaults, PretendModem, type PretendModemOptions, type ReceivedText } from './modem.ts'
export { ModemPlayer, type ModemStep, modemStepSchema, UnmetModemExpectation } from './steps.ts'
