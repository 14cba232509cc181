"""SOPS's options, in the words of its own help."""

# ruff: noqa: E501

OPTIONS = {
    "encrypt": (
        """encrypt a file, and output the results to stdout. If no filename is provided, stdin will be used.""",
        "sops encrypt [command options] [file]",
        """\
   --in-place, -i                           write output back to the same file instead of stdout
   --output value                           Save the output after encryption to the file specified
   --kms value, -k value                    comma separated list of KMS ARNs [$SOPS_KMS_ARN]
   --aws-profile value                      The AWS profile to use for requests to AWS
   --gcp-kms value                          comma separated list of GCP KMS resource IDs [$SOPS_GCP_KMS_IDS]
   --hckms value                            comma separated list of HuaweiCloud KMS key IDs (format: region:key-uuid) [$SOPS_HUAWEICLOUD_KMS_IDS]
   --azure-kv value                         comma separated list of Azure Key Vault URLs [$SOPS_AZURE_KEYVAULT_URLS]
   --hc-vault-transit value                 comma separated list of vault's key URI (e.g. 'https://vault.example.org:8200/v1/transit/keys/dev') [$SOPS_VAULT_URIS]
   --pgp value, -p value                    comma separated list of PGP fingerprints [$SOPS_PGP_FP]
   --age value, -a value                    comma separated list of age recipients [$SOPS_AGE_RECIPIENTS]
   --input-type value                       currently json, yaml, dotenv and binary are supported. If not set, sops will use the file's extension to determine the type
   --output-type value                      currently json, yaml, dotenv and binary are supported. If not set, sops will use the input file's extension to determine the output format
   --unencrypted-suffix value               override the unencrypted key suffix.
   --encrypted-suffix value                 override the encrypted key suffix. When empty, all keys will be encrypted, unless otherwise marked with unencrypted-suffix.
   --unencrypted-regex value                set the unencrypted key regex. When specified, only keys matching the regex will be left unencrypted.
   --encrypted-regex value                  set the encrypted key regex. When specified, only keys matching the regex will be encrypted.
   --encryption-context value               comma separated list of KMS encryption context key:value pairs
   --shamir-secret-sharing-threshold value  the number of master keys required to retrieve the data key with shamir (default: 0)
   --filename-override value                Use this filename instead of the provided argument for loading configuration, and for determining input type and output type. Required when reading from stdin.
   --enable-local-keyservice                use local key service [$SOPS_ENABLE_LOCAL_KEYSERVICE]
   --keyservice value                       Specify the key services to use in addition to the local one. Can be specified more than once. Syntax: protocol://address. Example: tcp://myserver.com:5000 [$SOPS_KEYSERVICE]
""",
    ),
    "decrypt": (
        """decrypt a file, and output the results to stdout. If no filename is provided, stdin will be used.""",
        "sops decrypt [command options] [file]",
        """\
   --in-place, -i             write output back to the same file instead of stdout
   --extract value            extract a specific key or branch from the input document. Example: --extract '["somekey"][0]'
   --output value             Save the output after decryption to the file specified
   --input-type value         currently json, yaml, dotenv and binary are supported. If not set, sops will use the file's extension to determine the type
   --output-type value        currently json, yaml, dotenv and binary are supported. If not set, sops will use the input file's extension to determine the output format
   --ignore-mac               ignore Message Authentication Code during decryption
   --filename-override value  Use this filename instead of the provided argument for loading configuration, and for determining input type and output type. Should be provided when reading from stdin.
   --decryption-order value   comma separated list of decryption key types [$SOPS_DECRYPTION_ORDER]
   --enable-local-keyservice  use local key service [$SOPS_ENABLE_LOCAL_KEYSERVICE]
   --keyservice value         Specify the key services to use in addition to the local one. Can be specified more than once. Syntax: protocol://address. Example: tcp://myserver.com:5000 [$SOPS_KEYSERVICE]
""",
    ),
    "rotate": (
        """generate a new data encryption key and reencrypt all values with the new key""",
        "sops rotate [command options] file",
        """\
   --in-place, -i                write output back to the same file instead of stdout
   --output value                Save the output after decryption to the file specified
   --input-type value            currently json, yaml, dotenv and binary are supported. If not set, sops will use the file's extension to determine the type
   --output-type value           currently json, yaml, dotenv and binary are supported. If not set, sops will use the input file's extension to determine the output format
   --encryption-context value    comma separated list of KMS encryption context key:value pairs
   --add-gcp-kms value           add the provided comma-separated list of GCP KMS key resource IDs to the list of master keys on the given file
   --rm-gcp-kms value            remove the provided comma-separated list of GCP KMS key resource IDs from the list of master keys on the given file
   --add-hckms value             add the provided comma-separated list of HuaweiCloud KMS key IDs (format: region:key-uuid) to the list of master keys on the given file
   --rm-hckms value              remove the provided comma-separated list of HuaweiCloud KMS key IDs (format: region:key-uuid) from the list of master keys on the given file
   --add-azure-kv value          add the provided comma-separated list of Azure Key Vault key URLs to the list of master keys on the given file
   --rm-azure-kv value           remove the provided comma-separated list of Azure Key Vault key URLs from the list of master keys on the given file
   --add-kms value               add the provided comma-separated list of KMS ARNs to the list of master keys on the given file
   --rm-kms value                remove the provided comma-separated list of KMS ARNs from the list of master keys on the given file
   --add-hc-vault-transit value  add the provided comma-separated list of Vault's URI key to the list of master keys on the given file ( eg. https://vault.example.org:8200/v1/transit/keys/dev)
   --rm-hc-vault-transit value   remove the provided comma-separated list of Vault's URI key from the list of master keys on the given file ( eg. https://vault.example.org:8200/v1/transit/keys/dev)
   --add-age value               add the provided comma-separated list of age recipients fingerprints to the list of master keys on the given file
   --rm-age value                remove the provided comma-separated list of age recipients from the list of master keys on the given file
   --add-pgp value               add the provided comma-separated list of PGP fingerprints to the list of master keys on the given file
   --rm-pgp value                remove the provided comma-separated list of PGP fingerprints from the list of master keys on the given file
   --filename-override value     Use this filename instead of the provided argument for loading configuration, and for determining input type and output type
   --decryption-order value      comma separated list of decryption key types [$SOPS_DECRYPTION_ORDER]
   --enable-local-keyservice     use local key service [$SOPS_ENABLE_LOCAL_KEYSERVICE]
   --keyservice value            Specify the key services to use in addition to the local one. Can be specified more than once. Syntax: protocol://address. Example: tcp://myserver.com:5000 [$SOPS_KEYSERVICE]
""",
    ),
    "edit": (
        """edit an encrypted file""",
        "sops edit [command options] file",
        """\
   --kms value, -k value                    comma separated list of KMS ARNs [$SOPS_KMS_ARN]
   --aws-profile value                      The AWS profile to use for requests to AWS
   --gcp-kms value                          comma separated list of GCP KMS resource IDs [$SOPS_GCP_KMS_IDS]
   --hckms value                            comma separated list of HuaweiCloud KMS key IDs (format: region:key-uuid) [$SOPS_HUAWEICLOUD_KMS_IDS]
   --azure-kv value                         comma separated list of Azure Key Vault URLs [$SOPS_AZURE_KEYVAULT_URLS]
   --hc-vault-transit value                 comma separated list of vault's key URI (e.g. 'https://vault.example.org:8200/v1/transit/keys/dev') [$SOPS_VAULT_URIS]
   --pgp value, -p value                    comma separated list of PGP fingerprints [$SOPS_PGP_FP]
   --age value, -a value                    comma separated list of age recipients [$SOPS_AGE_RECIPIENTS]
   --input-type value                       currently json, yaml, dotenv and binary are supported. If not set, sops will use the file's extension to determine the type
   --output-type value                      currently json, yaml, dotenv and binary are supported. If not set, sops will use the input file's extension to determine the output format
   --unencrypted-suffix value               override the unencrypted key suffix.
   --encrypted-suffix value                 override the encrypted key suffix. When empty, all keys will be encrypted, unless otherwise marked with unencrypted-suffix.
   --unencrypted-regex value                set the unencrypted key regex. When specified, only keys matching the regex will be left unencrypted.
   --encrypted-regex value                  set the encrypted key regex. When specified, only keys matching the regex will be encrypted.
   --encryption-context value               comma separated list of KMS encryption context key:value pairs
   --shamir-secret-sharing-threshold value  the number of master keys required to retrieve the data key with shamir (default: 0)
   --show-master-keys, -s                   display master encryption keys in the file during editing
   --ignore-mac                             ignore Message Authentication Code during decryption
   --decryption-order value                 comma separated list of decryption key types [$SOPS_DECRYPTION_ORDER]
   --enable-local-keyservice                use local key service [$SOPS_ENABLE_LOCAL_KEYSERVICE]
   --keyservice value                       Specify the key services to use in addition to the local one. Can be specified more than once. Syntax: protocol://address. Example: tcp://myserver.com:5000 [$SOPS_KEYSERVICE]
""",
    ),
    "set": (
        """set a specific key or branch in the input document. value must be a JSON encoded string, for example '/path/to/file ["somekey"][0] {"somevalue":true}', or a path if --value-file is used, or omitted if --value-stdin is used""",
        "sops set [command options] file index [ value ]",
        """\
   --input-type value                       currently json, yaml, dotenv and binary are supported. If not set, sops will use the file's extension to determine the type
   --output-type value                      currently json, yaml, dotenv and binary are supported. If not set, sops will use the input file's extension to determine the output format
   --value-file                             treat 'value' as a file to read the actual value from (avoids leaking secrets in process listings). Mutually exclusive with --value-stdin
   --value-stdin                            read the value from stdin; the 'value' argument to 'set' is not needed in this case (avoids leaking secrets in process listings). Mutually exclusive with --value-file
   --shamir-secret-sharing-threshold value  the number of master keys required to retrieve the data key with shamir (default: 0)
   --ignore-mac                             ignore Message Authentication Code during decryption
   --decryption-order value                 comma separated list of decryption key types [$SOPS_DECRYPTION_ORDER]
   --idempotent                             do nothing if the given index already has the given value
   --enable-local-keyservice                use local key service [$SOPS_ENABLE_LOCAL_KEYSERVICE]
   --keyservice value                       Specify the key services to use in addition to the local one. Can be specified more than once. Syntax: protocol://address. Example: tcp://myserver.com:5000 [$SOPS_KEYSERVICE]
""",
    ),
    "unset": (
        """unset a specific key or branch in the input document.""",
        "sops unset [command options] file index",
        """\
   --input-type value                       currently json, yaml, dotenv and binary are supported. If not set, sops will use the file's extension to determine the type
   --output-type value                      currently json, yaml, dotenv and binary are supported. If not set, sops will use the input file's extension to determine the output format
   --shamir-secret-sharing-threshold value  the number of master keys required to retrieve the data key with shamir (default: 0)
   --ignore-mac                             ignore Message Authentication Code during decryption
   --decryption-order value                 comma separated list of decryption key types [$SOPS_DECRYPTION_ORDER]
   --idempotent                             do nothing if the given index does not exist
   --enable-local-keyservice                use local key service [$SOPS_ENABLE_LOCAL_KEYSERVICE]
   --keyservice value                       Specify the key services to use in addition to the local one. Can be specified more than once. Syntax: protocol://address. Example: tcp://myserver.com:5000 [$SOPS_KEYSERVICE]
""",
    ),
    "updatekeys": (
        """update the keys of SOPS files using the config file""",
        "sops updatekeys [command options] file",
        """\
   --yes, -y                  pre-approve all changes and run non-interactively
   --input-type value         currently ini, json, yaml, dotenv and binary are supported. If not set, sops will use the file's extension to determine the type
   --enable-local-keyservice  use local key service [$SOPS_ENABLE_LOCAL_KEYSERVICE]
   --keyservice value         Specify the key services to use in addition to the local one. Can be specified more than once. Syntax: protocol://address. Example: tcp://myserver.com:5000 [$SOPS_KEYSERVICE]
""",
    ),
    "filestatus": (
        """check the status of the file, returning encryption status""",
        "sops filestatus [command options] file",
        """\
   --input-type value  currently ini, json, yaml, dotenv and binary are supported. If not set, sops will use the file's extension to determine the type
""",
    ),
}
"""By subcommand: what it does, how it is called, and the lines of its options."""

