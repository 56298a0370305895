"""Every block type of the flow language and what the console calls it.

From AWS's Developer Guide, "Actions in the Connect Customer Flow language": participant (6), flow control
(15), contact (27) and interaction (8) actions, each with its "Corresponding block in the UI". Types that no
page there lists are under "documented elsewhere".
"""

from __future__ import annotations

CONSOLE_NAMES = {
    # participant actions
    "ConnectParticipantWithLexBot": "Get customer input",
    "DisconnectParticipant": "Disconnect",
    "GetParticipantInput": "Get customer input",
    "MessageParticipant": "Play prompt",
    "MessageParticipantIteratively": "Loop prompts",
    "ShowView": "Show view",
    # flow control actions
    "CheckHoursOfOperation": "Check hours of operation",
    "CheckMetricData": "Check queue status",
    "CheckOutboundCallStatus": "Check call progress",
    "CheckVoiceId": "Check Voice ID",
    "Compare": "Check contact attributes",
    "DistributeByPercentage": "Distribute by percentage",
    "EndFlowExecution": "End flow / Resume",
    "GetMetricData": "Get metrics",
    "Loop": "Loop",
    "StartVoiceIdStream": "Set Voice ID",
    "TransferToFlow": "Transfer to flow",
    "UpdateFlowAttributes": "Set contact attributes",
    "UpdateFlowLoggingBehavior": "Set logging behavior",
    "UpdateRoutingCriteria": "Set routing criteria",
    "Wait": "Wait",
    # contact actions
    "CompleteOutboundCall": "Call phone number",
    "CreateCase": "Cases",
    "CreateTask": "Create task",
    "CreateWisdomSession": "Connect assistant",
    "DequeueContactAndTransferToQueue": "Transfer to queue",
    "EndFlowModuleExecution": "Return from module",
    "GetCase": "Cases",
    "InvokeFlowModule": "Invoke module",
    "ResumeContact": "Resume contact",
    "StartOutboundChatContact": "Send message",
    "TagContact": "Contact tags",
    "TransferContactToAgent": "Transfer to agent",
    "TransferContactToQueue": "Transfer to queue",
    "UnTagContact": "Contact tags",
    "UpdateCase": "Cases",
    "UpdateContactAttributes": "Set contact attributes",
    "UpdateContactCallbackNumber": "Set callback number",
    "UpdateContactData": "Set contact attributes",
    "UpdateContactEventHooks": "Set event flow",
    "UpdateContactMediaProcessing": "Set recording, analytics and processing behavior",
    "UpdateContactMediaStreamingBehavior": "Start media streaming",
    "UpdateContactRecordingAndAnalyticsBehavior": "Set recording, analytics and processing behavior",
    "UpdateContactRecordingBehavior": "Set recording and analytics behavior",
    "UpdateContactRoutingBehavior": "Change routing priority / age",
    "UpdateContactTargetQueue": "Set working queue",
    "UpdateContactTextToSpeechVoice": "Set voice",
    "UpdatePreviousContactParticipantState": "Hold customer or agent",
    # interactions
    "AssociateContactToCustomerProfile": "Customer profiles",
    "CreateCallbackContact": "Transfer to queue (callback)",
    "CreateCustomerProfile": "Customer profiles",
    "GetCalculatedAttributesForCustomerProfile": "Customer profiles",
    "GetCustomerProfile": "Customer profiles",
    "GetCustomerProfileObject": "Customer profiles",
    "InvokeLambdaFunction": "AWS Lambda function",
    "UpdateCustomerProfile": "Customer profiles",
    # documented elsewhere: blocks of the Administrator Guide, under the types that consoles export them as
    "AuthenticateParticipant": "Authenticate Customer",
    "CheckSegmentMembership": "Check segment membership",
    "CreatePersistentContactAssociation": "Create persistent contact association",
    "EvaluateDataTableValues": "Data table",
    "ListDataTableValues": "Data table",
    "LoadContactContent": "Get stored content",
    "RouteContactToAgent": "Interrupt agent",
    "StartOutboundEmailContact": "Send message",
    "TransferParticipantToThirdParty": "Transfer to phone number",
    "UpdateContactRoutingCriteria": "Set routing criteria",
    "UpsertDataTableValues": "Data table",
}

NOT_FOR_CALLS = frozenset(
    {"AuthenticateParticipant", "CreatePersistentContactAssociation", "LoadContactContent"}
)
"""Types that send every call down their error branch: they are for chats or e-mail only (Administrator Guide,
"Supported channels for flow blocks")."""

EVENTS = frozenset(
    {"AgentHold", "AgentWhisper", "CustomerHold", "CustomerQueue", "CustomerRemaining", "CustomerWhisper"}
    | {"DefaultAgentUI", "DisconnectAgentUI", "PauseContact", "ResumeContact"}
)
"""Events that start a flow (Developer Guide, "UpdateContactEventHooks")."""

FOLLOWED = {"CustomerQueue": "while waiting", "CustomerRemaining": "after the call"}
"""Events whose flows a caller can leave by something other than the end of what they play. The others
whisper, play music on hold, or show views to agents: what is said there leads nowhere."""

HUMANS = frozenset(
    {
        "TransferContactToQueue",
        "DequeueContactAndTransferToQueue",
        "RouteContactToAgent",
        "TransferContactToAgent",
        "TransferParticipantToThirdParty",
    }
)
"""Types that hand the call to people."""

ENDS = frozenset({"DisconnectParticipant", "EndFlowExecution", "EndFlowModuleExecution"})
"""Types that nothing follows."""

LOOKUPS = frozenset(
    {
        "InvokeLambdaFunction",
        "GetCustomerProfile",
        "GetCustomerProfileObject",
        "GetCase",
        "AuthenticateParticipant",
    }
    | {"GetCalculatedAttributesForCustomerProfile", "EvaluateDataTableValues", "ConnectParticipantWithLexBot"}
)
"""Types that ask a system outside the telephone system."""

OUTCOMES = frozenset(
    {"NoneFoundError", "MultipleFoundError", "NoneFound", "MultipleFound", "ContactNotLinked"}
    | {"NoMatchingCondition", "TimeLimitExceeded", "OptedOut"}
)
"""Errors that are outcomes, not faults: the block did what it is for."""

UNANSWERED = frozenset({"CallFailed", "CallFailure", "ConnectionTimeLimitExceeded", "QueueAtCapacity"})
"""Errors of a hand-over that nobody took."""


def console_name(type_: str, stores: bool = False) -> str:
    """What the console calls a block of ``type_``; a type of its own where there is no such block."""
    if type_ == "GetParticipantInput" and stores:
        return "Store customer input"
    return CONSOLE_NAMES.get(type_, type_)
