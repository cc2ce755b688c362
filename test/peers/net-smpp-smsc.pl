# An SMSC for one ESME, on Net::SMPP: accepts its bind, delivers one MO, answers what it sends, and prints each PDU.
use strict;
use warnings;
use Net::SMPP;

$| = 1;
my $listener = Net::SMPP->new_listen('127.0.0.1', port => 0, smpp_version => 0x34) or die "listen: $!";
print 'listening ', $listener->sockport, "\n";
my $esme = $listener->accept or die "accept: $!";

while (1) {
    my $pdu = $esme->read_pdu() or last;
    if ($pdu->{cmd} == Net::SMPP::CMD_bind_transceiver) {
        print "bind $pdu->{system_id} $pdu->{password} $pdu->{interface_version}\n";
        $esme->bind_transceiver_resp(seq => $pdu->{seq}, system_id => 'perl', async => 1);
        $esme->deliver_sm(
            source_addr_ton => 1, source_addr_npi => 1, source_addr => '36301234567',
            dest_addr_ton => 0, dest_addr_npi => 1, destination_addr => '4040',
            short_message => 'YES', async => 1,
        );
    } elsif ($pdu->{cmd} == Net::SMPP::CMD_deliver_sm_resp) {
        print "delivered $pdu->{status}\n";
    } elsif ($pdu->{cmd} == Net::SMPP::CMD_submit_sm) {
        print join(' ', 'submit', $pdu->{source_addr}, $pdu->{dest_addr_ton}, $pdu->{destination_addr},
            $pdu->{esm_class}, $pdu->{registered_delivery}, $pdu->{data_coding}, unpack('H*', $pdu->{short_message})), "\n";
        $esme->submit_sm_resp(seq => $pdu->{seq}, message_id => 'perl-1', async => 1);
    } elsif ($pdu->{cmd} == Net::SMPP::CMD_enquire_link) {
        $esme->enquire_link_resp(seq => $pdu->{seq}, async => 1);
    } elsif ($pdu->{cmd} == Net::SMPP::CMD_unbind) {
        print "unbind\n";
        $esme->unbind_resp(seq => $pdu->{seq}, async => 1);
        last;
    }
}
