"""What Asterisk's applications are to a caller. Names are in lower case, as they are compared."""

from __future__ import annotations

import re

from ivrlint.formats.asterisk.arguments import argument, split

HUMANS = frozenset(
    """
    agentrequest confbridge dial followme meetme page park parkandannounce queue retrydial slatrunk
    """.split()  # noqa: SIM905
)
"""Hand the call to people."""

AGENTS = frozenset(("agentlogin", "agentcallbacklogin", "slastation"))
"""Those who take calls say so by them; callers never come to them."""

SPEAKING = "speaks until a key is pressed"
"""What stands for an AGI program that does for a text what Background does for a sound."""

LISTENING = frozenset(("background", SPEAKING, "waitexten", "read", "readexten", "directory", "disa"))
"""Take keys."""

ELSEWHERE = {
    "agi": "a program decides what happens",
    "eagi": "a program decides what happens",
    "fastagi": "a program decides what happens",
    "deadagi": "a program decides what happens",
    "stasis": "a program outside Asterisk takes the call over",
    "externalivr": "a program outside Asterisk takes the call over",
    "disa": "the caller gets a dial tone; what can be dialled is another matter",
    "pickup": "which call is picked up is not known",
    "pickupchan": "which call is picked up is not known",
    "parkedcall": "which parked call is taken is not known",
    "agentlogin": "an agent's line, not a caller's",
    "speechbackground": "what is understood is not known",
    "bridge": "the other channel is not known",
    "bridgewait": "who else waits there is not known",
    "bridgeadd": "the other channel is not known",
    "broadcast": "the other channels are not known",
    "runapp": "a program decides what happens",
    "stasisbroadcast": "a program outside Asterisk takes the call over",
    "transfer": "the exchange that the call came from is asked to send it elsewhere",
    "attendedtransfer": "whom it transfers is not known",
    "blindtransfer": "whom it transfers is not known",
    "slastation": "a telephone's line, not a caller's",
    "incomplete": "more digits are waited for",
    "raiseexception": "how it is handled is not followed",
}
"""Control leaves what the dialplan tells."""

PROGRAMS = frozenset(("agi", "eagi", "fastagi", "deadagi", "stasis", "externalivr", "runapp"))
"""Their first argument names what takes the call over."""

SPOKEN = frozenset(
    (
        "sayalpha",
        "sayalphacase",
        "saydigits",
        "saynumber",
        "sayphonetic",
        "saycountpl",
        "saycountednoun",
        "saymoney",
        "sayordinal",
        "saycountedadj",
        "festival",
        "flite",
        "swift",
        "espeak",
        "googletts",
        "picotts",
        "polly",
        "morsecode",
    )
)
"""Say their first argument."""

PLAYED = frozenset(
    (
        "playback",
        "controlplayback",
        "mp3player",
        "musiconhold",
        "playtones",
        "sayunixtime",
        "datetime",
        "milliwatt",
        "receivefax",
        "echo",
        "voicemailmain",
        "voicemailplaymsg",
        "dictate",
        "vmsayname",
        "nbscat",
        "ices",
        "chanspy",
        "extenspy",
        "sms",
        "zapateller",
        "minivmgreet",
        "minivmrecord",
        "authenticate",
        "vmauthenticate",
        "privacymanager",
        "saycurrency",
    )
)
"""The caller hears something, or is busy with it, and the call goes on."""

AUDIBLE = LISTENING | SPOKEN | PLAYED
"""The caller hears something."""

