resource "aws_connect_contact_flow_module" "m" {
  name    = "M"
  content = jsonencode({"Version": "2019-10-30", "StartAction": "a", "Actions": [{"Identifier": "a", "Type": "EndFlowModuleExecution", "Parameters": {}, "Transitions": {}}]})
}
resource "aws_connect_contact_flow" "f" {
  type    = "CUSTOMER_QUEUE"
  content = templatefile("${path.module}/flow.json", { next = aws_connect_contact_flow.main.arn })
}
resource "aws_connect_contact_flow" "c" {
  name = "C"
  content = <<EOF
{"Version": "2019-10-30", "StartAction": "i", "Actions": [{"Identifier": "i", "Type": "InvokeFlowModule", "Parameters": {"FlowModuleId": "${aws_connect_contact_flow_module.m.arn}"}, "Transitions": {"NextAction": "z"}}, {"Identifier": "z", "Type": "DisconnectParticipant", "Parameters": {}, "Transitions": {}}]}
EOF
}
resource "aws_connect_contact_flow" "d" { content = local.x }
