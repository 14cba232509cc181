"""The product's settings with what makes tests fast and hermetic; behaviour stays the same."""

import os
import tempfile
from pathlib import Path

IN_A_FOLDER_OF_THEIR_OWN = "CHECKPOINT_VAR" not in os.environ
os.environ.setdefault("CHECKPOINT_VAR", tempfile.mkdtemp(prefix="checkpoint-tests-"))

from checkpoint.settings import *
from checkpoint.settings import BASE_DIR, DATABASES, EMBEDDED_DATABASE, STORAGES, VAR_DIR

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
# Done at once: a test sees what became of it, and no worker has to run.
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
(Path(VAR_DIR) / "static").mkdir(exist_ok=True)
if EMBEDDED_DATABASE:
    # A file, not memory: browser and concurrency tests use several real connections.
    DATABASES["default"]["TEST"] = {"NAME": str(Path(VAR_DIR) / "tests.sqlite3")}
if IN_A_FOLDER_OF_THEIR_OWN:
    # Named after what is in it, so whoever converts the sentence model gets the same one: do it once.
    SENTENCE_MODEL_DIR = BASE_DIR / "var" / "sentence-model"
