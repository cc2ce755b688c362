import { expect, test } from 'vitest'
import { commands, commandsById, type TlvKind, tlvs, tlvsByTag } from './definitions.ts'
import type { CommandFields, CommandName, TlvName } from './pdu.ts'

const source = ['source_addr_ton', 'source_addr_npi', 'source_addr'] as const
const destination = ['dest_addr_ton', 'dest_addr_npi', 'destination_addr'] as const
const bind = [
  'system_id',
  'password',
  'system_type',
  'interface_version',
  'addr_ton',
  'addr_npi',
  'address_range',
] as const
const times = ['schedule_delivery_time', 'validity_period'] as const
const delivery = [
  'esm_class',
  'protocol_id',
  'priority_flag',
  ...times,
  'registered_delivery',
  'replace_if_present_flag',
  'data_coding',
  'sm_default_msg_id',
  'short_message',
] as const

/** Ids and wire order, written down from SMPP 3.4 §4 and §5.1.2.1 and 5.0 §4: what our types promise and must be true. */
const specification: {
  readonly [C in CommandName]: readonly [id: number, fields: readonly (keyof CommandFields[C])[]]
} = {
  generic_nack: [0x80000000, []],
  bind_receiver: [0x00000001, bind],
  bind_receiver_resp: [0x80000001, ['system_id']],
  bind_transmitter: [0x00000002, bind],
  bind_transmitter_resp: [0x80000002, ['system_id']],
  query_sm: [0x00000003, ['message_id', ...source]],
  query_sm_resp: [0x80000003, ['message_id', 'final_date', 'message_state', 'error_code']],
  submit_sm: [0x00000004, ['service_type', ...source, ...destination, ...delivery]],
  submit_sm_resp: [0x80000004, ['message_id']],
  deliver_sm: [0x00000005, ['service_type', ...source, ...destination, ...delivery]],
  deliver_sm_resp: [0x80000005, ['message_id']],
  unbind: [0x00000006, []],
  unbind_resp: [0x80000006, []],
  replace_sm: [
    0x00000007,
    ['message_id', ...source, ...times, 'registered_delivery', 'sm_default_msg_id', 'short_message'],
  ],
  replace_sm_resp: [0x80000007, []],
  cancel_sm: [0x00000008, ['service_type', 'message_id', ...source, ...destination]],
  cancel_sm_resp: [0x80000008, []],
  bind_transceiver: [0x00000009, bind],
  bind_transceiver_resp: [0x80000009, ['system_id']],
  outbind: [0x0000000b, ['system_id', 'password']],
  enquire_link: [0x00000015, []],
  enquire_link_resp: [0x80000015, []],
  submit_multi: [0x00000021, ['service_type', ...source, 'dest_address', ...delivery]],
  submit_multi_resp: [0x80000021, ['message_id', 'unsuccess_sme']],
  alert_notification: [0x00000102, [...source, 'esme_addr_ton', 'esme_addr_npi', 'esme_addr']],
  data_sm: [0x00000103, ['service_type', ...source, ...destination, 'esm_class', 'registered_delivery', 'data_coding']],
  data_sm_resp: [0x80000103, ['message_id']],
  broadcast_sm: [
    0x00000111,
    [
      'service_type',
      ...source,
      'message_id',
      'priority_flag',
      ...times,
      'replace_if_present_flag',
      'data_coding',
      'sm_default_msg_id',
    ],
  ],
  broadcast_sm_resp: [0x80000111, ['message_id']],
  query_broadcast_sm: [0x00000112, ['message_id', ...source]],
  query_broadcast_sm_resp: [0x80000112, ['message_id']],
  cancel_broadcast_sm: [0x00000113, ['service_type', 'message_id', ...source]],
  cancel_broadcast_sm_resp: [0x80000113, []],
}

test.each(Object.entries(specification))('%s has the id and the fields of the specification', (name, [id, fields]) => {
  const command = commands[name as CommandName]
  expect(command.id).toBe(id)
  expect(command.fields.map((field) => field.name)).toEqual(fields)
  expect(commandsById.get(id)).toBe(command)
})

test('there is no command beyond those of the specification', () => {
  expect(Object.keys(commands).toSorted()).toEqual(Object.keys(specification).toSorted())
})

