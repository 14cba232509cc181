"""Words that mean the same, words that turn a meaning round, and words that carry none."""

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

NEGATIONS = frozenset(
    """not no never none nobody nothing neither nor without hardly rarely barely nowhere noone neednt
    scarcely unable""".split()
)

NEGATING_PHRASES: tuple[tuple[str, ...], ...] = (
    ("instead", "of"),
    ("rather", "than"),
    ("as", "opposed", "to"),
    ("no", "longer"),
    ("far", "from"),
    ("fails", "to"),
    ("fail", "to"),
    ("failed", "to"),
    ("forget", "to"),
    ("forgets", "to"),
    ("refrain", "from"),
    ("by", "no", "means"),
    ("in", "no", "way"),
    *((does, "little", "to") for does in ("do", "does", "did")),
    ("of", "little"),
    *(
        ("not", sure, whether)
        for sure in ("sure", "certain", "convinced")
        for whether in ("that", "whether", "if")
    ),
)

DENIED_AFTER: tuple[tuple[str, ...], ...] = (
    ("unnecessary",),
    ("superfluous",),
    ("pointless",),
    ("useless",),
    ("irrelevant",),
    ("needless",),
    ("overkill",),
    ("wrong",),
    ("false",),
    ("untrue",),
    ("a", "myth"),
    ("nonsense",),
    ("a", "waste"),
    ("a", "mistake"),
    ("impossible",),
    ("out", "of", "the", "question"),
    ("off", "the", "table"),
)
"""After "X is": the sentence takes X back."""

SCOPE_ENDS = frozenset(
    """but while whereas however although though yet because since so unless until if when whenever once
    which who that then therefore thus and or as""".split()
)
"""Words at which the reach of a negation ends (`and`, `or`, `as`, `that` and `if` with conditions)."""

DOUBLE_WITH = frozenset("without unless until before except".split())
"""After a negation these turn it into a demand: "never apply without checking"."""

HEDGES: tuple[tuple[str, ...], ...] = (
    ("maybe",),
    ("perhaps",),
    ("probably",),
    ("possibly",),
    ("presumably",),
    ("not", "sure"),
    ("unsure",),
    ("not", "certain"),
    ("uncertain",),
    ("i", "guess"),
    ("would", "guess"),
    ("my", "guess"),
    ("just", "guessing"),
    ("guessing",),
    ("no", "idea"),
    ("do", "not", "know"),
    ("do", "not", "remember"),
    ("can", "not", "remember"),
    ("do", "not", "recall"),
    ("i", "suppose"),
    *((modal, "be", where) for modal in ("might", "could", "may") for where in ("in", "on", "at", "ci")),
    ("might", "also", "be"),
    ("i", "think", "so"),
    ("or", "something"),
    ("something", "like", "that"),
    ("if", "i", "remember"),
    ("if", "i", "recall"),
    ("not", "really", "know"),
    ("kind", "of"),
    ("could", "also", "be"),
    ("i", "would", "say", "maybe"),
    ("i", "assume"),
    ("wild", "guess"),
    ("theoretically",),
    ("in", "theory"),
    ("hypothetically",),
    *(
        ("in", "an" if which[0] in "aeiou" else "a", which, "world")
        for which in ("ideal", "perfect", "better")
    ),
    ("who", "knows"),
)

_OTHERS = (
    "people somebody someone some many others colleague colleagues juniors beginners they ai chatgpt "
    "everybody"
).split()
_SAYING = (
    "say says said think thinks thought believe believes believed assume assumes claim claims told".split()
)

