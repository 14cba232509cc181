"""Kinds of words for talk about statements: who talks, how, and what doubtful talk is called."""


def _verbs(listed: str) -> frozenset[str]:
    """All forms of verbs; irregular past forms stand behind a colon."""
    found: set[str] = set()
    for entry in listed.split():
        base, *past = entry.split(":")
        found |= {base, *past, *_regular(base, bool(past))}
    return frozenset(found)


def _regular(base: str, irregular: bool) -> set[str]:
    cut = base[:-1] if base.endswith("e") else base
    if base.endswith("y") and base[-2] not in "aeou":
        return {f"{base[:-1]}ies", f"{base[:-1]}ied", f"{base}ing"}
    if base.endswith(("sh", "ch", "ss", "x")):
        return {f"{base}es", f"{base}ed", f"{base}ing"}
    return {f"{base}s", f"{cut}ing"} | (set() if irregular else {f"{cut}ed"})


def _nouns(listed: str) -> frozenset[str]:
    """Nouns and their plurals."""
    found = set(listed.split())
    return frozenset(found | {f"{w[:-1]}ies" if w.endswith("y") else f"{w}s" for w in found})


BELIEVE = _verbs(
    """believe think:thought claim insist swear:swore:sworn promise imagine allege hope wish dream:dreamt
    suspect boast preach pretend fancy reckon assert contend proclaim trumpet declare profess guarantee
    parrot shout recite regurgitate opine moan allege scream trumpet reiterate lecture bet
    advertise vow pledge figure daydream fantasise fantasize delude kid rave gush conclude argue"""
) | frozenset("bragged bragging brags brag convinced persuaded".split())
"""How somebody holds or spreads what need not be so."""

SAY = _verbs(
    """say:said tell:told write:wrote:written state mention announce repeat report suggest teach:taught
    post tweet assume suppose expect presume hold:held maintain feel:felt take:took whisper mutter joke
    chant put sing:sang sell:sold market push spread hint praise love like want"""
)
"""How anybody says something; a doubt only from the mouths below."""

SELL = _verbs(
    "sell:sold say:said tell:told claim preach promise think:thought believe want market peddle spread"
)
"""At the very end: "… is what charlatans sell"."""

MOUTHS = _nouns(
    """uncle aunt grandmother grandma granny grandfather grandpa mother mum mom father dad brother sister
    cousin neighbour neighbor wife husband boss friend mate buddy pal colleague coworker teammate guy
    folk fellow dude kid child barber hairdresser dentist plumber taxi barista roommate flatmate
    salesman salesperson saleswoman seller vendor reseller marketer advertiser consultant politician
    journalist blogger influencer guru evangelist critic columnist lobbyist astrologer prophet preacher
    pundit visionary manager executive investor recruiter competitor beginner newcomer rookie novice
    amateur layman layperson junior intern newbie noob student pupil reader outsider internet web
    twitter reddit facebook linkedin forum blog blogger post tweet thread comment article newspaper
    magazine tabloid video youtube podcast tiktok chatgpt ai chatbot bot gossip rumour rumor advert
    advertisement brochure leaflet flyer pamphlet catalogue catalog prospectus slide deck pitch
    commercial slogan poster billboard horoscope oracle crystal headline propaganda legend myth story
    tale folklore saying proverb superstition hype marketing advertising sales press campaign trailer
    banner sticker t-shirt mug"""
) | frozenset(
    """people person somebody someone some many others most they he she anybody anyone laymen salespeople
    salesmen children wives media grandparents parents chap chaps him her them""".split()
)
"""Who says things that need not be so."""

FOOLS = _nouns(
    """fool idiot moron dummy dreamer optimist believer zealot simpleton charlatan quack trickster liar
    crook fraudster conman swindler lunatic madman crackpot nutcase ignoramus clown cheat impostor
    theorist troll fantasist romantic"""
) | frozenset("naive gullible ignorant clueless foolish stupid crazy insane mad drunk deluded".split())
"""Whoever they are, they are wrong."""

TRUSTED = _nouns(
    """documentation doc manual course chapter lesson rule policy guideline standard book reference error
    message output log warning status command tool script guard check plan terraform flux git kubectl
    sops github ci pipeline runner controller section page text note figure table law proof experiment
    experience fact evidence history context cluster hook reviewer state lock serial tag"""
)
"""What says no more than is so, or is no talk at all: "the message says that …"."""

