#checkpoint:script guard-kube-context.sh baseline
