"""The older export (``modules``; of flow modules, ``blocks``), told as blocks of the flow language."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, TypeAlias

from ivrlint.flow import ProblemKind
from ivrlint.formats.connect.language import Block, Condition, ContactFlow, Link, link_at, objects
from ivrlint.positions import Object

_TYPES = {
    "AssociateCustomerProfile": "AssociateContactToCustomerProfile",
    "CheckAttribute": "Compare",
    "CheckCallAttribute": "Compare",
    "CheckHoursOfOperation": "CheckHoursOfOperation",
    "CheckQueueStatus": "CheckMetricData",
    "CheckStaffing": "CheckMetricData",
    "CreateCallback": "CreateCallbackContact",
    "CreateTask": "CreateTask",
    "CustomerInQueue": "TransferContactToQueue",
    "Disconnect": "DisconnectParticipant",
    "DistributeByPercentage": "DistributeByPercentage",
    "GetQueueMetrics": "GetMetricData",
    "GetUserInput": "GetParticipantInput",
    "InvokeExternal": "InvokeLambdaFunction",
    "InvokeExternalResource": "InvokeLambdaFunction",
    "Loop": "Loop",
    "LoopPrompts": "MessageParticipantIteratively",
    "PercentileBranching": "DistributeByPercentage",
    "PlayAudio": "MessageParticipant",
    "PlayAudioAndFetchInput": "GetParticipantInput",
    "PlayPrompt": "MessageParticipant",
    "Resume": "EndFlowExecution",
    "ReturnFromFlowModule": "EndFlowModuleExecution",
    "SetAttributes": "UpdateContactAttributes",
    "SetCallbackNumber": "UpdateContactCallbackNumber",
    "SetCallBackNumber": "UpdateContactCallbackNumber",
    "SetContactData": "UpdateContactData",
    "SetContactFlow": "UpdateContactEventHooks",
    "SetCustomerCallbackNumber": "UpdateContactCallbackNumber",
    "SetEventHook": "UpdateContactEventHooks",
    "SetLoggingBehavior": "UpdateFlowLoggingBehavior",
    "SetQueue": "UpdateContactTargetQueue",
    "SetRecordingBehavior": "UpdateContactRecordingBehavior",
    "SetVoice": "UpdateContactTextToSpeechVoice",
    "StartMediaStreaming": "UpdateContactMediaStreamingBehavior",
    "StopMediaStreaming": "UpdateContactMediaStreamingBehavior",
    "StoreCustomerInput": "GetParticipantInput",
    "StoreUserInput": "GetParticipantInput",
    "UpdateRoutingPriority": "UpdateContactRoutingBehavior",
    "Wait": "Wait",
}
_TRANSFERS = {
    "Queue": "TransferContactToQueue",
    "CustomerInQueue": "DequeueContactAndTransferToQueue",
    "Flow": "TransferToFlow",
    "PhoneNumber": "TransferParticipantToThirdParty",
    "Agent": "TransferContactToAgent",
    "Callback": "CreateCallbackContact",
}
_NEXT = frozenset({"Success", "Transferred", "Continue"})
_ERRORS = {
    "Error": "NoMatchingError",
    "NoMatch": "NoMatchingCondition",
    "Timeout": "InputTimeLimitExceeded",
    "InvalidNumber": "InvalidPhoneNumber",
    "AtCapacity": "QueueAtCapacity",
    "CallFailure": "CallFailed",
}
_CONDITIONS = {"Looping": "ContinueLooping", "Complete": "DoneLooping", "Interrupt": "MessagesInterrupted"}
_NAMES = {
    "AudioPrompt": "PromptId",
    "Timeout": "InputTimeLimitSeconds",
    "TimeoutSeconds": "TimeLimitSeconds",
    "Queue": "QueueId",
    "Agent": "AgentId",
    "Hours": "HoursOfOperationId",
    "PhoneNumber": "ThirdPartyPhoneNumber",
    "FunctionArn": "LambdaFunctionARN",
    "GlobalVoice": "TextToSpeechVoice",
}
_NAMESPACES = {"User Defined": "Attributes", "External": "External", "Flow": "FlowAttributes"}


def read_modules(flow: ContactFlow, root: Object) -> None:
    """Fill ``flow`` from an export with ``modules`` or, of a flow module, ``blocks``."""
    for module in objects(root, "modules" if "modules" in root else "blocks"):
        identifier = module.get("id")
        if not isinstance(identifier, str) or not identifier:
            flow.report(ProblemKind.UNREADABLE, "a module has no `id`", module.span())
            continue
        flow.add(_block(module, identifier))
    flow.start = link_at(root, "start")


def _block(module: Object, identifier: str) -> Block:
    type_, target = str(module.get("type")), str(module.get("target"))
    parameters, shown = _parameters(module, type_)
    translated = _TRANSFERS.get(target, type_) if type_ == "Transfer" else _TYPES.get(type_, type_)
    if translated == "GetParticipantInput" and target == "Lex":
        translated = "ConnectParticipantWithLexBot"
    next_, conditions, errors = _branches(module, type_)
    return Block(
        identifier,
        translated,
        parameters,
        module.span("id"),
        next_,
        tuple(conditions),
        tuple(errors),
        shown,
    )


def _branches(module: Object, type_: str) -> tuple[Link | None, list[Condition], list[tuple[str, Link]]]:
    next_ = None
    conditions: list[Condition] = []
    errors: list[tuple[str, Link]] = []
    for branch in objects(module, "branches"):
        name, link = str(branch.get("condition")), link_at(branch, "transition")
        if link is None:
            continue
        if name in _NEXT:
            next_ = link
        elif "conditionValue" in branch or type_ in ("Loop", "LoopPrompts", "CheckHoursOfOperation"):
            conditions.append(_condition(branch, link)) if name != "Error" else errors.append(
                ("NoMatchingError", link)
            )
        elif type_ == "CheckStaffing" and name in ("True", "False"):
            conditions += [Condition("NumberGreaterThan", ("0",), link)] if name == "True" else []
            errors += [("NoMatchingCondition", link)] if name == "False" else []
        elif type_ == "Wait" and name != "Error":
            conditions.append(Condition("Equals", ("WaitCompleted" if name == "Timeout" else name,), link))
        elif type_ == "Transfer" and name == "Timeout":
            errors.append(("ConnectionTimeLimitExceeded", link))
        else:
            errors.append((_ERRORS.get(str(name), str(name)), link))
    return next_, conditions, errors


def _condition(branch: Object, link: Link) -> Condition:
    value = branch.get("conditionValue", branch.get("condition"))
    operator = str(branch.get("conditionType") or "Equals")
    if operator in ("LessThan", "GreaterThan", "LessThanOrEqualTo", "GreaterThanOrEqualTo"):
        operator = f"Number{operator}"
    elif operator in ("Contains", "StartsWith", "EndsWith"):
        operator = f"Text{operator}"
    return Condition(operator, (_CONDITIONS.get(str(value), str(value)),), link)


def _parameters(module: Object, type_: str) -> tuple[Object, dict[str, str]]:
    """Parameters under the flow language's names, and display names."""
    result = Object.begin(module.document, module.range[0])
    shown: dict[str, str] = {}
    given = list(objects(module, "parameters"))
    ssml = any(each.get("name") == "TextToSpeechType" and each.get("value") == "ssml" for each in given)
    for each in given:
        name = _NAMES.get(str(each.get("name")), str(each.get("name")))
        if name == "Text" and ssml:
            name = "SSML"
        value = _value(each)
        if isinstance(each.get("resourceName"), str):
            shown[name.lower()] = each["resourceName"]
            value = value or each["resourceName"]
        if name not in result or value:
            result[name] = value
            result.at[name] = each.at.get("value", each.range)
    for name, value in _nested(type_, given, result):
        result[name] = value
        result.at.setdefault(name, module.range)
    return result, shown


