/** The fields of the three kinds of bind (SMPP 3.4 §4.1). */
export interface BindFields {
  readonly system_id: string
  readonly password: string
  readonly system_type: string
  readonly interface_version: number
  readonly addr_ton: number
  readonly addr_npi: number
  readonly address_range: string
}

interface SystemId {
  readonly system_id: string
}
interface MessageId {
  readonly message_id: string
}
interface Source {
  readonly source_addr_ton: number
  readonly source_addr_npi: number
  readonly source_addr: string
}
interface Destination {
  readonly dest_addr_ton: number
  readonly dest_addr_npi: number
  readonly destination_addr: string
}
interface ServiceType {
  readonly service_type: string
}
interface Times {
  readonly schedule_delivery_time: string
  readonly validity_period: string
}
interface Delivery extends Times {
  readonly esm_class: number
  readonly protocol_id: number
  readonly priority_flag: number
  readonly registered_delivery: number
  readonly replace_if_present_flag: number
  readonly data_coding: number
  readonly sm_default_msg_id: number
  /** With its sm_length before it on the wire; at most 255 octets. */
  readonly short_message: Uint8Array
}
type NoFields = Readonly<Record<never, never>>

/** The fields of submit_sm and deliver_sm, which are the same (SMPP 3.4 §4.4.1, §4.6.1). */
export interface MessageFields extends ServiceType, Source, Destination, Delivery {}
/** The fields of data_sm (SMPP 3.4 §4.7.1); its text is the message_payload TLV. */
export interface DataFields extends ServiceType, Source, Destination {
  readonly esm_class: number
  readonly registered_delivery: number
  readonly data_coding: number
}

/** One destination of a submit_multi: an address or the name of a distribution list (SMPP 3.4 §4.5.1.1). */
export type MultiDestination = Destination | { readonly dl_name: string }
/** A destination that a submit_multi did not reach, and why (SMPP 3.4 §4.5.2.1). */
export interface UnsuccessfulDestination extends Destination {
  readonly error_status_code: number
}

/** The mandatory parameters of each command, by its name in the specification. */
export interface CommandFields {
  readonly alert_notification: Source & {
    readonly esme_addr_ton: number
    readonly esme_addr_npi: number
    readonly esme_addr: string
  }
  readonly bind_receiver: BindFields
  readonly bind_receiver_resp: SystemId
  readonly bind_transmitter: BindFields
  readonly bind_transmitter_resp: SystemId
  readonly bind_transceiver: BindFields
  readonly bind_transceiver_resp: SystemId
  readonly broadcast_sm: ServiceType &
    Source &
    MessageId &
    Times & {
      readonly priority_flag: number
      readonly replace_if_present_flag: number
      readonly data_coding: number
      readonly sm_default_msg_id: number
    }
  readonly broadcast_sm_resp: MessageId
  readonly cancel_broadcast_sm: ServiceType & MessageId & Source
  readonly cancel_broadcast_sm_resp: NoFields
  readonly cancel_sm: ServiceType & MessageId & Source & Destination
  readonly cancel_sm_resp: NoFields
  readonly data_sm: DataFields
  readonly data_sm_resp: MessageId
  readonly deliver_sm: MessageFields
  readonly deliver_sm_resp: MessageId
  readonly enquire_link: NoFields
  readonly enquire_link_resp: NoFields
  readonly generic_nack: NoFields
  readonly outbind: SystemId & { readonly password: string }
  readonly query_broadcast_sm: MessageId & Source
  readonly query_broadcast_sm_resp: MessageId
  readonly query_sm: MessageId & Source
  readonly query_sm_resp: MessageId & {
    readonly final_date: string
    readonly message_state: number
    readonly error_code: number
  }
  readonly replace_sm: MessageId &
    Source &
    Times & {
      readonly registered_delivery: number
      readonly sm_default_msg_id: number
      readonly short_message: Uint8Array
    }
  readonly replace_sm_resp: NoFields
  readonly submit_multi: ServiceType & Source & Delivery & { readonly dest_address: readonly MultiDestination[] }
  readonly submit_multi_resp: MessageId & { readonly unsuccess_sme: readonly UnsuccessfulDestination[] }
  readonly submit_sm: MessageFields
  readonly submit_sm_resp: MessageId
  readonly unbind: NoFields
  readonly unbind_resp: NoFields
}

