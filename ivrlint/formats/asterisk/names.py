"""What Asterisk's applications are to a caller. Names are in lower case, as they are compared."""

from __future__ import annotations

import re

HUMANS = frozenset(("dial", "queue", "page", "followme", "retrydial", "confbridge", "meetme", "park"))
"""Hand the call to people."""

LISTENING = frozenset(("background", "waitexten", "read", "readexten", "directory", "disa"))
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
    "adsiprog": "the telephone runs a program",
    "runapp": "a program decides what happens",
    "lookupcidname": "",
}
"""Control leaves what the dialplan tells."""

SPOKEN = frozenset(
    (
        "sayalpha",
        "sayalphacase",
        "saydigits",
        "saynumber",
        "sayphonetic",
        "saycountpl",
        "saycountednoun",
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
        "record",
        "receivefax",
        "echo",
        "voicemailmain",
        "dictate",
        "vmsayname",
        "nbscat",
        "ices",
        "chanspy",
        "extenspy",
        "sms",
        "festival",
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

SILENT = frozenset(
    """
    absolutetimeout addqueuemember adsiprog agentcallbacklogin agentmonitoroutgoing alarmreceiver
    amd answer appendcdruserfield audiosocket backgrounddetect bridge callcompletioncancel
    callcompletionrequest celgenuserevent changemonitor changroup chanisavail channelredirect
    checkgroup clearhash confbridgekick curl dahdiaccelerate dahdibarge dahdiras dahdiscan
    dahdisendcallreroutingfacility dahdisendkeypadfacility dbdel dbdeltree dbget dbput dumpchan exec
    forkcdr getcpeid hangupcause hangupcauseclear hasnewvoicemail iax2provision importvar jabberjoin
    jabberleave jabbersend jabbersendgroup jabberstatus jack keepalive log lookupblacklist
    lookupcidname mailboxexists meetmeadmin meetmechannelladmin meetmecount messagesend
    minivmaccmess minivmdelete minivmmwi minivmnotify mixmonitor monitor msg mutestream nocdr noop
    numberinfo odbcfinish originate ospauth ospfinish osplookup ospnext pausemonitor
    pausequeuemember presencestate privacymanager proceeding progress queuelog queueprio queueupdate
    readfile realtime realtimeupdate reload removequeuemember resetcdr ringing senddtmf sendfax
    sendimage sendtext sendurl set setaccount setamaflags setcallerid setcalleridname setcallernum
    setcdruserfield setcidname setcidnum setglobalvar setgroup setlanguage setmusiconhold setrdnis
    settransfercapability setvar sipaddheader sipdtmfmode sipremoveheader sipsendcustominfo
    softhangup speechactivategrammar speechcreate speechdeactivategrammar speechdestroy
    speechloadgrammar speechprocessingsound speechstart speechunloadgrammar startmonitor
    startmusiconhold stopmixmonitor stopmonitor stopmusiconhold stopplaytones streamecho sysinfo
    system testclient testserver tryexec trysystem txtcidname unpausemonitor unpausequeuemember
    userevent verbose vmcount waitdigit waitforcond waitfornoise waitforring waitforsilence
    waituntil zapras
    """.split()  # noqa: SIM905
)
"""The caller hears nothing of these."""

DROPPING = frozenset(("hangup", "busy", "congestion", "zapateller"))

_VARIABLE = re.compile(r"\$\{\s*([\w-]+)|\b(?:CUT|INC|DEC|PUSH|POP|SHIFT|UNSHIFT|FIELDQTY|LISTFILTER)\((\w+)")


def variables(text: str) -> set[str]:
    """Names of variables that ``text`` reads."""
    if "$" not in text:
        return set()
    return {one or other for one, other in _VARIABLE.findall(text)}
