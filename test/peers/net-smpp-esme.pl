# An ESME on Net::SMPP: binds, sends one MT, waits for one MO, prints both, and unbinds. Argument: the port.
use strict;
use warnings;
use Net::SMPP;

$| = 1;
my ($esme, $bound) = Net::SMPP->new_transceiver(
    '127.0.0.1', port => $ARGV[0], smpp_version => 0x34, system_id => 'perl', password => 'secret',
) or die "connect: $!";
print "bound $bound->{status} $bound->{system_id}\n";
my $sent = $esme->submit_sm(
    source_addr => '4040', dest_addr_ton => 1, dest_addr_npi => 1, destination_addr => '36301234567',
    data_coding => 8, short_message => pack('H*', '00480151'),
);
print "submitted $sent->{status} $sent->{message_id}\n";
while (my $pdu = $esme->read_pdu()) {
    if ($pdu->{cmd} == Net::SMPP::CMD_enquire_link) {
        $esme->enquire_link_resp(seq => $pdu->{seq}, async => 1);
    }
    next unless $pdu->{cmd} == Net::SMPP::CMD_deliver_sm;
    print join(' ', 'mo', $pdu->{source_addr_ton}, $pdu->{source_addr}, $pdu->{destination_addr}, $pdu->{short_message}), "\n";
    $esme->deliver_sm_resp(seq => $pdu->{seq}, message_id => '', async => 1);
    last;
}
my $gone = $esme->unbind();
print "unbound $gone->{status}\n";
