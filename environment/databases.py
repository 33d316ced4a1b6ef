"""Create, copy and drop databases together with their filestores."""

import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from .errors import SetupError
from .postgres import Server


@dataclass(frozen=True)
class Databases:
    """The databases of one server; Odoo keeps their files below `data_dir`."""

    server: Server
    data_dir: Path

    def exists(self, name):
        """Tell whether a database is there."""
        return name in self.names()

    def names(self, prefix=""):
        """Return the names of the databases that begin with `prefix`."""
        names = self.server.query("SELECT datname FROM pg_database ORDER BY datname").splitlines()
        return [name for name in names if name.startswith(prefix)]

    def create(self, name, template="template0"):
        """Create a database as a copy of a template, with a copy of its filestore."""
        self.server.query(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        source = self.filestore(template)
        if source.exists():
            # Odoo never changes a stored file: links are as good as copies.
            shutil.copytree(source, self.filestore(name), copy_function=os.link, dirs_exist_ok=True)

    def drop(self, name):
        """Drop a database and its files, also while somebody is connected."""
        self.server.query(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        shutil.rmtree(self.filestore(name), ignore_errors=True)

    def rename(self, old, new):
        """Give a database and its files another name."""
        self.server.query(f'ALTER DATABASE "{old}" RENAME TO "{new}"')
        if self.filestore(old).exists():
            shutil.rmtree(self.filestore(new), ignore_errors=True)
            self.filestore(old).rename(self.filestore(new))

    def filestore(self, name):
        """Return the folder where Odoo keeps a database's files."""
        return self.data_dir / "filestore" / name

    def mark(self, name, text):
        """Write a note on a database, where it cannot get lost apart from it."""
        self.server.query(f"COMMENT ON DATABASE \"{name}\" IS '{text}'")

    def read_mark(self, name):
        """Return the note on a database."""
        return self.server.query(
            "SELECT coalesce(shobj_description(oid, 'pg_database'), '') FROM pg_database "
            f"WHERE datname = '{name}'"
        )

    def kept(self, name, prefix, build, template="template0"):
        """Return the database `name`, built by `build(name)` when it is not there.

        It is built under another name, so that half of one never counts, and
        older ones that begin with `prefix` are dropped.
        """
        if self.exists(name):
            return name
        partial = f"{prefix}partial"
        for old in self.names(prefix):
            self.drop(old)
        self.create(partial, template)
        build(partial)
        self.rename(partial, name)
        return name

    def check_may_create(self):
        """Say clearly when the user's role may not create databases."""
        row = "SELECT rolcreatedb OR rolsuper FROM pg_roles WHERE rolname = current_user"
        if self.server.query(row) != "t":
            raise SetupError("The role of your PG* variables may not create databases: ALTER ROLE … CREATEDB.")
