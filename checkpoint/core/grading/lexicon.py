"""Single words by their kind: small ones, verbs, negations, and real ones that look like mistakes."""

LIGHT = frozenset("a an the my our your their his her its this these those very".split())
"""Left out when phrases are sought: "on my own laptop" and "on the laptop" are the same."""

FUNCTION_WORDS = frozenset(
    """a an the my our your their his her its this that these those i you he she it we they me him us them
    who whom whose which what where when why how and or but nor so yet if then than as because since while
    whereas although though unless until after before of in on at to from by with without for about into
    onto over under through between against during per via upon within is are was were be been being am do
    does did done have has had having will would shall should can could may might must not no never none
    nothing nobody neither also too only just even still again already here there now very more most less
    all any each every some both either such same other another own one ones up down out off away back
    else instead rather always often sometimes usually ever well first""".split()
)

COMMON_VERBS = frozenset(
    """is are was were be been am do does did has have had will would shall should can could may might must
    get gets got make makes made take takes took go goes went come comes came say says said see sees saw use
    uses used using run runs ran running check checks checked checking verify verifies verified compare
    compares compared look looks looked stop stops stopped refuse refuses refused revoke revokes revoked
    rotate rotates rotated rotating invalidate kill kills find finds found open opens opened notify notifies
    inform tell tells told encrypt encrypts encrypted commit commits committed push pushes pushed apply
    applies applied applying merge merged audit review reviews reviewed reviewing approve approves approved
    catch catches caught bypass bypassed skip skips skipped pick picks picked select selects selected choose
    chooses scan scans scanned watch watches write writes wrote written writing update updates updated
    reconcile reconciles deploy deploys deployed promote promoted tag tags tagged build builds built change
    changes changed replace replaces replaced destroy destroys destroyed delete deletes deleted remove
    removes removed regenerate create creates created generate generated plan planned match matches matched
    mean means meant happen happens happened need needs needed know knows keep keeps kept put puts let lets
    exist exists protect protects prevent prevents prevented reach reaches leak leaked leaks add adds added
    disable disabled map list issue issued ship shipped send share shared move moved moves lock locks waits
    wait waited holds hold follow follows sits sit starts start begins begin ends end reject rejects
    rejected re-run rerun repeat repeats point points pointed block blocks blocked try clean treat burn
    assume record log logs reset works work run fix fixes fixed expire expires""".split()
)

ORDERS = COMMON_VERBS | frozenset(
    """abort accept acknowledge activate alert allow announce annul answer ask assess assign attach
    authenticate avoid backup ban bring call cancel carry chase cleanse clear close collect compile configure
    confirm consider contact contain copy correct cover cross-check cut cycle deactivate decide decrypt
    define deliver deny deprovision detect determine diff ditch do document double-check drop edit
    eliminate enable encode enforce engage enter erase escalate establish evict examine exchange execute
    expand explain extract fetch figure file fill filter flag force-push freeze gather generate get give go
    grab grep grant halt hand harden have hunt identify improve include inspect install inventory
    investigate invoke join learn look mail make mark mention merge mint monitor name note nuke obtain order
    page patch pause pin plug poll post prepare proceed prove provision publish pull purge question quit
    raise read realise realize rebuild recheck recompute reconcile recover recreate redeploy redo
    reduce re-encrypt reencrypt refresh register reissue release reload remember renew reopen replan re-plan
    reproduce request require rescan restart restore retag re-tag retire retrieve return re-review revert
    rewrite roll save scrub seal search secure seek send set shut sign sort squash stage store strengthen
    submit suspend swap switch take talk teach terminate test throw tighten trace track train trigger trust
    turn undo unset upgrade validate void walk warn weigh wipe withdraw""".split()
)
"""Words that a step may begin with, told as an order: "warn the owners"."""

NOUNS_TOO = frozenset(
    """plan lock check commit push merge review change build tag run stop look use block point scan record log
    list start end issue watch update need work fix reset share move map audit leak apply plans locks checks
    commits changes tags runs stops looks uses points logs lists starts ends issues watches updates needs
    works leaks bypass""".split()
)
"""Verbs that are nouns as well."""

NEGATIONS = frozenset(
    """not no never none nobody nothing neither nor without hardly rarely barely nowhere noone neednt
    scarcely unable seldom""".split()
)

REAL_WORDS = frozenset(
    """forget forgets forgot forgotten
    charge chance changed charged charges chances looked parsed passed started stored stores stating
    staying starting stopped stepped merges merger brunch trusted thrust stable staple station stage rotated
    related relates release releases cluster clusters clutter ignored reviewer rebuild rebuilt respond
    prevents presents present percent project protect product products produces protected projected planned
    planed plants planet planes reveal revealed several severe service server servers served serves device
    devices advice advise advised direct directs district restore restored resource resources source sources
    course courses content contents contest contact contract contain contains current currents quality
    quantity affect effect effects affects exactly exact expect except accept accepts access excess success
    assess process progress possess promise promised promote provide provided provoke provoked invoke invoked
    involve involved evolve evolved solved resolve resolved require required acquire inquire repair repairs
    report reports record records recorded reorder ordered older folder holder holders border boarder later
    latter letter letters better bitter butter matter matters master faster easter latest lasted listed
    tested rested nested posted hosted lasting listing testing resting posting hosting costing counting
    counted mounted founded rounded bounded sounded loaded leaded headed heading reading leading loading
    lending sending spending pending bending tending mending vending trending untrusted entrusted adapted
    adopted adjust adjusts noticed notified notices motions nation nations notation relation relations
    position positions portion portions action actions auction caution section sections session sessions
    mission missions passion version versions session decision division precision provision revision
    statement settlement movement document documents argument comment comments commend command commands
    demand demands remand remain remains retain retains detain detail details retail recall recalls refuse
    refused refuses reuse reused defuse diffuse confuse confused confirm confirms conform conforms inform
    informs perform performs reform reforms deform defend depend depends spend intend extend attend append
    opened opener another bother mother brother together whether weather leather rather gather father farther
    further number numbers member members remember chamber lumber timber simple sample example temple dimple
    single signal signals signed singed design designs resign assign assigns align aligns aligned applied
    implied replied supplied apples applies replies implies supplies simply supply reply apply deploy employ
    delay delays display displays played player layers layer lawyer buyer flayer prayer prays""".split()
)
"""Real words a letter away from others: never read as a typing mistake."""
