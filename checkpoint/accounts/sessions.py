"""Sessions in the database, as Django keeps them, read by a query compiled once."""

from typing import Any

from django.contrib.sessions.backends import db

from checkpoint.accounts.queries import session_data


class SessionStore(db.SessionStore):
    """Django's own, apart from how a session is read: every request of somebody signed in reads one."""

    def load(self) -> dict[str, Any]:
        key = self.session_key or ""
        # Ours are letters and digits; at other signs in a cookie a database may fail.
        data = session_data(key) if key.isalnum() else None
        if data is None:
            self._session_key = None
            return {}
        return self.decode(data)
