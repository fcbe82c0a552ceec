"""Spark in local mode finds what the local engine finds, row by row, and counts what it counts.

Spark talks to its workers over loopback, so it runs in processes of its own, outside the suite without sockets:
`python -m pytest -m spark tests/audit`. Where pyspark or Java is missing the tests are skipped, unless
EMPATHY_LINT_REQUIRE names `spark`. The same on 10,000 rows: `tools/compare_engines.py`.
"""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from archive_samples import results, rows, write

pytestmark = pytest.mark.spark

HERE = Path(__file__).resolve()
NUMBER = 2_000
FORMATS = ("csv", "jsonl", "parquet")


def _missing(why: str) -> None:
    """Skip, or fail where the caller says that these tests have to run."""
    if "spark" in os.environ.get("EMPATHY_LINT_REQUIRE", "").replace(",", " ").split():
        pytest.fail(f"required, but {why}")
    pytest.skip(why)


def _run(*arguments: object) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {
        "PYTHONPATH": str(HERE.parents[2]),
        "PYSPARK_PYTHON": sys.executable,
        "SPARK_LOCAL_IP": "127.0.0.1",
        "PYSPARK_SUBMIT_ARGS": "--master local[2] --conf spark.ui.enabled=false pyspark-shell",
    }
    command = [sys.executable, *map(str, arguments)]
    done = subprocess.run(command, env=environment, capture_output=True, encoding="utf-8", timeout=600)
    assert done.returncode == 0, done.stderr[-4000:]
    return done


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same archive in three formats, and what both engines made of it."""
    for module in ("pyspark", "pandas", "pyarrow"):
        if importlib.util.find_spec(module) is None:
            _missing(f"{module} is not installed")
    if not (shutil.which("java") or os.environ.get("JAVA_HOME")):
        _missing("there is no Java")
    folder = tmp_path_factory.mktemp("archive")
    for form in FORMATS:
        write(folder / f"a.{form}", list(rows(NUMBER)))
    options = ("--isolated", "--part-rows", "500", "--format", "json")
    command = ("-m", "empathy_lint", "audit", folder / "a.jsonl", *options)
    (folder / "local.json").write_text(_run(*command, "--output", folder / "local").stdout)
    _run(HERE.parent / "spark_session.py", folder)
    return folder


def _card(path: Path) -> Any:
    """The scorecard without the name of the archive, which each run gives itself."""
    told = json.loads(path.read_text("utf-8"))
    return told | {"cards": [card | {"library": ""} for card in told["cards"]]}


@pytest.mark.parametrize("name", [*(f"spark-{form}" for form in FORMATS), "frame"])
def test_both_engines_say_the_same(name: str, folder: Path) -> None:
    told = results(folder / "local")
    assert len(told) == NUMBER
    assert sum(len(row["findings"]) for row in told) > NUMBER / 4
    assert results(folder / name) == told
    assert _card(folder / f"{name}.json") == _card(folder / "local.json")


def test_as_a_user_runs_it(folder: Path) -> None:
    """A broken line is told in the results, and makes the exit status 2."""
    archive = folder / "broken.jsonl"
    archive.write_text('{"id": 1, "reply": "We open at nine."}\n{"id": 2, "rep\n', encoding="utf-8")
    with pytest.raises(AssertionError, match="1 reply could not be judged"):
        _run("-m", "empathy_lint", "audit", archive, "--engine", "spark", "--isolated", "--output", folder / "told")
    assert [row["problem"] for row in results(folder / "told")] == ["not a line of JSON", None]