GLOBAL = """\
   --decrypt, -d                            decrypt a file and output the result to stdout
   --encrypt, -e                            encrypt a file and output the result to stdout
   --rotate, -r                             generate a new data encryption key and reencrypt all values with the new key
   --disable-version-check                  do not check whether the current version is latest during --version [$SOPS_DISABLE_VERSION_CHECK]
   --check-for-updates                      do check whether the current version is latest during --version
   --kms value, -k value                    comma separated list of KMS ARNs [$SOPS_KMS_ARN]
   --aws-profile value                      The AWS profile to use for requests to AWS
   --gcp-kms value                          comma separated list of GCP KMS resource IDs [$SOPS_GCP_KMS_IDS]
   --hckms value                            comma separated list of HuaweiCloud KMS key IDs (format: region:key-uuid) [$SOPS_HUAWEICLOUD_KMS_IDS]
   --azure-kv value                         comma separated list of Azure Key Vault URLs [$SOPS_AZURE_KEYVAULT_URLS]
   --hc-vault-transit value                 comma separated list of vault's key URI (e.g. 'https://vault.example.org:8200/v1/transit/keys/dev') [$SOPS_VAULT_URIS]
   --pgp value, -p value                    comma separated list of PGP fingerprints [$SOPS_PGP_FP]
   --age value, -a value                    comma separated list of age recipients [$SOPS_AGE_RECIPIENTS]
   --in-place, -i                           write output back to the same file instead of stdout
   --extract value                          extract a specific key or branch from the input document. Decrypt mode only. Example: --extract '["somekey"][0]'
   --input-type value                       currently json, yaml, dotenv and binary are supported. If not set, sops will use the file's extension to determine the type
   --output-type value                      currently json, yaml, dotenv and binary are supported. If not set, sops will use the input file's extension to determine the output format
   --show-master-keys, -s                   display master encryption keys in the file during editing
   --add-gcp-kms value                      add the provided comma-separated list of GCP KMS key resource IDs to the list of master keys on the given file
   --rm-gcp-kms value                       remove the provided comma-separated list of GCP KMS key resource IDs from the list of master keys on the given file
   --add-hckms value                        add the provided comma-separated list of HuaweiCloud KMS key IDs (format: region:key-uuid) to the list of master keys on the given file
   --rm-hckms value                         remove the provided comma-separated list of HuaweiCloud KMS key IDs (format: region:key-uuid) from the list of master keys on the given file
   --add-azure-kv value                     add the provided comma-separated list of Azure Key Vault key URLs to the list of master keys on the given file
   --rm-azure-kv value                      remove the provided comma-separated list of Azure Key Vault key URLs from the list of master keys on the given file
   --add-kms value                          add the provided comma-separated list of KMS ARNs to the list of master keys on the given file
   --rm-kms value                           remove the provided comma-separated list of KMS ARNs from the list of master keys on the given file
   --add-hc-vault-transit value             add the provided comma-separated list of Vault's URI key to the list of master keys on the given file ( eg. https://vault.example.org:8200/v1/transit/keys/dev)
   --rm-hc-vault-transit value              remove the provided comma-separated list of Vault's URI key from the list of master keys on the given file ( eg. https://vault.example.org:8200/v1/transit/keys/dev)
   --add-age value                          add the provided comma-separated list of age recipients fingerprints to the list of master keys on the given file
   --rm-age value                           remove the provided comma-separated list of age recipients from the list of master keys on the given file
   --add-pgp value                          add the provided comma-separated list of PGP fingerprints to the list of master keys on the given file
   --rm-pgp value                           remove the provided comma-separated list of PGP fingerprints from the list of master keys on the given file
   --ignore-mac                             ignore Message Authentication Code during decryption
   --mac-only-encrypted                     compute MAC only over values which end up encrypted
   --unencrypted-suffix value               override the unencrypted key suffix.
   --encrypted-suffix value                 override the encrypted key suffix. When empty, all keys will be encrypted, unless otherwise marked with unencrypted-suffix.
   --unencrypted-regex value                set the unencrypted key regex. When specified, only keys matching the regex will be left unencrypted.
   --encrypted-regex value                  set the encrypted key regex. When specified, only keys matching the regex will be encrypted.
   --unencrypted-comment-regex value        set the unencrypted comment suffix. When specified, only keys that have comment matching the regex will be left unencrypted.
   --encrypted-comment-regex value          set the encrypted comment suffix. When specified, only keys that have comment matching the regex will be encrypted.
   --config value                           path to sops' config file. If set, sops will not search for the config file recursively. [$SOPS_CONFIG]
   --encryption-context value               comma separated list of KMS encryption context key:value pairs
   --set value                              set a specific key or branch in the input document. value must be a json encoded string. (edit mode only). eg. --set '["somekey"][0] {"somevalue":true}'
   --shamir-secret-sharing-threshold value  the number of master keys required to retrieve the data key with shamir (default: 0)
   --indent value                           the number of spaces to indent YAML or JSON encoded file (default: 0)
   --verbose                                Enable verbose logging output
   --output value                           Save the output after encryption or decryption to the file specified
   --filename-override value                Use this filename instead of the provided argument for loading configuration, and for determining input type and output type
   --decryption-order value                 comma separated list of decryption key types [$SOPS_DECRYPTION_ORDER]
   --enable-local-keyservice                use local key service [$SOPS_ENABLE_LOCAL_KEYSERVICE]
   --keyservice value                       Specify the key services to use in addition to the local one. Can be specified more than once. Syntax: protocol://address. Example: tcp://myserver.com:5000 [$SOPS_KEYSERVICE]
   --help, -h                               show help
   --version, -v                            print the version
"""
