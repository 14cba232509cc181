"""age and SOPS: real file formats, so that the real tools would read what is made here."""
