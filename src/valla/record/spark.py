"""Acts on Spark, and on any other backend that Ibis connects to by a URL.

Spark is an extra: `pip install 'valla[spark]'`. It needs Java 17 or newer.
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from valla.errors import InputError, MissingExtra, RecordError
from valla.record.engines import DuckEngine, Engine, IbisEngine, duckdb_engine
from valla.record.query import Selection
from valla.record.table import ARROW_SCHEMA

__all__ = ["SparkEngine", "engine_by_url", "spark_engine"]

_TABLE = "acts"
_URLS = "duckdb, duckdb:///FILE, spark, spark://local[2], spark://HOST:PORT, or a URL that Ibis connects to"
_REPAIR = "pip install 'valla[spark]'"
_JAVA = "install Java 17 or newer, and set JAVA_HOME to it"
_GLOB = re.compile(r"([\\*?{}\[\]])")
"""What Hadoop takes for a pattern in a path, `FileSystem.globStatus`; a backslash before it makes it plain."""

_SETTINGS = {
    "spark.app.name": "valla",
    "spark.log.level": "ERROR",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.sql.session.timeZone": "UTC",
}
_SESSION_SETTINGS = {
    # a name such as "${x}" is a name, and a backslash before a quotation mark makes it plain, as Ibis writes it
    "spark.sql.variable.substitute": "false",
    "spark.sql.parser.escapedStringLiterals": "false",
}
_LOCAL_SETTINGS = {
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    # Spark's default of 200 is for a cluster: here each would be a task of its own for a handful of names
    "spark.sql.shuffle.partitions": "2",
}


class SparkEngine(IbisEngine):
    """Acts in Spark.

    Answers come straight as Arrow. By way of pandas, as Ibis fetches them, days would turn into floats wherever one is unknown.

    Args:
        acts: an Ibis table of a Spark connection.
        session: the Spark session of that connection.
    """

    def __init__(self, acts: Any, session: Any) -> None:
        super().__init__(acts)
        self._session = session

    def fetch(self, selection: Selection) -> pa.Table:
        """Run the query."""
        found: pa.Table = self._session.sql(self.fetch_sql(selection)).toArrow()
        return found.cast(ARROW_SCHEMA)

    def names(self) -> frozenset[str]:
        """Return the ids of all actors and targets; asked once."""
        if self._names is None:
            acts = self._session.table(_TABLE)
            found = acts.select("actor").union(acts.select("target")).distinct().toArrow()
            self._names = frozenset(found["actor"].to_pylist())
        return self._names


def spark_engine(
    tables: Iterable[pa.Table] = (), files: Iterable[str | Path] = (), master: str = "local[*]"
) -> SparkEngine:
    """Put acts into Spark.

    Args:
        tables: acts in memory.
        files: Parquet files of acts; on a cluster, where every worker finds them.
        master: where Spark runs; a session that the process already has is used as it is.

    Raises:
        InputError: if Spark does not start there.
        MissingExtra: if Spark is not installed, or finds no Java.
        RecordError: if Spark cannot read a file.
    """
    session = _own(_session(master))
    seen, apart = _sorted_out(files)
    parts = [session.createDataFrame(table.cast(ARROW_SCHEMA)) for table in (*tables, *map(pq.read_table, apart))]
    if seen:
        parts.append(_read(session, seen))
    acts = parts[0] if parts else session.createDataFrame(ARROW_SCHEMA.empty_table())
    for part in parts[1:]:
        acts = acts.unionByName(part)
    acts.createOrReplaceTempView(_TABLE)
    return SparkEngine(_connected(session).table(_TABLE), session)


def _sorted_out(files: Iterable[str | Path]) -> tuple[list[str], list[str]]:
    """Paths that Spark takes, as it takes them, and those that we must read for it.

    Spark passes over names that begin with a dot or an underscore, and Java reads no name that its locale cannot spell.
    """
    seen, apart = [], []
    for file in map(str, files):
        path = Path(file).absolute()
        if "://" in file:
            seen.append(file)
        elif str(path).isascii() and not path.name.startswith((".", "_")):
            seen.append("file://" + _GLOB.sub(r"\\\1", str(path)))
        else:
            apart.append(file)
    return seen, apart


def _read(session: Any, paths: list[str]) -> Any:
    from pyspark.errors import PySparkException

    try:
        return session.read.parquet(*paths)
    except PySparkException as error:
        raise RecordError("Spark cannot read the acts", where=paths[0], found=str(error).splitlines()[0]) from error


def _own(session: Any) -> Any:
    """A session with views of its own: two records in one process may both be called "acts"."""
    own = session.newSession()
    for name, value in _SESSION_SETTINGS.items():
        own.conf.set(name, value)
    return own


def _connected(session: Any) -> Any:
    import ibis

    return ibis.pyspark.connect(session)


def _session(master: str) -> Any:
    """The session that the process has, or a new one."""
    try:
        from pyspark.errors import PySparkRuntimeError
        from pyspark.sql import SparkSession
    except ImportError as error:
        raise MissingExtra("Spark is not installed", repair=_REPAIR) from error
    try:
        return SparkSession.active()
    except PySparkRuntimeError:  # it has none
        return _launched(master)


def _launched(master: str) -> Any:
    """A new session whose Java says nothing: it would greet the user in five lines before any setting is read."""
    from py4j.protocol import Py4JError
    from pyspark import SparkConf, SparkContext
    from pyspark.errors import PySparkRuntimeError
    from pyspark.java_gateway import launch_gateway
    from pyspark.sql import SparkSession

    settings = _SETTINGS | (_LOCAL_SETTINGS if master.startswith("local") else {})
    conf = SparkConf().setMaster(master).setAll(list(settings.items()))
    try:
        gateway = launch_gateway(conf, popen_kwargs={"stderr": subprocess.DEVNULL})
    except (PySparkRuntimeError, OSError) as error:
        raise MissingExtra("Spark cannot start Java", repair=_JAVA) from error
    try:
        return SparkSession(SparkContext(conf=conf, gateway=gateway))
    except Py4JError as error:
        raise InputError("Spark does not start", found=master, allowed="local, local[2], spark://HOST:PORT") from error


def engine_by_url(url: str, tables: Iterable[pa.Table] = (), files: Iterable[str | Path] = (), rows: int = 0) -> Engine:
    """Put acts into the engine that a URL names; in a database they are a temporary table, and leave nothing behind.

    Args:
        url: `duckdb`, `duckdb:///FILE`, `spark`, `spark://local[2]`, `spark://HOST:PORT`, or a URL that `ibis.connect` takes.
        tables: acts in memory.
        files: Parquet files of acts.
        rows: how many acts the files hold; DuckDB leaves many on disk.

    Raises:
        InputError: if the URL names no engine, or none that answers.
        MissingExtra: if the engine is not installed.
        RecordError: if Spark cannot read a file.
    """
    scheme, _, place = url.partition("://")
    if scheme == "duckdb" and not place:
        return duckdb_engine(tables, [str(path) for path in files], rows)
    if scheme in {"spark", "pyspark"}:
        return spark_engine(tables, files, _master(place))
    return _loaded(_connect(url), [*tables, *(pq.read_table(path) for path in files)])


def _master(place: str) -> str:
    """What Spark calls the place: `local[2]` as it is, a host by its URL."""
    if not place:
        return "local[*]"
    return place if place.startswith("local") else f"spark://{place}"


def _connect(url: str) -> Any:
    import ibis

    if "://" not in url:
        raise InputError("there is no engine of that name", found=url, allowed=_URLS)
    try:
        return ibis.connect(url)
    except ImportError as error:
        name = url.partition("://")[0]
        repair = f"pip install 'ibis-framework[{name}]'"
        raise MissingExtra(f"the engine {name!r} is not installed", found=str(error), repair=repair) from error
    except Exception as error:  # each backend has errors of its own
        raise InputError(f"the engine does not answer ({error})", found=url, allowed=_URLS) from error


def _loaded(connection: Any, tables: list[pa.Table]) -> Engine:
    import ibis

    table = pa.concat_tables([ARROW_SCHEMA.empty_table(), *tables])
    acts = connection.create_table(f"valla_{_TABLE}", ibis.memtable(table), temp=True)
    return DuckEngine(acts, connection) if connection.name == "duckdb" else _OtherEngine(acts)


class _OtherEngine(IbisEngine):
    """Acts in a backend whose numbers may be of another width than ours, as SQLite's are."""

    def fetch(self, selection: Selection) -> pa.Table:
        """Run the query."""
        return super().fetch(selection).cast(ARROW_SCHEMA)
