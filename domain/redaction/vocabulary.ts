/**
 * The words that Heron itself writes in events, reasons and gaps, and common English ones, in lower case. In a redacted file every other
 * word may be a name, and is left out. A test compares it with the source: test/unit/domain/redaction/vocabulary.test.ts.
 */
export const vocabulary: ReadonlySet<string> = new Set(
  `
  a able abort about above absence absorbed accept accepted accepts access acknowledge acknowledged acknowledgement
  acknowledgements across active actually add address addresses administratively administrator advbase advertising
  advskew aes128 aes256 after again age agent agent's agents agentuptimems ago agree ahead alert alert's alerted alerts
  all allow allows almost alone along already also although always am among an anchor anchors and anew announced
  announces another answer answered answering answers any anyone anything anyway app appears applicable apply are args
  around arp arriving as asc ask asked asks assigned at atms auth authentic authenticated authenticates authentication
  authnopriv authority authorizationerror authpriv auto available averages away b b98380 back backup bad balancer bar
  batches be became because been before began begin begins begun behind being belong belongs below beside better between
  beyond big bits blind body boolean both bracket brain break brief bring buffers build busy but by byms bypass bypassed
  bytes c ca cable caconnectivity called calls came can cancelled cannot capacity care carp carries case cause causes
  cbc central certificate change changed changes changing channel channels characters check checked checking chosen
  chunks cipher cleared clock clocks clone cloned close closed closing cluster cluster's clusterid clusters code cold
  come comes coming commit community compare complete computer computer's configuration confirms connect connected
  connection connections connectivity connects consecutive constraint content context continues copy correct corrected
  could count counted counter counterbits counters counts cpu cpupercent crash crashed create credential credentials
  critical crosses current cut cuts d damaged data date day days debug decrypted decryption default degraded degree
  delayed delete deliberately delivered demands demo demoted demotion depends deployment des desc description descriptor
  detect detected determined deviations device devicems did died differ different digest direct directions directly
  disabled disagree discoveries disk disks distinct distributes dns do does doing done down drop dropped due duplicate
  during eacces each eaddrinuse eaddrnotavail eafnosupport earlier early econnrefused edge edge's edgeid edges edited
  eexist either election electron else elsewhere en enable enabled encrypted encryption encrypts end ended endms ends
  engine engine's engineboots engineof enough enter enterkey entersignature entries entry eproto err error errors
  escalated escalation etc evaluation even evenly event eventids events ever every everything evidence exactly exist
  exists exit expected expired extend external fact fail failback failed failing failover failovers fails failure falls
  false far fast fault fell few fewer ffff fi file find finding finds fine finish finished fired firewall first fit flag
  flapping fleet follow following follows for force foreign forged form forward found free from fromms full further gap
  gateway gateways gave gb generic generr get give given gives go goes gone good got gpu group groups growing guess h
  had half handling happened happens hardware has hash hasten have having he header headers health healthy heap held
  hence her here hereby heron hex high highest his history history's hold holds host hosts hour hours how however html
  http httpfailure https hypervisor hypervisor's i icmp id if ignore image imbalance impaired import in incident
  incidents incremental index infer inferred info inform informs ingress init initiated inoctets insert inside instance
  instead interface interface's interfaceorder interfaces interfaceuse into inventory ip ipsec ipv4 ipv6 is issuer's it
  its itself journal js json jumps just kb keep keepalived keeps kept key keys kind know known lag large larger last
  lastfailovers late latency latencyms later latin1 lb lb's lbinbitspersecond lbip lboutbitspersecond lbs leads least
  leave leaves ledger left length less let level life like likely limit line link list listener listening listens little
  load loadbalancer local log logging loggingconnectivity long longer look looked looks loop lose loses loss lost low
  lower lowest m mac machine machine's made main maintenance make makes malformed management many mark mask master
  matches max maximum may mb md5 me mean means meant meanwhile measured memory message messages met meta metrics mib
  might milliseconds min minus minute minutes missing mode monitor monitored monitoring month months more morning most
  move moved moves ms much multicast must my name names nat near nearly need needs neither net network never new next no
  noaccess noauthnopriv nobody node nodes none nor nosuchname not note nothing notification notifications
  notintimewindow now ntp null number numbers object objects observed octets of off offer offered offers often oid ok
  old on once one only onto open openbsd opened opens or order other other's others otherwise our out outage outages
  outoctets outside over overlapping own owner owns packet packets page pages part partly pass passive password
  passwordenv passwords passwordsecret past path peak per percent perhaps period persistent place plain planned please
  poll polled polling polls pool port ports possible preempt preemption preferred previous priority priv privacy
  probably probe problem process processes production progress proof proofstate protocol protocols proven provides
  proxies proxy proxyinbitspersecond proxyoutbitspersecond publish publishes put putinventory queried query quick quite
  r ram rank rather reach reachable reached reaches read reader reading readings reads ready reason reasons rebooted
  rebootedatms received receiver receives recently recorded recovered recovering recovers recovery recurring recurs
  redundancy refresh refuse refused refuses refusing regains rejected rejection relies remove removed renderer renewed
  repeated repeats replace replayed report reported reportedname reporting reports request requests requires reset
  resolvable resolve resolved respond responder responding response responses rest restart restarted restore restored
  result resynchronise returning right rights role roles rolling rollups rootpage route routes row rows rule rules run
  running runs s salvaged salvaging same sample samples saw say says schema scrape scraped scrapes script seal sealed
  sealing sealings search second seconds security see seem seems seen sees select self send sender sends sent series
  serve served server servers serves service serving sessions set settings several severity sha1 sha224 sha256 sha384
  sha512 shall share she shm shorter should show shown shows shut shutdown side sign signature signed signs silence
  silenced silences silent similar simple since sincems site size sku slept slow slowly small smsm snmp snmp's snmpd
  snmpfailure snmptrapd snmpv1 snmpv2c snmpv3 so socket software some somebody something sometimes soon sound source
  sources space span spans spare speak split spread spreads sql sqlite ssl stalled standalone standard stands start
  started starting startms starts state states status stayed stays step stepped steps sticky still stop stopped stops
  string subject subjectid subnet subscription such sum support suppressed sure suspected suspended swap swappercent
  switched symptom symptoms synchronous systemuptimems t table tables take taken takenfromms takeover takes task tb tcp
  tcpestablished tell ten termination test tested text than that the their them then there these they thing things this
  those though thread three threshold through throughout thus ticks till time timely timeout times tls to today together
  told toms too toofast took toward tracked traffic trap trapporterror traps trigger trouble true trusted try trying
  twice two type udp udp4 udp6 unacknowledged uncaught uncertain unchanged under unencrypted uneven unfinished unhandled
  union unique unknown unknownengine unknownsender unknownuser unreachable unreadable unsigned unsupported
  unsupportedlevel unsupportedversion until untilms unwatched up update upon ups uptime url us use used user users using
  utc utf8 v2c v3 vacuum valid value values vendor version versions very vhid via virtual vpn vrrp vse wait waiting
  waits wal walk warm warn warning was watched watching way we weak webhooks week weekday weekdays weeks well went were
  what when where whether which while who whole whose why wi will win32 window wins with withdrawn withdrew within
  without witness witnesses words work worked worker works worse worst would writable write writer writing written wrong
  wrongcommunity wrongdigest wronglevel wrongly wrongpassword wrongprivacy wrote wx year years yes yet you your zero
  zone
`
    .trim()
    .split(/\s+/),
);
