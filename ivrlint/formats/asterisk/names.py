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
    "receivefax": "a fax is received",
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
    addqueuemember removequeuemember pausequeuemember unpausequeuemember queuelog queueupdate adsiprog alarmreceiver
    amd answer appendcdruserfield audiosocket bridge celgenuserevent changemonitor changroup channelredirect
    clearhash confbridgekick dahdibarge dahdiras dahdiscan dahdisendcallreroutingfacility
    dahdisendkeypadfacility dbdel dbdeltree dbget dbput dahdiaccelerate dumpchan endwhile exec forkcdr getcpeid
    hangupcause hangupcauseclear hasnewvoicemail iax2provision importvar incomplete jabberjoin jabberleave jabbersend
    jabbersendgroup jabberstatus jack keepalive log lookupblacklist lookupcidname macroexit mailboxexists meetmeadmin
    meetmechannelladmin meetmecount messagesend minivmaccmess minivmdelete minivmmwi minivmnotify mixmonitor monitor
    mset msg noop nocdr numberinfo odbcfinish originate ospauth osplookup ospnext ospfinish pausemonitor presencestate
    progress proceeding privacymanager queuelog readfile realtime realtimeupdate reload resetcdr ringing sayscurrent
    senddtmf sendfax sendimage sendtext sendurl set setamaflags setcallerid setcalleridname setcallernum setcidname
    setcidnum setcdruserfield setglobalvar setlanguage setmusiconhold setrdnis settransfercapability setvar sipaddheader
    sipdtmfmode sipremoveheader sipsendcustominfo softhangup speechactivategrammar speechcreate speechdeactivategrammar
    speechdestroy speechloadgrammar speechprocessingsound speechstart speechunloadgrammar stackpop startmonitor startmusiconhold
    stopmixmonitor stopmonitor stopmusiconhold stopplaytones streamecho system testclient testserver txtcidname tryexec
    trysystem unpausemonitor userevent verbose vmcount wait waitdigit waitforcond waitfornoise waitforring
    waitforsilence waitmusiconhold waituntil zapras digittimeout responsetimeout absolutetimeout execif sayunix
    dial_out gotoiftime setaccount callcompletioncancel callcompletionrequest ringing sysinfo mutestream cut len math
    backgrounddetect while sayas queueprio chanisavail curl agentmonitoroutgoing agentcallbacklogin setgroup checkgroup
    vqmon geolocprofilecreate geolocprofiledelete reality tonerequest setsound toneplay stopplaytones
    """.split()
)
"""The caller hears nothing of these."""

DROPPING = frozenset(("hangup", "busy", "congestion", "zapateller"))

_VARIABLE = re.compile(r"\$\{\s*(\w+)|\b(?:CUT|INC|DEC|PUSH|POP|SHIFT|UNSHIFT|FIELDQTY|LISTFILTER)\((\w+)")


def variables(text: str) -> set[str]:
    """Names of variables that ``text`` reads."""
    if "$" not in text:
        return set()
    return {one or other for one, other in _VARIABLE.findall(text)}
