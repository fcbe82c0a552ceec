"""What a notebook does, in a process of its own: `python spark_session.py FOLDER`, with `a.*` in it.

A DataFrame of its own columns is judged and counted, and every format is read and written.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from empathy_lint.audit import spark
from empathy_lint.audit.columns import Columns
from empathy_lint.audit.judge import Task, ruleset
from empathy_lint.audit.tally import Tally, kinds_of, scorecard_json


def main(folder: Path) -> None:
    task = Task(ruleset())
    for form in ("csv", "jsonl", "parquet"):
        counted = spark.audit(str(folder / f"a.{form}"), form, str(folder / f"spark-{form}"), form, task, Columns())
        _keep(folder / f"spark-{form}.json", counted, task)
    session = spark.session()
    frame = session.read.parquet(str(folder / "a.parquet")).withColumnsRenamed({"reply": "body", "id": "ticket"})
    results = spark.audit_frame(frame.repartition(3), Columns(id="ticket", reply="body")).cache()
    _keep(folder / "frame.json", spark.collected(spark.scorecard_frame(results)), task)
    rows: list[dict[str, Any]] = [row.asDict(recursive=True) for row in results.collect()]
    (folder / "frame").mkdir()
    (folder / "frame/part-0.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")


def _keep(path: Path, counted: Tally, task: Task) -> None:
    path.write_text(json.dumps(scorecard_json(counted, "a", kinds_of(task.ruleset))), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