DISOWNING: tuple[tuple[str, ...], ...] = (
    *((who, says) for who in _OTHERS for says in _SAYING),
    *((who, how, says) for who in _OTHERS for how in ("often", "may", "might", "would") for says in _SAYING),
    ("at", "first", "i"),
    ("first", "i", "thought"),
    ("i", "first", "thought"),
    ("i", "used", "to"),
    ("used", "to", "think"),
    ("used", "to", "believe"),
    ("i", "thought"),
    ("i", "had", "thought"),
    ("i", "believed"),
    ("i", "originally"),
    ("originally", "i"),
    ("initially", "i"),
    ("i", "initially"),
    ("i", "was", "going", "to", "say"),
    ("i", "wanted", "to", "say"),
    ("my", "first", "thought"),
    ("my", "first", "idea"),
    ("my", "first", "instinct"),
    ("first", "instinct"),
    ("instinct", "is"),
    ("reflex", "is"),
    ("you", "might", "think"),
    ("you", "may", "think"),
    ("you", "would", "think"),
    ("you", "could", "think"),
    ("one", "might", "think"),
    ("one", "may", "think"),
    ("one", "could", "think"),
    ("one", "would", "think"),
    ("it", "is", "tempting"),
    ("is", "tempting"),
    ("tempting", "to"),
    ("tempted", "to"),
    ("i", "have", "heard"),
    ("i", "heard"),
    ("it", "is", "said"),
    ("common", "mistake"),
    ("common", "misconception"),
    ("common", "misunderstanding"),
    ("common", "belief"),
    ("misconception",),
    ("the", "myth"),
    ("a", "myth"),
    ("fallacy",),
    ("it", "is", "wrong", "to"),
    ("wrong", "to", "think"),
    ("wrong", "to", "believe"),
    ("wrong", "to", "say"),
    ("mistake", "to", "think"),
    ("do", "not", "believe"),
    ("do", "not", "think"),
    ("the", "idea", "that"),
    ("the", "belief", "that"),
    ("the", "claim", "that"),
    ("does", "not", "mean"),
    ("not", "mean", "that"),
    ("not", "true", "that"),
    ("false", "that"),
    ("would", "be", "wrong"),
    ("would", "be", "a", "mistake"),
    ("is", "a", "mistake"),
    ("is", "a", "trap"),
    ("anti", "pattern"),
    ("antipattern",),
    ("ai", "suggests"),
    ("ai", "suggested"),
    ("ai", "proposes"),
    ("ai", "says"),
    ("chatgpt", "says"),
    ("seems", "to"),
    ("looks", "like", "it"),
    ("the", "bad", "idea"),
    ("bad", "idea"),
)
"""What such a sentence says is not the learner's own claim."""

FALSE_WORDS = (
    *(
        "false untrue wrong incorrect inaccurate mistaken nonsense rubbish bullshit bogus myth misconception "
        "misunderstanding fallacy lie legend folklore misbelief illusion mistake error fiction fable hoax "
        "hallucination superstition baloney humbug absurd ridiculous preposterous exaggerated erroneous "
        "unfounded baseless disproved disproven debunked refuted invented"
    ).split(),
    "fairy tale",
    "made up",
    "wishful thinking",
)
"""What a false statement is called."""

TRUE_WORDS = ("true", "right", "correct", "so", "the case", "accurate", "a fact")
"""What a true one is called."""

BELIEVING = frozenset(
    """say says said saying tell tells told telling think thinks thought thinking claim claims claimed
    claiming believe believes believed believing assume assumes assumed suppose supposes conclude state
    states argue argues maintain accept accepts accepted agree agrees agreed buy imagine swear convinced
    persuaded pretend pretends pretending call""".split()
)
"""How people hold or utter an opinion."""

DOUBTING = frozenset(
    """doubt doubts doubted doubtful deny denies denied disagree disagrees dispute disputes reject rejects
    refuse refuses disbelieve hesitate decline opposite contrary reverse clueless differ beg""".split()
)
"""Words that turn an opinion round as a negation does."""

STATEMENTS = frozenset(
    """claim idea belief notion statement assumption view theory opinion argument rumour rumor assertion
    sentence story tale thesis hypothesis suggestion impression thought answer truth reality case
    fact""".split()
)
"""What a statement is called that somebody has an opinion about."""

EMPHASIS = (
    "simply just plainly clearly obviously completely totally absolutely quite really also actually indeed "
    "certainly definitely perfectly very entirely utterly plain therefore of course then strictly always "
    "exactly precisely"
).split()
"""Words that may stand before either."""

