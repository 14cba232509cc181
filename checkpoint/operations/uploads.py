"""Refuses files: nothing here takes one, so none is read into memory or onto a disk."""

from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler, SkipFile


class NoFiles(FileUploadHandler):
    """Django limits the fields of a form; this limits the whole, and skips files in it."""

    def handle_raw_input(self, _input: Any, _meta: Any, content_length: int, *_rest: Any) -> None:
        if content_length > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
            raise RequestDataTooBig("The request is larger than any form here.")

    def new_file(self, *_facts: Any, **_more: Any) -> None:
        raise SkipFile

    def receive_data_chunk(self, _data: bytes, _start: int) -> None:
        """Never called: every file is skipped."""

    def file_complete(self, _size: int) -> None:
        """Never called either."""
