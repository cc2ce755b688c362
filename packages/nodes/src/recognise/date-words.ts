/** What people call days and months in one language; all as `fold` writes it. */
export interface DateWords {
  /** Twelve lists of names from January on, inflected forms and short forms among them. */
  readonly months: readonly string[]
  /** Seven lists of names from Monday on. */
  readonly weekdays: readonly string[]
  /** Seven short forms from Monday on: they count only when they are all that was written. */
  readonly shortWeekdays?: readonly string[]
  /** Days from today. */
  readonly days: { readonly [word: string]: number }
  /** Before or after a weekday: of the next week. */
  readonly next: readonly string[]
  /** Before or after a weekday: of the last week. */
  readonly last: readonly string[]
  readonly units: { readonly [unit in 'day' | 'week' | 'month' | 'year']: readonly string[] }
  /** Around an amount of units, with `#` for it: `in #`, `# ago`. */
  readonly ahead: readonly string[]
  readonly ago: readonly string[]
}

/** Every language whose date words are known, by the first part of its tag. */
export const dateWords: { readonly [language: string]: DateWords } = {
  en: {
    months: lists(
      'january jan,february feb,march mar,april apr,may,june jun,july jul,august aug,september sept sep,october oct,november nov,december dec',
    ),
    weekdays: lists('monday,tuesday,wednesday,thursday,friday,saturday,sunday'),
    shortWeekdays: lists('mon,tue tues,wed weds,thu thur thurs,fri,sat,sun'),
    days: {
      today: 0,
      tonight: 0,
      tomorrow: 1,
      tmrw: 1,
      tomorow: 1,
      yesterday: -1,
      'day after tomorrow': 2,
      'day before yesterday': -2,
    },
    next: ['next'],
    last: ['last'],
    units: { day: ['day', 'days'], week: ['week', 'weeks'], month: ['month', 'months'], year: ['year', 'years'] },
    ahead: ['in #', '# from now', '# from today'],
    ago: ['# ago'],
  },
  es: {
    months: lists(
      'enero ene,febrero feb,marzo mar,abril abr,mayo may,junio jun,julio jul,agosto ago,septiembre setiembre sept sep set,octubre oct,noviembre nov,diciembre dic',
    ),
    weekdays: lists('lunes,martes,miercoles,jueves,viernes,sabado,domingo'),
    shortWeekdays: lists('lun,mar,mie,jue,vie,sab,dom'),
    days: { hoy: 0, manana: 1, ayer: -1, 'pasado manana': 2, anteayer: -2 },
    next: ['proximo', 'proxima', 'que viene', 'siguiente'],
    last: ['pasado', 'pasada'],
    units: { day: ['dia', 'dias'], week: ['semana', 'semanas'], month: ['mes', 'meses'], year: ['ano', 'anos'] },
    ahead: ['en #', 'dentro de #'],
    ago: ['hace #'],
  },
  fr: {
    months: lists(
      'janvier janv,fevrier fevr fev,mars,avril avr,mai,juin,juillet juil,aout,septembre sept,octobre oct,novembre nov,decembre dec',
    ),
    weekdays: lists('lundi,mardi,mercredi,jeudi,vendredi,samedi,dimanche'),
    shortWeekdays: lists('lun,mar,mer,jeu,ven,sam,dim'),
    days: {
      aujourdhui: 0,
      demain: 1,
      hier: -1,
      'apres-demain': 2,
      'apres demain': 2,
      'avant-hier': -2,
      'avant hier': -2,
    },
    next: ['prochain', 'prochaine'],
    last: ['dernier', 'derniere'],
    units: { day: ['jour', 'jours'], week: ['semaine', 'semaines'], month: ['mois'], year: ['an', 'ans'] },
    ahead: ['dans #'],
    ago: ['il y a #'],
  },
  de: {
    months: lists(
      'januar jan janner,februar feb,marz mrz maerz,april apr,mai,juni jun,juli jul,august aug,september sept sep,oktober okt,november nov,dezember dez',
    ),
    weekdays: lists('montag,dienstag,mittwoch,donnerstag,freitag,samstag sonnabend,sonntag'),
    shortWeekdays: lists('mo,di,mi,do,fr,sa,so'),
    days: { heute: 0, morgen: 1, gestern: -1, ubermorgen: 2, uebermorgen: 2, vorgestern: -2 },
    next: ['nachsten', 'nachster', 'nachste', 'kommenden'],
    last: ['letzten', 'letzter', 'letzte', 'vergangenen'],
    units: {
      day: ['tag', 'tage', 'tagen'],
      week: ['woche', 'wochen'],
      month: ['monat', 'monate', 'monaten'],
      year: ['jahr', 'jahre', 'jahren'],
    },
    ahead: ['in #'],
    ago: ['vor #'],
  },
  hu: {
    months: lists(
      'januar jan,februar feb febr,marcius marc,aprilis apr,majus maj,junius jun,julius jul,augusztus aug,szeptember szept,oktober okt,november nov,december dec',
    ),
    weekdays: lists(
      'hetfo hetfon hetfore,kedd kedden keddre,szerda szerdan szerdara,csutortok csutortokon csutortokre,pentek penteken pentekre,szombat szombaton szombatra,vasarnap vasarnapra',
    ),
    shortWeekdays: lists('h,k,sze,cs,p,szo,v'),
    days: { ma: 0, mai: 0, 'mai nap': 0, holnap: 1, holnapra: 1, tegnap: -1, holnaputan: 2, tegnapelott: -2 },
    next: ['jovo het', 'jovo heti', 'jovo', 'kovetkezo'],
    last: ['mult het', 'mult heti', 'mult', 'elozo'],
    units: {
      day: ['nap', 'nappal'],
      week: ['het', 'hettel'],
      month: ['honap', 'honappal', 'ho'],
      year: ['ev', 'evvel'],
    },
    ahead: ['# mulva', '# mulvara'],
    ago: ['# ezelott'],
  },
  id: {
    months: lists(
      'januari jan,februari feb,maret mar,april apr,mei,juni jun,juli jul,agustus agu agt,september sep,oktober okt,november nov,desember des',
    ),
    weekdays: lists('senin,selasa,rabu,kamis,jumat,sabtu,minggu ahad'),
    days: { 'hari ini': 0, besok: 1, kemarin: -1, lusa: 2, 'kemarin lusa': -2 },
    next: ['depan'],
    last: ['lalu'],
    units: { day: ['hari'], week: ['minggu', 'pekan'], month: ['bulan'], year: ['tahun'] },
    ahead: ['# lagi', 'dalam #'],
    ago: ['# lalu', '# yang lalu'],
  },
  pt: {
    months: lists(
      'janeiro jan,fevereiro fev,marco mar,abril abr,maio mai,junho jun,julho jul,agosto ago,setembro set,outubro out,novembro nov,dezembro dez',
    ),
    weekdays: lists(
      'segunda segunda-feira,terca terca-feira,quarta quarta-feira,quinta quinta-feira,sexta sexta-feira,sabado,domingo',
    ),
    shortWeekdays: lists('seg,ter,qua,qui,sex,sab,dom'),
    days: { hoje: 0, amanha: 1, ontem: -1, 'depois de amanha': 2, anteontem: -2 },
    next: ['proximo', 'proxima', 'que vem'],
    last: ['passado', 'passada'],
    units: { day: ['dia', 'dias'], week: ['semana', 'semanas'], month: ['mes', 'meses'], year: ['ano', 'anos'] },
    ahead: ['em #', 'daqui a #'],
    ago: ['ha #', '# atras'],
  },
  it: {
    months: lists(
      'gennaio gen,febbraio feb,marzo mar,aprile apr,maggio mag,giugno giu,luglio lug,agosto ago,settembre set sett,ottobre ott,novembre nov,dicembre dic',
    ),
    weekdays: lists('lunedi,martedi,mercoledi,giovedi,venerdi,sabato,domenica'),
    shortWeekdays: lists('lun,mar,mer,gio,ven,sab,dom'),
    days: { oggi: 0, domani: 1, ieri: -1, dopodomani: 2, 'laltro ieri': -2 },
    next: ['prossimo', 'prossima'],
    last: ['scorso', 'scorsa'],
    units: {
      day: ['giorno', 'giorni'],
      week: ['settimana', 'settimane'],
      month: ['mese', 'mesi'],
      year: ['anno', 'anni'],
    },
    ahead: ['tra #', 'fra #'],
    ago: ['# fa'],
  },
  nl: {
    months: lists(
      'januari jan,februari feb,maart mrt,april apr,mei,juni jun,juli jul,augustus aug,september sept sep,oktober okt,november nov,december dec',
    ),
    weekdays: lists('maandag,dinsdag,woensdag,donderdag,vrijdag,zaterdag,zondag'),
    shortWeekdays: lists('ma,di,wo,do,vr,za,zo'),
    days: { vandaag: 0, morgen: 1, gisteren: -1, overmorgen: 2, eergisteren: -2 },
    next: ['volgende', 'aanstaande'],
    last: ['afgelopen', 'vorige'],
    units: { day: ['dag', 'dagen'], week: ['week', 'weken'], month: ['maand', 'maanden'], year: ['jaar'] },
    ahead: ['over #'],
    ago: ['# geleden'],
  },
  pl: {
    months: lists(
      'stycznia styczen sty,lutego luty lut,marca marzec mar,kwietnia kwiecien kwi,maja maj,czerwca czerwiec cze,lipca lipiec lip,sierpnia sierpien sie,wrzesnia wrzesien wrz,pazdziernika pazdziernik paz,listopada listopad lis,grudnia grudzien gru',
    ),
    weekdays: lists('poniedzialek,wtorek,sroda srode,czwartek,piatek,sobota sobote,niedziela niedziele'),
    days: { dzis: 0, dzisiaj: 0, jutro: 1, wczoraj: -1, pojutrze: 2, przedwczoraj: -2 },
    next: ['nastepny', 'nastepna', 'przyszly', 'przyszla'],
    last: ['zeszly', 'zeszla', 'ostatni', 'ostatnia'],
    units: {
      day: ['dzien', 'dni'],
      week: ['tydzien', 'tygodnie', 'tygodni'],
      month: ['miesiac', 'miesiace', 'miesiecy'],
      year: ['rok', 'lata', 'lat'],
    },
    ahead: ['za #'],
    ago: ['# temu'],
  },
  ru: {
    months: lists(
      'января январь янв,февраля февраль фев,марта март мар,апреля апрель апр,мая маи,июня июнь июн,июля июль июл,августа август авг,сентября сентябрь сен,октября октябрь окт,ноября ноябрь ноя,декабря декабрь дек',
    ),
    weekdays: lists('понедельник,вторник,среда среду,четверг,пятница пятницу,суббота субботу,воскресенье'),
    shortWeekdays: lists('пн,вт,ср,чт,пт,сб,вс'),
    days: { сегодня: 0, завтра: 1, вчера: -1, послезавтра: 2, позавчера: -2 },
    next: ['следующии', 'следующую', 'следующее'],
    last: ['прошлыи', 'прошлую', 'прошлое'],
    units: {
      day: ['день', 'дня', 'днеи'],
      week: ['неделю', 'недели', 'недель'],
      month: ['месяц', 'месяца', 'месяцев'],
      year: ['год', 'года', 'лет'],
    },
    ahead: ['через #'],
    ago: ['# назад'],
  },
  tr: {
    months: lists('ocak,subat,mart,nisan,mayis,haziran,temmuz,agustos,eylul,ekim,kasim,aralik'),
    weekdays: lists('pazartesi,sali,carsamba,persembe,cuma,cumartesi,pazar'),
    days: { bugun: 0, yarin: 1, dun: -1, 'obur gun': 2 },
    next: ['gelecek', 'onumuzdeki', 'haftaya'],
    last: ['gecen'],
    units: { day: ['gun'], week: ['hafta'], month: ['ay'], year: ['yil'] },
    ahead: ['# sonra'],
    ago: ['# once'],
  },
  ar: {
    months: lists('يناير,فبراير,مارس,ابريل,مايو,يونيو,يوليو,اغسطس,سبتمبر,اكتوبر,نوفمبر,ديسمبر'),
    weekdays: lists('الاثنين,الثلاثاء,الاربعاء,الخميس,الجمعة,السبت,الاحد'),
    days: { اليوم: 0, غدا: 1, امس: -1, 'بعد غد': 2 },
    next: ['القادم', 'المقبل'],
    last: ['الماضي'],
    units: { day: ['يوم', 'ايام'], week: ['اسبوع', 'اسابيع'], month: ['شهر', 'اشهر'], year: ['سنة', 'سنوات'] },
    ahead: ['بعد #'],
    ago: ['قبل #'],
  },
  sw: {
    months: lists('januari,februari,machi,aprili,mei,juni,julai,agosti,septemba,oktoba,novemba,desemba'),
    weekdays: lists('jumatatu,jumanne,jumatano,alhamisi,ijumaa,jumamosi,jumapili'),
    days: { leo: 0, kesho: 1, jana: -1, 'kesho kutwa': 2, juzi: -2 },
    next: ['ijayo'],
    last: ['iliyopita'],
    units: { day: ['siku'], week: ['wiki'], month: ['mwezi', 'miezi'], year: ['mwaka', 'miaka'] },
    ahead: ['baada ya #'],
    ago: ['# zilizopita', '# iliyopita'],
  },
  hi: {
    months: lists('जनवरी,फ़रवरी फरवरी,मार्च,अप्रैल,मई,जून,जुलाई,अगस्त,सितंबर सितम्बर,अक्टूबर अक्तूबर,नवंबर नवम्बर,दिसंबर दिसम्बर'),
    weekdays: lists('सोमवार,मंगलवार,बुधवार,गुरुवार,शुक्रवार,शनिवार,रविवार'),
    // कल and परसों look both ways: the day before and the day after.
    days: { आज: 0 },
    next: ['अगले'],
    last: ['पिछले'],
    units: { day: ['दिन'], week: ['हफ्ते', 'सप्ताह'], month: ['महीने'], year: ['साल'] },
    ahead: ['# बाद'],
    ago: ['# पहले'],
  },
  th: {
    months: lists(
      'มกราคม ม.ค.,กุมภาพันธ์ ก.พ.,มีนาคม มี.ค.,เมษายน เม.ย.,พฤษภาคม พ.ค.,มิถุนายน มิ.ย.,กรกฎาคม ก.ค.,สิงหาคม ส.ค.,กันยายน ก.ย.,ตุลาคม ต.ค.,พฤศจิกายน พ.ย.,ธันวาคม ธ.ค.',
    ),
    weekdays: lists('วันจันทร์,วันอังคาร,วันพุธ,วันพฤหัสบดี วันพฤหัส,วันศุกร์,วันเสาร์,วันอาทิตย์'),
    days: { วันนี้: 0, พรุ่งนี้: 1, เมื่อวาน: -1, มะรืนนี้: 2 },
    next: ['หน้า'],
    last: ['ที่แล้ว'],
    units: { day: ['วัน'], week: ['สัปดาห์', 'อาทิตย์'], month: ['เดือน'], year: ['ปี'] },
    ahead: ['อีก #', 'ใน #'],
    ago: ['# ที่แล้ว', '# ก่อน'],
  },
  zh: {
    months: [],
    weekdays: lists(
      '星期一 周一 週一,星期二 周二 週二,星期三 周三 週三,星期四 周四 週四,星期五 周五 週五,星期六 周六 週六,星期日 星期天 周日 週日',
    ),
    days: { 今天: 0, 明天: 1, 昨天: -1, 后天: 2, 後天: 2, 前天: -2 },
    next: ['下', '下个', '下個'],
    last: ['上', '上个', '上個'],
    units: { day: ['天'], week: ['周', '星期', '週'], month: ['个月', '個月'], year: ['年'] },
    ahead: ['#后', '#後'],
    ago: ['#前'],
  },
  ja: {
    months: [],
    weekdays: lists('月曜日 月曜,火曜日 火曜,水曜日 水曜,木曜日 木曜,金曜日 金曜,土曜日 土曜,日曜日 日曜'),
    days: { 今日: 0, 明日: 1, あした: 1, 昨日: -1, きのう: -1, 明後日: 2, あさって: 2 },
    next: ['来週の', '来週'],
    last: ['先週の', '先週'],
    units: { day: ['日'], week: ['週間'], month: ['か月', 'ヶ月'], year: ['年'] },
    ahead: ['#後'],
    ago: ['#前'],
  },
  ko: {
    months: [],
    weekdays: lists('월요일,화요일,수요일,목요일,금요일,토요일,일요일'),
    days: { 오늘: 0, 내일: 1, 어제: -1, 모레: 2, 그저께: -2 },
    next: ['다음 주', '다음주'],
    last: ['지난 주', '지난주'],
    units: { day: ['일'], week: ['주'], month: ['개월', '달'], year: ['년'] },
    ahead: ['# 후', '# 뒤'],
    ago: ['# 전'],
  },
}

/** Lists with commas between the days or months, their names with spaces. */
function lists(text: string): readonly string[] {
  return text.split(',')
}