REJECTING: tuple[tuple[str, ...], ...] = (
    ("but",),
    ("wrong",),
    ("not", "true"),
    ("not", "correct"),
    ("incorrect",),
    ("is", "not"),
    ("does", "not"),
    ("do", "not"),
    ("that", "is", "not"),
    ("actually",),
    ("in", "fact"),
    ("in", "reality"),
    ("however",),
    ("yet",),
    ("mistake",),
    ("misconception",),
    ("myth",),
    ("fallacy",),
    ("contrary",),
    ("trap",),
    ("false",),
    ("bad", "idea"),
    ("really",),
    ("no",),
    ("not", "mean"),
    ("do", "not", "believe"),
    ("do", "not", "think"),
)
"""With one of these a disowned idea is not only reported but rejected."""

TAKEN_BACK: tuple[tuple[str, ...], ...] = (
    ("wait", "no"),
    ("no", "wait"),
    ("actually", "no"),
    ("no", "actually"),
    ("no", "sorry"),
    ("no", ",", "sorry"),
    ("no", ",", "wait"),
    ("wait", ",", "no"),
    ("sorry", ",", "no"),
    ("thinking", "again"),
    ("on", "second", "thought"),
    ("on", "second", "thoughts"),
    ("sorry", "no"),
    ("oh", "no"),
    ("or", "rather"),
    ("i", "mean"),
    ("my", "mistake"),
    ("let", "me", "correct"),
    ("scratch", "that"),
    ("correction",),
    ("strike", "that"),
    ("i", "take", "that", "back"),
    ("i", "was", "wrong"),
    ("that", "was", "wrong"),
    ("that", "is", "wrong"),
    ("this", "is", "wrong"),
    ("which", "is", "wrong"),
    ("that", "is", "not", "true"),
    ("which", "is", "not", "true"),
    ("that", "is", "not", "right"),
    ("that", "is", "false"),
    ("which", "is", "false"),
    ("that", "is", "a", "mistake"),
    ("that", "is", "a", "myth"),
    ("forget", "that"),
    ("it", "is", "not"),
    ("it", "does", "not"),
    ("it", "will", "not"),
    ("it", "can", "not"),
    ("that", "is", "not"),
    ("that", "does", "not"),
    ("that", "would", "be", "wrong"),
    ("this", "is", "not", "true"),
    ("this", "is", "not", "enough"),
    ("that", "is", "not", "enough"),
)
"""At the head of a sentence these take back the sentence before it."""

FIRM_TIME: tuple[tuple[str, ...], ...] = (
    ("immediately",),
    ("immediate",),
    ("at", "once"),
    ("right", "away"),
    ("straight", "away"),
    ("straightaway",),
    ("instantly",),
    ("asap",),
    ("as", "soon", "as"),
    ("without", "delay"),
    ("without", "waiting"),
    ("first",),
    ("firstly",),
    ("before", "anything"),
    ("before", "everything"),
    ("before", "all"),
    ("above", "all"),
    ("right", "now"),
    ("now",),
    ("urgent",),
    ("urgently",),
    ("this", "minute"),
    ("top", "priority"),
    ("priority", "one"),
    ("step", "one"),
    ("step", "1"),
    ("the", "moment"),
    ("to", "begin", "with"),
    ("start", "by"),
    ("start", "with"),
    ("begin", "by"),
    ("begin", "with"),
)

LATE_WORDS: tuple[tuple[str, ...], ...] = (
    ("finally",),
    ("lastly",),
    ("last",),
    ("afterwards",),
    ("afterward",),
    ("later",),
    ("eventually",),
    ("in", "the", "end"),
    ("at", "the", "end"),
    ("optionally",),
    ("optional",),
    ("clean", "up"),
    ("cleanup",),
    ("only", "then"),
    ("once", "that"),
    ("after", "that"),
)

