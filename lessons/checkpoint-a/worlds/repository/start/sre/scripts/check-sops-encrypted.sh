#checkpoint:script check-sops-encrypted.sh baseline