/** The name of a command, as the specification spells it. */
export type CommandName = keyof CommandFields
/** The commands that answer a request. */
export type ResponseName = Extract<CommandName, `${string}_resp`>
/** The requests that are answered. */
export type RequestName = { [R in ResponseName]: R extends `${infer C}_resp` ? C : never }[ResponseName] & CommandName

type IntegerTlv =
  | 'dest_addr_subunit'
  | 'dest_network_type'
  | 'dest_bearer_type'
  | 'dest_telematics_id'
  | 'source_addr_subunit'
  | 'source_network_type'
  | 'source_bearer_type'
  | 'source_telematics_id'
  | 'qos_time_to_live'
  | 'payload_type'
  | 'ms_msg_wait_facilities'
  | 'privacy_indicator'
  | 'user_message_reference'
  | 'user_response_code'
  | 'source_port'
  | 'dest_port'
  | 'sar_msg_ref_num'
  | 'language_indicator'
  | 'sar_total_segments'
  | 'sar_segment_seqnum'
  | 'sc_interface_version'
  | 'number_of_messages'
  | 'dpf_result'
  | 'set_dpf'
  | 'ms_availability_status'
  | 'delivery_failure_reason'
  | 'more_messages_to_send'
  | 'message_state'
  | 'congestion_state'
  | 'ussd_service_op'
  | 'broadcast_channel_indicator'
  | 'broadcast_message_class'
  | 'broadcast_rep_num'
  | 'broadcast_area_success'
  | 'dest_addr_np_resolution'
  | 'display_time'
  | 'its_reply_type'
  | 'sms_signal'
type TextTlv =
  | 'additional_status_info_text'
  | 'receipted_message_id'
  | 'broadcast_content_type_info'
  | 'broadcast_end_time'
  | 'broadcast_service_group'
  | 'source_network_id'
  | 'dest_network_id'
  | 'source_node_id'
  | 'dest_node_id'
  | 'dest_addr_np_information'
type OctetsTlv =
  | 'source_subaddress'
  | 'dest_subaddress'
  | 'network_error_code'
  | 'message_payload'
  | 'broadcast_content_type'
  | 'broadcast_frequency_interval'
  | 'billing_identification'
  | 'dest_addr_np_country'
  | 'ms_validity'
  | 'alert_on_message_delivery'
  | 'its_session_info'

/** The optional parameters of a PDU by name; those no table knows stand in `unknown`, as they came. */
export type TlvValues = { readonly [Name in IntegerTlv]?: number } & { readonly [Name in TextTlv]?: string } & {
  readonly [Name in OctetsTlv]?: Uint8Array
} & {
  readonly callback_num_pres_ind?: readonly number[]
  readonly broadcast_error_status?: readonly number[]
  readonly callback_num_atag?: readonly Uint8Array[]
  readonly callback_num?: readonly Uint8Array[]
  readonly broadcast_area_identifier?: readonly Uint8Array[]
  readonly unknown?: readonly UnknownTlv[]
}

/** The name of an optional parameter that the tables know. */
export type TlvName = Exclude<keyof TlvValues, 'unknown'>

/** An optional parameter that no table knows (vendors use 0x1400 to 0x3FFF). */
export interface UnknownTlv {
  readonly tag: number
  readonly octets: Uint8Array
}

/** One protocol data unit: a union over all commands, told apart by `command`. */
export type Pdu<C extends CommandName = CommandName> = {
  readonly [Name in C]: {
    readonly command: Name
    /** command_status: 0 in requests, an `ESME_…` number in responses. */
    readonly status: number
    /** sequence_number: 1 to 0x7FFFFFFF by the specification, any 32 bits in practice. */
    readonly sequence: number
    readonly fields: CommandFields[Name]
    readonly tlvs: TlvValues
  }
}[C]

/** A PDU to encode: absent fields take their default, which is 0 or empty. */
export interface PduInput<C extends CommandName = CommandName> {
  readonly command: C
  readonly status?: number
  readonly sequence: number
  readonly fields?: Partial<CommandFields[C]>
  readonly tlvs?: TlvValues
}