GENERAL: dict[str, tuple[str, ...]] = {
    "before": (
        "before",
        "prior to",
        "ahead of",
        "preceding",
        "precede",
        "precedes",
        "beforehand",
        "earlier than",
        "prior",
        "bevor",
        "befor",
        "b4",
    ),
    "after": ("after", "afterwards", "following", "once", "later", "subsequently", "behind"),
    "check": (
        "check",
        "checks",
        "checked",
        "checking",
        "verify",
        "verifies",
        "verified",
        "verification",
        "confirm",
        "confirms",
        "confirmed",
        "make sure",
        "makes sure",
        "made sure",
        "making sure",
        "ensure",
        "ensures",
        "validate",
        "validates",
        "validation",
        "compare",
        "compares",
        "compared",
        "look at",
        "looks at",
        "look whether",
        "looks whether",
        "look if",
        "looks if",
        "see whether",
        "see if",
        "test whether",
        "prove",
        "proves",
        "assert",
        "inspect",
        "double-check",
        "sanity check",
        "guard",
        "question",
    ),
    "also": ("also", "as well", "too", "in addition", "besides", "again"),
    "only": ("only", "just", "solely", "exclusively", "merely", "nothing but", "alone"),
    "catch": (
        "catch",
        "catches",
        "caught",
        "detect",
        "detects",
        "detected",
        "notice",
        "notices",
        "noticed",
        "find",
        "finds",
        "found",
        "stop",
        "stops",
        "stopped",
        "block",
        "blocks",
        "blocked",
        "spot",
        "spots",
        "see",
        "sees",
        "reject",
        "rejects",
        "flag",
        "flags",
        "discover",
        "discovers",
        "fail",
        "fails",
        "pick up",
        "picks up",
        "picked up",
        "catching",
        "intercept",
        "intercepts",
    ),
    "prevent": (
        "prevent",
        "prevents",
        "prevented",
        "stop",
        "stops",
        "stopped",
        "protect",
        "protects",
        "protect against",
        "avoid",
        "avoids",
        "help",
        "helps",
        "guard against",
        "guards against",
        "save",
        "saves",
        "solve",
        "solves",
        "fix",
        "fixes",
        "block",
        "blocks",
        "keep out",
        "rule out",
        "rules out",
        "take care",
        "takes care",
        "guarantee",
        "guarantees",
        "ensure",
        "ensures",
        "catch",
        "catches",
        "handle",
        "handles",
        "make impossible",
        "makes impossible",
        "exclude",
        "excludes",
    ),
    "bypass": (
        "bypass",
        "bypasses",
        "bypassed",
        "bypassing",
        "skip",
        "skips",
        "skipped",
        "skipping",
        "circumvent",
        "circumvented",
        "sidestep",
        "sidestepped",
        "side-step",
        "side-stepped",
        "work around",
        "worked around",
        "get around",
        "got around",
        "go around",
        "goes around",
        "gone around",
        "getting around",
        "avoid",
        "avoided",
        "evade",
        "evaded",
        "switch off",
        "switched off",
        "turn off",
        "turned off",
        "disable",
        "disabled",
        "ignore",
        "ignored",
        "dodge",
        "dodged",
        "slip past",
        "slips past",
        "get past",
        "gets past",
        "slip through",
        "slips through",
    ),
}
"""Concepts every rubric can use by name; a rubric's own concept of the same name comes instead."""

ANTONYMS: tuple[tuple[str, str], ...] = (
    ("increase", "decrease"), ("rise", "fall"), ("more", "less"), ("more", "fewer"), ("high", "low"),
    ("higher", "lower"), ("large", "small"), ("larger", "smaller"), ("big", "little"), ("hot", "cold"),
    ("warm", "cool"), ("open", "closed"), ("fast", "slow"), ("faster", "slower"), ("first", "last"),
    ("before", "after"), ("old", "new"), ("same", "different"), ("hard", "soft"),
    ("harder", "softer"), ("strong", "weak"), ("positive", "negative"), ("series", "parallel"),
    ("connected", "disconnected"), ("float", "sink"), ("light", "dark"), ("push", "pull"), ("up", "down"),
    ("above", "below"), ("inside", "outside"), ("always", "never"), ("allow", "prevent"), ("add", "remove"),
    ("accept", "reject"), ("true", "false"), ("right", "wrong"), ("start", "end"), ("enable", "disable"),
    ("public", "private"), ("local", "remote"), ("manual", "automatic"),
    ("long", "short"), ("longer", "shorter"), ("heavy", "light"), ("heavier", "lighter"), ("on", "off"),
    ("gain", "lose"), ("living", "nonliving"), ("wet", "dry"), ("rough", "smooth"), ("near", "far"),
    ("complete", "incomplete"), ("zero", "nonzero"), ("mutable", "immutable"), ("synchronous",
    "asynchronous"),
    ("client", "server"), ("read", "write"), ("success", "failure"), ("maximum", "minimum"),
)  # fmt: skip
"""Pairs of which the one in the place of the other turns a claim round."""

