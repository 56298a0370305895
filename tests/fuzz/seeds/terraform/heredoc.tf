resource "aws_connect_contact_flow" "main" {
  name = "Main"
  content = <<-JSON
{"Version": "2019-10-30", "StartAction": "a", "Actions": [{"Identifier": "a", "Type": "TransferContactToQueue", "Parameters": {}, "Transitions": {"NextAction": "z", "Errors": [{"NextAction": "z", "ErrorType": "NoMatchingError"}]}}, {"Identifier": "z", "Type": "DisconnectParticipant", "Parameters": {}, "Transitions": {}}]}
  JSON
}
