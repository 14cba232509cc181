#checkpoint:script guard-terraform-plan.sh baseline