SYNONYMS: tuple[tuple[str, ...], ...] = (
    ("large", "big", "great", "huge"),
    ("small", "little", "tiny"),
    ("increase", "rise", "grow", "raise"),
    ("decrease", "fall", "drop", "reduce", "shrink", "lower"),
    ("check", "verify", "confirm", "validate", "ensure", "test"),
    ("begin", "start"),
    ("end", "finish", "stop"),
    ("use", "employ", "utilize"),
    ("make", "create", "produce", "generate", "cause"),
    ("show", "indicate", "demonstrate", "reveal", "tell"),
    ("get", "obtain", "receive", "acquire", "gain"),
    ("need", "require"),
    ("break", "gap", "broken", "damage"),
    ("fast", "quick", "rapid", "speedy"),
    ("same", "equal", "identical", "alike"),
    ("different", "differ", "unequal", "distinct"),
    ("help", "assist", "aid"),
    ("remove", "delete", "drop", "erase"),
    ("move", "travel", "go"),
    ("change", "alter", "modify", "vary"),
    ("hold", "keep", "retain", "store", "contain"),
    ("connect", "attach", "link", "join", "touch"),
    ("happen", "occur"),
    ("important", "essential", "crucial"),
    ("error", "mistake", "fault"),
    ("fix", "repair", "correct"),
    ("machine", "computer"),
    ("packet", "segment", "frame"),
    ("send", "transmit", "transfer"),
    ("wait", "delay"),
    ("hard", "difficult"),
    ("path", "route", "way"),
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

FOREIGN: dict[str, frozenset[str]] = {
    "German": frozenset(
        """der die das und ist nicht ein eine einen einem einer mit auf für von zu dem den des im am wird
        werden
        wenn dann auch nur noch aber oder weil dass daß sich sind war wurde wir ich sie man kann muss müssen
        vor nach bei aus durch über unter zwischen immer jeder jede jedes alle keine kein mehr schon sehr
        sofort zuerst danach ob wie was wo""".split()
    ),
    "French": frozenset(
        """le la les un une des et est pas ne dans sur pour par avec sans que qui ce cette ces il elle on nous
        vous ils du au aux mais ou donc car si plus avant après chaque tout tous être avoir fait faut doit
        sont
        l d qu n s c se son sa ses leur""".split()
    ),
    "Spanish": frozenset(
        """el la los las un una unos y es no en de del que por para con sin se su sus al lo como más pero o si
        antes después cada todo todos está están ser hay debe porque cuando donde también muy ya fue son
        este esta""".split()
    ),
    "Italian": frozenset(
        """il lo la gli le un una e è non in di del della che per con senza si suo al come più ma o se prima
        dopo ogni tutto tutti essere sono deve perché quando dove anche molto già nel nella dei
        delle""".split()
    ),
    "Portuguese": frozenset(
        """o a os as um uma e é não em de do da que por para com sem se seu sua ao no na como mais mas ou
        antes
        depois cada todo todos ser está são deve porque quando onde também muito já dos das pelo
        pela""".split()
    ),
    "Dutch": frozenset(
        """de het een en is niet in op van voor met zonder dat die er aan bij als dan ook maar of omdat wordt
        worden zijn was wij ik je men kan moet altijd elke alle geen meer naar uit door over tussen""".split()
    ),
    "Polish": frozenset(
        """i w na z do nie jest to że się o po przed za od dla jak ale lub czy tylko są być oraz każdy każdym
        przez co gdy jeśli który która które już też""".split()
    ),
    "Czech": frozenset(
        """je že se na v a nebo ale když který která které jsou není byl byla před po pro do z ze jen už také
        tak jako protože musí může každý každým této tento to co při""".split()
    ),
    "Turkish": frozenset(
        """ve bir bu için değil ile da de ama veya çünkü önce sonra her gibi olarak olan var yok daha çok mi
        mı ise kadar sadece zaman olur edilir gerekir""".split()
    ),
    "Swedish": frozenset(
        """och är inte en ett det att som på av för med den till i om men eller så har ska kan före efter
        varje
        alla bara också när var från vid""".split()
    ),
}
"""The small words of other languages. Words that are English too are not counted."""
