"""The same audit on Spark: `mapInPandas` over a DataFrame, the linter built once in each Python worker.

    from empathy_lint.audit.spark import audit_frame, scorecard_frame
    results = audit_frame(spark.read.parquet("replies"), Columns(reply="body"))
    results.write.parquet("results")
    scorecard_frame(spark.read.parquet("results")).show()

Workers need this package installed, and nothing else: the rules travel with the task.
"""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Any

from empathy_lint.audit import files
from empathy_lint.audit.columns import FINDING, Columns, Record, Row, text
from empathy_lint.audit.judge import MEASURE_NAMES, Task, judged, ruleset
from empathy_lint.audit.tally import Kinds, Tally, kinds_of, tally
from empathy_lint.audit.write import COLUMNS
from empathy_lint.model import EmpathyLintError

if TYPE_CHECKING:
    from pandas import DataFrame as Pandas
    from pyspark.sql import DataFrame, SparkSession

_FINDING = ",".join(f"{name}:{kind}" for name, kind in FINDING.items())
_MEASURES = ",".join(f"{name}:boolean" for name in MEASURE_NAMES.values())
SCHEMA = (
    f"id string, channel string, situation string, findings array<struct<{_FINDING}>>,"
    f" measures struct<{_MEASURES}>, problem string"
)
COUNTS = "channel string, name string, answer string, rows long"
_COUNTED = ["channel", "name", "answer", "rows"]
# The column in which Spark puts a line that is no JSON.
_BROKEN = "_broken"
# Spark's usual share of a file, 128 MB, is read in a second, but judged in an hour.
_SPLIT, _USUAL, _SPLIT_BYTES = "spark.sql.files.maxPartitionBytes", "134217728b", str(8 * 1024 * 1024)


def audit_frame(frame: DataFrame, columns: Columns | None = None, task: Task | None = None) -> DataFrame:
    """A row of results (`SCHEMA`, see `columns.Row`) for each row of a DataFrame. Lazy, as Spark is.

    `task` says which rules run, and the channel of replies that don't say theirs; without it, all bundled rules and
    mail. Raises InputError for a missing column.
    """
    where = (columns or Columns()).there(frame.columns, "the DataFrame")
    if _BROKEN in frame.columns:
        where |= {"problem": _BROKEN}
    chosen = frame.select(*(frame[f"`{name}`"].cast("string").alias(what) for what, name in where.items()))
    return chosen.mapInPandas(partial(_judged, (task or Task(ruleset())).packed()), SCHEMA)


def scorecard_frame(results: DataFrame, task: Task | None = None) -> DataFrame:
    """What the rows of results count up to (`COUNTS`): by channel, what was asked, and the answer.

    Judges nothing, so give it results that are written or cached. `tally.cards` makes cards of it.
    """
    kinds = kinds_of(task.ruleset if task else ruleset())
    asked = results.select("channel", "situation", "findings", "measures", "problem")
    counted = asked.mapInPandas(partial(_counted, kinds), COUNTS)
    return counted.groupBy("channel", "name", "answer").sum("rows").withColumnRenamed("sum(rows)", "rows")


def collected(counts: DataFrame) -> Tally:
    """`scorecard_frame` → a tally, here."""
    return Counter({(row["channel"], row["name"], row["answer"]): row["rows"] for row in counts.collect()})


def _judged(packed: bytes, frames: Iterable[Pandas]) -> Iterator[Pandas]:
    import pandas as pd

    for frame in frames:
        rows = list(judged(packed, [_record(each) for each in frame.to_dict("records")]))
        yield pd.DataFrame({name: [row[name] for row in rows] for name in COLUMNS})


def _record(values: dict[str, Any]) -> Record:
    problem = "not a line of JSON" if text(values.pop("problem", None)) else ""
    read = {name: text(value) for name, value in values.items()}
    reply = read.pop("reply")
    return Record(reply=None if problem else reply, problem=problem, **{name: read[name] or "" for name in read})