test('every text has a limit', () => {
  const texts = Object.values(commands).flatMap(({ fields }) => fields.filter(({ kind }) => kind === 'cstring'))
  expect(texts.filter(({ maxOctets }) => maxOctets === 0)).toEqual([])
})

/** Tag and kind of each optional parameter, written down from SMPP 3.4 §5.3.2 and 5.0 §4.8.4. */
const optional: Readonly<Record<TlvName, readonly [tag: number, kind: TlvKind]>> = {
  dest_addr_subunit: [0x0005, 'integer'],
  dest_network_type: [0x0006, 'integer'],
  dest_bearer_type: [0x0007, 'integer'],
  dest_telematics_id: [0x0008, 'integer'],
  source_addr_subunit: [0x000d, 'integer'],
  source_network_type: [0x000e, 'integer'],
  source_bearer_type: [0x000f, 'integer'],
  source_telematics_id: [0x0010, 'integer'],
  qos_time_to_live: [0x0017, 'integer'],
  payload_type: [0x0019, 'integer'],
  additional_status_info_text: [0x001d, 'cstring'],
  receipted_message_id: [0x001e, 'cstring'],
  ms_msg_wait_facilities: [0x0030, 'integer'],
  privacy_indicator: [0x0201, 'integer'],
  source_subaddress: [0x0202, 'octets'],
  dest_subaddress: [0x0203, 'octets'],
  user_message_reference: [0x0204, 'integer'],
  user_response_code: [0x0205, 'integer'],
  source_port: [0x020a, 'integer'],
  dest_port: [0x020b, 'integer'],
  sar_msg_ref_num: [0x020c, 'integer'],
  language_indicator: [0x020d, 'integer'],
  sar_total_segments: [0x020e, 'integer'],
  sar_segment_seqnum: [0x020f, 'integer'],
  sc_interface_version: [0x0210, 'integer'],
  callback_num_pres_ind: [0x0302, 'integer'],
  callback_num_atag: [0x0303, 'octets'],
  number_of_messages: [0x0304, 'integer'],
  callback_num: [0x0381, 'octets'],
  dpf_result: [0x0420, 'integer'],
  set_dpf: [0x0421, 'integer'],
  ms_availability_status: [0x0422, 'integer'],
  network_error_code: [0x0423, 'octets'],
  message_payload: [0x0424, 'octets'],
  delivery_failure_reason: [0x0425, 'integer'],
  more_messages_to_send: [0x0426, 'integer'],
  message_state: [0x0427, 'integer'],
  congestion_state: [0x0428, 'integer'],
  ussd_service_op: [0x0501, 'integer'],
  broadcast_channel_indicator: [0x0600, 'integer'],
  broadcast_content_type: [0x0601, 'octets'],
  broadcast_content_type_info: [0x0602, 'text'],
  broadcast_message_class: [0x0603, 'integer'],
  broadcast_rep_num: [0x0604, 'integer'],
  broadcast_frequency_interval: [0x0605, 'octets'],
  broadcast_area_identifier: [0x0606, 'octets'],
  broadcast_error_status: [0x0607, 'integer'],
  broadcast_area_success: [0x0608, 'integer'],
  broadcast_end_time: [0x0609, 'text'],
  broadcast_service_group: [0x060a, 'text'],
  billing_identification: [0x060b, 'octets'],
  source_network_id: [0x060d, 'cstring'],
  dest_network_id: [0x060e, 'cstring'],
  source_node_id: [0x060f, 'text'],
  dest_node_id: [0x0610, 'text'],
  dest_addr_np_resolution: [0x0611, 'integer'],
  dest_addr_np_information: [0x0612, 'text'],
  dest_addr_np_country: [0x0613, 'octets'],
  display_time: [0x1201, 'integer'],
  sms_signal: [0x1203, 'integer'],
  ms_validity: [0x1204, 'octets'],
  alert_on_message_delivery: [0x130c, 'octets'],
  its_reply_type: [0x1380, 'integer'],
  its_session_info: [0x1383, 'octets'],
}

test.each(Object.entries(optional))('the TLV %s has the tag and the kind of the specification', (name, [tag, kind]) => {
  expect(tlvs.get(name)).toMatchObject({ name, tag, kind })
  expect(tlvsByTag.get(tag)?.name).toBe(name)
})

test('there is no TLV beyond those of the specification', () => {
  expect([...tlvs.keys()].toSorted()).toEqual(Object.keys(optional).toSorted())
})