def _value(parameter: Object) -> Any:
    """A parameter's value; one taken from a namespace as a JSONPath."""
    value, namespace = parameter.get("value"), parameter.get("namespace")
    return _path(str(value), str(namespace)) if namespace and value is not None else value


def _path(attribute: str, namespace: str) -> str:
    if namespace == "System":
        return "$." + "".join(word[:1].upper() + word[1:] for word in attribute.split())
    space = _NAMESPACES.get(namespace, namespace.replace(" ", ""))
    return f"$.{space}.{attribute}" if attribute.isidentifier() else f"$.{space}['{attribute}']"


_Pairs: TypeAlias = Iterator[tuple[str, Any]]


def _nested(type_: str, given: list[Object], flat: Object) -> _Pairs:
    """Parameters that the flow language keeps in an object of their own, or words otherwise."""
    if type_ in _NESTED:
        yield from _NESTED[type_](type_, given, flat)


def _input(type_: str, _: list[Object], flat: Object) -> _Pairs:
    most = flat.get("MaxDigits")
    yield "StoreInput", str(type_.startswith("Store"))
    if flat.get("CustomerInputType") == "PhoneNumber":
        yield "InputValidation", {"PhoneNumberValidation": {"NumberFormat": "Local"}}
    elif most is not None:
        yield "InputValidation", {"CustomValidation": {"MaximumLength": most}}
    if flat.get("EncryptEntry") in (True, "true", "True"):
        yield "InputEncryption", {"EncryptionKeyId": ""}
    if flat.get("TerminatorDigits"):
        yield "DTMFConfiguration", {"InputTerminationSequence": flat["TerminatorDigits"]}