def _counted(kinds: Kinds, frames: Iterable[Pandas]) -> Iterator[Pandas]:
    import pandas as pd

    for frame in frames:
        counted = tally(map(_row, frame.to_dict("records")), kinds)
        yield pd.DataFrame([(*key, rows) for key, rows in counted.items()], columns=_COUNTED)


def _row(values: dict[str, Any]) -> Row:
    """As pandas has it: nothing is NaN, and a struct that is all null may be one null."""
    measures = values["measures"] if isinstance(values["measures"], dict) else {}
    said = {name: measures.get(name) for name in MEASURE_NAMES.values()}
    return values | {"measures": said, "problem": text(values["problem"])}


def audit(
    archive: str, form: str, output: str, results_form: str, task: Task, columns: Columns, tasks: int = 0
) -> Tally:
    """Read an archive, write the results, and count them: the `--engine spark` of the command line.

    `archive` and `output` are whatever Spark reads and writes (`hdfs://…`, `s3a://…`, paths); the forms are of
    `files.FORMATS`. `tasks` share the work; 0 leaves it to the archive's files. Raises EmpathyLintError without
    Spark, for a missing column, a broken file, and where `output` is there already.
    """
    spark = session()
    if spark.conf.get(_SPLIT, _USUAL) == _USUAL:
        spark.conf.set(_SPLIT, _SPLIT_BYTES)
    from pyspark.errors import PySparkException

    try:
        frame = _archive(spark, archive, form, columns)
        results = audit_frame(frame.repartition(tasks) if tasks else frame, columns, task)
        _written(results, output, results_form)
        return collected(scorecard_frame(_results(spark, output, results_form), task))
    except PySparkException as error:
        raise EmpathyLintError(f"Spark gave up: {str(error).strip().splitlines()[0]}") from error


def _archive(spark: SparkSession, archive: str, form: str, columns: Columns) -> DataFrame:
    match form:
        case "parquet":
            return spark.read.parquet(archive)
        case "csv":
            # Quotes are doubled, and lines end inside them, as `csv` and spreadsheets write it.
            return spark.read.csv(archive, header=True, multiLine=True, escape='"', mode="FAILFAST")
    first = spark.read.text(archive).first()
    there = columns.there(files.json_object(first["value"].encode() if first else b"") or {}, archive)
    schema = ", ".join(f"`{name}` string" for name in (*there.values(), _BROKEN))
    return spark.read.json(archive, schema, columnNameOfCorruptRecord=_BROKEN)


def _written(results: DataFrame, output: str, form: str) -> None:
    match form:
        case "parquet":
            results.write.parquet(output)
        case "csv":
            from pyspark.sql.functions import to_json

            plain = {name: to_json(name, {"ignoreNullFields": "false"}) for name in ("findings", "measures")}
            results.withColumns(plain).write.csv(output, header=True, escape='"')
        case _:
            results.write.json(output, ignoreNullFields=False)


def _results(spark: SparkSession, output: str, form: str) -> DataFrame:
    """What was written, read again."""
    match form:
        case "parquet":
            return spark.read.parquet(output)
        case "csv":
            from pyspark.sql.functions import from_json

            plain = spark.read.csv(output, header=True, multiLine=True, escape='"')
            nested = spark.createDataFrame([], SCHEMA).schema
            types = {name: nested[name].dataType.simpleString() for name in ("findings", "measures")}
            return plain.withColumns({name: from_json(name, kind) for name, kind in types.items()})
    return spark.read.json(output, SCHEMA)


def session() -> SparkSession:
    """The session that runs already, or one by Spark's own configuration (`spark-submit`, `spark-defaults.conf`)."""
    try:
        from pyspark.errors import PySparkException
        from pyspark.sql import SparkSession
    except ImportError as error:
        raise EmpathyLintError("Spark is not installed: `pip install 'empathy-lint[spark]'`") from error
    # Workers on this machine must be the Python that has this package.
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    try:
        return SparkSession.builder.appName("empathy-lint").getOrCreate()
    except (PySparkException, OSError) as error:
        raise EmpathyLintError(f"Spark could not be started; is there a Java 17? {error}") from error