TALK = _nouns(
    """rumour rumor gossip hearsay brochure leaflet flyer propaganda slogan advert advertisement hype dogma
    prejudice superstition legend folklore horoscope prophecy conspiracy proverb cliche cliché marketing
    mantra lore motto narrative line wisdom street tale jargon
    tall yarn anecdote stereotype daydream pipedream utopia catchphrase buzzword sermon prejudgement"""
)
"""What doubtful talk is called."""

SAYINGS = _nouns(
    """advice remark saying line slogan motto catchphrase headline pitch quote quotation platitude truism
    soundbite adage maxim mantra tagline punchline buzzword cliche nugget tip sentence phrase sentiment
    talk commonplace"""
)
"""What somebody's words are called by whom they don't convince."""

KINDS = frozenset("sort sorts kind kinds type types brand class thing things stuff".split())
"""With somebody who talks beside them: "the sort of thing that consultants say"."""

UTTER = BELIEVE | _verbs(
    "say:said tell:told repeat report teach:taught post tweet spread:spread market peddle offer make:made"
)
"""What somebody does with words, and hardly with anything else where a saying is spoken of."""

FALSE = _nouns(
    """delusion fantasy superstition myth misconception misbelief fallacy falsehood lie untruth hoax
    fabrication illusion misunderstanding fable error mistake fiction nonsense rubbish humbug baloney
    hogwash bunk bunkum drivel poppycock balderdash claptrap hokum malarkey garbage bollocks prejudice
    canard swindle scam fraud deception hallucination mirage chimera figment pretence sophism
    oversimplification exaggeration wives"""
) | frozenset(
    """false untrue wrong incorrect mistaken erroneous fallacious baseless unfounded groundless bogus
    spurious debunked disproved disproven refuted discredited absurd ridiculous ludicrous preposterous
    laughable nonsensical fanciful delusional illusory fictional fictitious mythical invented untenable
    unsound wrongheaded""".split()
)
"""What a false statement is called."""

DOUBTFUL = frozenset(
    """unlikely doubtful questionable debatable improbable dubious implausible unclear uncertain unproven
    unproved unsubstantiated unconfirmed unverified unsupported speculative contestable disputable
    disputed controversial arguable suspicious farfetched inconceivable unthinkable unbelievable
    incredible""".split()
)
"""What a statement is called that the author doubts."""

UNWISE = FALSE | frozenset(
    """naive foolish silly stupid crazy insane mad idiotic dumb daft reckless careless rash hasty premature
    optimistic tempting hard difficult impossible dangerous unwise misguided simplistic gullible
    childish lazy shortsighted arrogant presumptuous irresponsible wishful easy""".split()
)
"""What it is to think something: "it would be naive to conclude that …"."""

WRONGLY = frozenset(
    "wrongly falsely mistakenly erroneously incorrectly naively foolishly blindly wishfully".split()
)
RIGHTLY = frozenset("rightly correctly truly justly wisely indeed".split())
"""How somebody says something that the author stands by."""

NOT_SHOWN = frozenset(
    """evidence proof reason basis ground grounds sign indication support hint shred trace argument
    justification cause truth substance guarantee chance way""".split()
)
"""There is no such thing for what is not so."""

CHALLENGE = _verbs(
    """question doubt dispute challenge contest debunk refute deny:denied contradict disprove rebut mock
    ridicule reject dismiss oppose distrust mistrust discredit laugh exclude"""
) | frozenset("disagree disagrees disagreed".split())
"""What one does to a statement that one thinks wrong."""

SHOW = _verbs(
    "show:shown prove:proven demonstrate establish confirm verify observe document find:found see:seen"
)

HEAR = frozenset("hear hears heard hearing read reads".split())
"""How somebody comes by what others say."""

USUAL = frozenset(
    """fashionable trendy popular customary usual common commonplace traditional habitual conventional
    fashion habit tradition""".split()
)
"""What it is to say something that many say: "it is fashionable to say that …"."""

UNREAL = frozenset(
    """science fiction fictions movies films novels tales fables dreams utopia wonderland dreamland
    fairyland paradise daydream parallel alternate alternative imaginary fictional dream fantasy fairy
    magic magical fictitious utopian hypothetical different other another film movie novel cartoon story
    book""".split()
)
NOWHERE = _nouns(
    """universe world reality dream movie film novel tale fantasy fiction utopia cartoon fable legend
    theory paper version scenario daydream wonderland dreamland planet life paradise fairyland"""
)
"""Together: "in an alternate universe", "in a fairy tale"."""

LAUGHTER = frozenset(
    "lol haha hahaha ha rofl lmao hehe heh yeah yep sure right ok okay good one joke joking kidding".split()
)