def _comparison(_type: str, _given: list[Object], flat: Object) -> _Pairs:
    yield "ComparisonValue", _path(str(flat.get("Attribute")), str(flat.get("Namespace")))


def _attributes(_type: str, given: list[Object], _flat: Object) -> _Pairs:
    pairs = ((each.get("key"), _value(each)) for each in given if each.get("name") == "Attribute")
    yield "Attributes", {str(key): value for key, value in pairs}


def _hooks(_type: str, _given: list[Object], flat: Object) -> _Pairs:
    yield "EventHooks", {str(flat.get("Type")): flat.get("ContactFlowId")}


def _streaming(type_: str, given: list[Object], _: Object) -> _Pairs:
    yield "MediaStreamingState", "Enabled" if type_ == "StartMediaStreaming" else "Disabled"
    tracks = {"FromCustomer": "From", "ToCustomer": "To"}
    directions = [tracks.get(str(each.get("value"))) for each in given if each.get("name") == "Track"]
    yield "Participants", [{"MediaDirections": directions}]


def _metric(_type: str, _given: list[Object], flat: Object) -> _Pairs:
    yield "MetricType", f"NumberOfAgents{flat.get('Status', 'Available')}"


def _talk(_type: str, _given: list[Object], flat: Object) -> _Pairs:
    """A transfer that is not blind comes back when the talk is over: such exports have its outcomes, too."""
    if "BlindTransfer" in flat:
        yield "ContinueFlowExecution", str(str(flat["BlindTransfer"]).lower() == "false")


def _messages(_type: str, given: list[Object], _flat: Object) -> _Pairs:
    yield "Messages", [_message(each) for each in given if each.get("name") in ("Text", "AudioPrompt")]


_NESTED: dict[str, Callable[[str, list[Object], Object], _Pairs]] = {
    "GetUserInput": _input,
    "PlayAudioAndFetchInput": _input,
    "StoreCustomerInput": _input,
    "StoreUserInput": _input,
    "CheckAttribute": _comparison,
    "CheckCallAttribute": _comparison,
    "SetAttributes": _attributes,
    "SetEventHook": _hooks,
    "SetContactFlow": _hooks,
    "StartMediaStreaming": _streaming,
    "StopMediaStreaming": _streaming,
    "CheckStaffing": _metric,
    "LoopPrompts": _messages,
    "Transfer": _talk,
}


def _message(parameter: Object) -> Object:
    name = "Text" if parameter.get("name") == "Text" else "PromptId"
    message = Object.begin(parameter.document, parameter.range[0])
    message[name] = parameter.get("resourceName") or _value(parameter)
    message.at[name] = parameter.at.get("value", parameter.range)
    return message
