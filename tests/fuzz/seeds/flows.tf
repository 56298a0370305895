resource "aws_connect_contact_flow" "main" {
  instance_id = aws_connect_instance.this.id
  name        = "Main"
  type        = "CONTACT_FLOW"
  content     = <<JSON
{"Version": "2019-10-30", "StartAction": "a", "Actions": [
  {"Identifier": "a", "Type": "TransferContactToQueue", "Parameters": {}, "Transitions": {"NextAction": "b",
   "Errors": [{"NextAction": "b", "ErrorType": "QueueAtCapacity"}, {"NextAction": "b", "ErrorType": "NoMatchingError"}]}},
  {"Identifier": "b", "Type": "DisconnectParticipant", "Parameters": {}, "Transitions": {}}]}
JSON
}
