"""Serves the application with gunicorn: processes for cores, threads for waiting."""

import gc
from collections.abc import Callable
from threading import Thread
from typing import Any

from django.db import connection, connections
from gunicorn.app.base import BaseApplication

from checkpoint.library import attend_model, ready_grader

THREADS = {"sqlite": 2, "postgresql": 4}
"""For each process. Threads are for waiting, and SQLite answers at once: more of them only take the
interpreter from each other, which costs every request a tenth more CPU."""


class Server(BaseApplication):
    """Gunicorn, configured in code; the application is loaded once and shared by all workers."""

    def __init__(self, *, bind: str, workers: int, ready: Callable[[], None]) -> None:
        self._settings = {
            "bind": bind,
            "workers": workers,
            "threads": THREADS[connection.vendor],
            "worker_class": "gthread",
            "preload_app": True,
            "keepalive": 15,
            "timeout": 60,
            "graceful_timeout": 10,
            "loglevel": "warning",
            "control_socket_disable": True,
            # Gunicorn would let whoever connects from this machine, so also what a proxy here
            # passes on, choose the path and its prefix. Django reads what may be believed.
            "forwarded_allow_ips": "",
            "forwarder_headers": "",
            # A thread of the worker's own, after the fork: no request waits for the sentence model.
            "post_worker_init": lambda _worker: Thread(target=attend_model, daemon=True).start(),
            "when_ready": lambda _server: ready(),
        }
        super().__init__()

    def load_config(self) -> None:
        for name, value in self._settings.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        from checkpoint.wsgi import application

        # What is there before the fork the workers share: also the rubrics made ready, which the first
        # answer would wait for.
        ready_grader()
        # A connection opened while loading must not be shared by forked workers.
        connections.close_all()
        # What is loaded by now stays for good. Looking through it for garbage would find none, take long
        # and write into every page of memory that the workers share.
        gc.collect()
        gc.freeze()
        return application
