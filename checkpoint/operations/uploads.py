"""Keeps files away: only views that say so take one, a small one, and none gets onto a disk."""

from io import BytesIO
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile

from checkpoint.files import most_bytes_taken

READ_THROUGH = 16 * 1024 * 1024
"""Bytes of a form that takes a file: what is too much for the view is dropped, and the view can say so."""


class FewFiles(FileUploadHandler):
    """Django limits the fields of a form; this limits the whole, and the files in it."""

    def __init__(self, request: Any = None) -> None:
        super().__init__(request)
        asked = getattr(request, "resolver_match", None)
        self.left = self.most = most_bytes_taken(asked.func) if asked else 0
        self.begun = False

    def handle_raw_input(self, _input: Any, _meta: Any, content_length: int, *_rest: Any) -> None:
        if content_length > (READ_THROUGH if self.most else settings.DATA_UPLOAD_MAX_MEMORY_SIZE):
            raise RequestDataTooBig("The request is larger than any form here.")

    def new_file(self, *facts: Any, **more: Any) -> None:
        if self.begun or not self.most:
            raise SkipFile
        super().new_file(*facts, **more)
        self.begun, self.kept = True, BytesIO()

    def receive_data_chunk(self, data: bytes, _start: int) -> None:
        self.kept.write(data[: self.left])
        self.left -= min(self.left, len(data))

    def file_complete(self, size: int) -> InMemoryUploadedFile:
        self.kept.seek(0)
        return InMemoryUploadedFile(
            self.kept, self.field_name, self.file_name, self.content_type, size, self.charset
        )
