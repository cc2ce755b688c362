/*
 * Written down from general knowledge of what people choose: of the passwords guessed first only those that are long
 * enough to be chosen here at all. Words with digits and signs around them are told by the word alone.
 */

/** Whole passwords, in lower case. */
export const commonPasswords: ReadonlySet<string> = new Set(
  `qwertyuiop qwertyuiop[] qwertyuiop123 1qaz2wsx3edc 1qaz2wsx3edc4rfv zaq12wsxcde3 zaq1zaq1zaq1 qazwsxedcrfv qazwsxedc123
  q1w2e3r4t5 q1w2e3r4t5y6 1q2w3e4r5t 1q2w3e4r5t6y 1a2b3c4d5e a1b2c3d4e5 a1s2d3f4g5 asdfghjkl; asdfghjkl1 asdfghjkl123
  zxcvbnm123 zxcvbnm,./ asdfqwerzxcv qweasdzxc123 qwerty12345 qwerty123456 123456qwerty 12345qwert 123qweasdzxc
  1029384756 0987654321 9876543210 1234567891 12345678910 123456789a 123456789q 1234567899 0123456789 123123123123
  1122334455 112233445566 1223334444 1234512345 1234554321 123454321 0102030405 1357924680 2468013579 3141592653
  3141592654 2718281828 1472583690 1597534862 7894561230 7418529630 9638527410 147258369a 159753456852 741852963a
  1111122222 5555566666 1000000000 2000000000 1212312121 abc1234567 abcd123456 abcd12345678 abcde12345 a123456789
  aa12345678 aa123456789 q123456789 z123456789 asd1234567 asd123456789 qwe1234567 qwe123456789 test123456 user123456
  pass123456 pass1234567 abcdef123456 passpass123 testtest123 adminadmin adminadmin1 rootrootroot toortoor123
  correcthorsebatterystaple thequickbrownfox trustno1trustno1 letmeinletmein opensesame changemenow changeit123
  iloveyou12 iloveyou123 iloveyou1234 ihateyou123 fuckyou123 fuckyou1234 asshole123 whatever123 nothing123 blahblah123
  mypassword mypassword1 newpassword newpassword1 yourpassword nopassword passwordpassword password123456 passw0rdpassw0rd
  secretsecret temp1234567 temppassword temporary1 default123 defaultpassword supersecret topsecret1 manager123
  administrator administrator1 superadmin superadmin1 superuser1 sysadmin123 webmaster1 postmaster helpdesk123 support123
  textloom123 textloom1234 smsgateway smsgateway1 smsgateway123 kannelkannel`
    .split(/\s+/)
    .filter((password) => password !== ''),
)

/** Words whose ornamented forms are guessed first, as letters only. */
export const commonWords: ReadonlySet<string> = new Set(
  `password passwort passwd passwords pass passphrase motdepasse contrasena contrasenia parola jelszo heslo haslo senha
  parol wachtwoord losenord adgangskode salasana secret secrets geheim secreto titok qwerty qwertz azerty qwertyuiop
  qwertzuiop azertyuiop asdf asdfgh asdfghjkl asdfghj zxcvbn zxcvbnm yxcvbnm qazwsx qazwsxedc wasd abc abcd abcde abcdef
  abcdefg abcdefgh abcdefghi abcdefghij letmein letmeinnow welcome welcomeback willkommen bienvenue bienvenido udvozlom
  admin administrator root toor superuser superadmin sysadmin operator manager editor supervisor agent viewer user users
  guest test tester testing testuser demo default changeme changeit changemenow change login signin access master
  iloveyou iloveu loveyou lovely love loveme sweetheart darling princess sunshine rainbow butterfly flower flowers angel
  dragon monkey tiger lion eagle shadow hunter ranger warrior killer soldier ninja pirate phoenix falcon panther wolf
  football soccer baseball basketball hockey tennis golf cricket rugby liverpool chelsea arsenal barcelona realmadrid
  manchester juventus superman batman spiderman ironman starwars startrek pokemon pikachu naruto minecraft fortnite
  matrix hello helloworld hellokitty hallo bonjour hola ciao freedom whatever nothing trustno trustnoone fuckyou fuck
  fuckoff asshole bullshit computer internet samsung apple iphone google facebook instagram twitter linkedin microsoft
  windows linux oracle cisco nokia android michael jennifer jessica jordan jordanthomas daniel robert thomas andrew
  charlie ashley michelle nicole anthony matthew joshua william elizabeth alexander christopher stephanie benjamin
  samantha summer autumn winter spring january february march april june july august september october november december
  monday tuesday wednesday thursday friday saturday sunday london paris berlin budapest newyork california texas america
  germany england australia canada mexico brazil india company business office marketing sales support helpdesk service
  customer client school college student teacher mustang porsche ferrari mercedes corvette harley yamaha chocolate cheese
  cookie cookies banana orange pepper ginger coffee pizza jesus jesuschrist godisgood blessed heaven family mother father
  textloom smsgateway sms gateway kannel ozeki smpp modem`
    .split(/\s+/)
    .filter((word) => word !== ''),
)
