"""Every block type of the flow language and what the console calls it.

From AWS's documentation of the flow language, "Actions in the Connect Customer Flow language": contact,
flow control, interaction and participant actions, each with its "Corresponding block in the UI"; a few more
that consoles export and that the Administrator Guide describes as blocks.
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
    "AuthenticateParticipant": "Authenticate Customer",
    "CompleteOutboundCall": "Call phone number",
    "CreateCase": "Cases",
    "CreatePersistentContactAssociation": "Create persistent contact association",
    "CreateTask": "Create task",
    "CreateWisdomSession": "Connect assistant",
    "DequeueContactAndTransferToQueue": "Transfer to queue",
    "EndFlowModuleExecution": "Return from module",
    "GetCase": "Cases",
    "InvokeFlowModule": "Invoke module",
    "LoadContactContent": "Get stored content",
    "ResumeContact": "Resume contact",
    "SendMessage": "Send message",
    "StartOutboundChatContact": "Send message",
    "StartOutboundEmailContact": "Send message",
    "TagContact": "Contact tags",
    "TransferContactToAgent": "Transfer to agent",
    "TransferContactToQueue": "Transfer to queue",
    "TransferParticipantToThirdParty": "Transfer to phone number",
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
    "EvaluateDataTableValues": "Data table",
    "GetCalculatedAttributesForCustomerProfile": "Customer profiles",
    "GetCustomerProfile": "Customer profiles",
    "GetCustomerProfileObject": "Customer profiles",
    "InvokeLambdaFunction": "AWS Lambda function",
    "UpdateCustomerProfile": "Customer profiles",
}

HUMANS = frozenset(
    {
        "TransferContactToQueue",
        "DequeueContactAndTransferToQueue",
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