SILENT = frozenset(
    """
    absolutetimeout addqueuemember adsiprog agentcallbacklogin agentmonitoroutgoing alarmreceiver
    amd answer appendcdruserfield audiosocket backgrounddetect callcompletioncancel
    callcompletionrequest celgenuserevent changemonitor changroup chanisavail channelredirect
    checkgroup clearhash confbridgekick confkick curl dahdiaccelerate dahdibarge dahdiras dahdiscan
    dahdisendcallreroutingfacility dahdisendkeypadfacility dbdel dbdeltree dbget dbput dumpchan exec
    flash forkcdr getcpeid hangupcause hangupcauseclear hasnewvoicemail iax2provision importvar
    jabberjoin jabberleave jabbersend jabbersendgroup jabberstatus jack keepalive log
    lookupblacklist lookupcidname mailboxexists meetmeadmin meetmechanneladmin meetmecount
    messagesend minivmaccmess minivmdelete minivmmwi minivmnotify mixmonitor mobilesendsms
    mobilestatus monitor msg mutestream mysql nocdr noop numberinfo odbc_commit odbc_rollback
    odbcfinish originate ospauth ospfinish osplookup ospnext pausemonitor pausequeuemember
    pjsiphangup pjsipnotify presencestate proceeding progress queuelog queueprio queueupdate
    readfile realtime realtimeupdate receivemf receivesf receivetext reload removequeuemember
    resetcdr ringing senddtmf sendfax sendimage sendmf sendsf sendtext sendurl set setaccount
    setamaflags setcallerid setcalleridname setcallernum setcdruserfield setcidname setcidnum
    setglobalvar setgroup setlanguage setmusiconhold setrdnis settransfercapability setvar signal
    sipaddheader sipdtmfmode sipremoveheader sipsendcustominfo softhangup speechactivategrammar
    speechcreate speechdeactivategrammar speechdestroy speechloadgrammar speechprocessingsound
    speechstart speechunloadgrammar startmonitor startmusiconhold statsd stopmixmonitor stopmonitor
    stopmusiconhold stopplaytones storedtmf streamecho sysinfo system testclient testserver tonescan
    tryexec trysystem txtcidname unpausemonitor unpausequeuemember userevent verbose vmcount
    waitdigit waitforcondition waitfornoise waitforring waitforsignal waitforsilence waitfortone
    waituntil zapras
    """.split()  # noqa: SIM905
)
"""The caller hears nothing of these."""

ARGUED = frozenset(
    """
    agi authenticate background busy congestion dbget dbput dial digittimeout directory goto gosub gosubif
    gotoif gotoiftime hangup macro macroif meetme monitor noop playback playtones queue random read record
    responsetimeout return ringing saydigits saynumber set setcallerid setcidname setglobalvar setlanguage
    setvar system verbose voicemail voicemailmain wait waitexten waitmusiconhold
    """.split()  # noqa: SIM905
)
"""Applications that were often written without brackets around their arguments."""

_SPEAKER = re.compile(r"[^/]*(?:tts|text[-_]?(?:to|2)[-_]?speech)[^/]*\Z", re.IGNORECASE)
"""AGI programs that turn a text into speech (googletts.agi, picotts.agi, and what people write after
them): their arguments are text, language, keys and speed.
"""

_INTERRUPTED = frozenset(("espeak", "flite", "festival"))
"""Speak their first argument until one of the keys in the second is pressed, which is dialled then."""


def meant(app: str, args: str) -> tuple[str, str]:
    """What ``app`` (in small letters) does, and to what: programs that are known are what they do."""
    if app in _INTERRUPTED:
        return SPEAKING if argument(split(args), 1) else app, args
    if not app.endswith("agi"):
        return app, args
    program, *given = split(args)
    if not given or not _SPEAKER.search(program):
        return app, args
    return SPEAKING if len(given) > 2 and given[2] else "googletts", ",".join(given)


DROPPING = frozenset(("hangup", "busy", "congestion"))

_VARIABLE = re.compile(
    r"\$\{\s*([\w~-]+)|\b(?:CUT|INC|DEC|PUSH|POP|SHIFT|UNSHIFT|FIELDQTY|LISTFILTER)\((\w+)"
)


def variables(text: str) -> set[str]:
    """Names of variables that ``text`` reads."""
    if "$" not in text:
        return set()
    return {one or other for one, other in _VARIABLE.findall(text)}


_BY_THE_WAY = re.compile(
    r"\$\{\s*(?:INC|DEC|SHIFT|POP)\((\w+)|^\s*(?:ARRAY|PUSH|UNSHIFT)\(([\w,\s]+)\)[^=]*=", re.IGNORECASE
)
_INTO = frozenset(("readfile", "dbget", "importvar"))
_FIRST = frozenset(("receivemf", "receivesf", "storedtmf"))


def set_by_the_way(app: str, args: str) -> set[str]:
    """Names of variables that ``app`` sets otherwise than by ``Set(name=value)``."""
    if app == "mysql":  # Connect, Query and Fetch set the variables that they name
        return set(args.split()[1:]) if args[:1] in "CcQqFf" else set()
    if app == "mobilestatus":
        return {args.partition(",")[2].strip()}
    if app in _FIRST:
        return {argument(split(args), 0)}
    if app in _INTO:
        return {args.partition("=")[0].strip()}
    if "(" not in args:
        return set()
    found = (one or several for one, several in _BY_THE_WAY.findall(args))
    return {name.strip() for names in found for name in names.split(",")}
