#checkpoint:script sops-encrypt-secret.sh baseline
