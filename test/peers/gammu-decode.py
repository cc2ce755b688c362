"""Decodes one TPDU a line, hex digits without the service centre, with Gammu; prints what it read as JSON, one a line."""

import json
import sys

import gammu

for line in sys.stdin:
    try:
        sms = gammu.DecodePDU(bytes.fromhex(line.strip()), False)
        print(json.dumps({
            "type": sms["Type"],
            "number": sms["Number"],
            # Gammu counts an escaped character as two and reads on behind the end.
            "text": sms["Text"].split("\0")[0],
            "coding": sms["Coding"],
            "part": sms["UDH"]["PartNumber"],
            "parts": sms["UDH"]["AllParts"],
            "status": sms["DeliveryStatus"],
        }), flush=True)
    except (ValueError, gammu.GSMError) as error:
        print(json.dumps({"error": str(error)}), flush=True)
