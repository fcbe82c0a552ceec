"""Both engines of `audit` on the same rows: the same findings, and what each costs.

    python tools/compare_engines.py [--rows 10000] [--jobs 2] [--output engines.json]

Rows come from the templates of tests/audit, so they say nothing about real customers, and something about cost: the
mean words of a reply and of a customer's message are printed beside the figures. A rate is rows a second and core:
the wall time of the whole call, less that of the same call on one row, times the number of processes.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "tests/audit")]
ENGINES = ("local", "spark")
# What the note computes: this many replies on so many cores.
REPLIES, CORES = 100_000_000, 160


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=10_000)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--output", type=Path)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        told = compare(Path(folder), asked.rows, asked.jobs)
    print(json.dumps(told, indent=1))
    if asked.output:
        asked.output.write_text(json.dumps(told, indent=1) + "\n")
    if told["different rows"]:
        sys.exit("the engines disagree")


def compare(folder: Path, number: int, jobs: int) -> dict[str, object]:
    """Words of the rows, whether both engines say the same, and the cost of each."""
    from archive_samples import results, rows, write

    found = list(rows(number))
    write(folder / "one.parquet", found[:1])
    write(folder / "all.parquet", found)
    costs = {engine: cost(folder, engine, number, jobs) for engine in ENGINES}
    local, spark = (results(folder / f"all-{engine}") for engine in ENGINES)
    return {
        "rows": number,
        "words of a reply": _words([row["reply"] for row in found]),
        "words of a customer's message": _words([row["customer"] for row in found]),
        "findings": sum(len(row["findings"]) for row in local),
        "different rows": sum(one != other for one, other in zip(local, spark, strict=True)),
        "engines": costs,
    }


def cost(folder: Path, engine: str, number: int, jobs: int) -> dict[str, float]:
    """Seconds to start and to judge, rows a second and core, and hours for `REPLIES` on `CORES`."""
    begun, whole = seconds(folder, engine, "one", jobs), seconds(folder, engine, "all", jobs)
    rate = number / (whole - begun) / jobs
    return {
        "seconds to start": round(begun, 1),
        "seconds in all": round(whole, 1),
        "rows a second and core": round(rate, 1),
        f"hours for {REPLIES:,} on {CORES} cores": round(REPLIES / rate / CORES / 3600, 2),
    }


def seconds(folder: Path, engine: str, name: str, jobs: int) -> float:
    """Wall time of one call of the command line."""
    parts = ("--part-rows", "500") if engine == "local" else ()
    command = ["-m", "empathy_lint", "audit", f"{folder / name}.parquet", "--isolated", "--engine", engine, *parts]
    environment = os.environ | {
        "PYTHONPATH": str(ROOT),
        "SPARK_LOCAL_IP": "127.0.0.1",
        "PYSPARK_SUBMIT_ARGS": f"--master local[{jobs}] --conf spark.ui.enabled=false pyspark-shell",
    }
    output = folder / f"{name}-{engine}"
    # Four tasks a core, as on a cluster, so that none waits for the slowest.
    tasks = jobs if engine == "local" else 4 * jobs
    began = time.monotonic()
    subprocess.run(
        [sys.executable, *command, "--jobs", str(tasks), "--output", str(output)],
        env=environment, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
    )  # fmt: skip
    return time.monotonic() - began


def _words(texts: list[str | None]) -> float:
    said = [len(text.split()) for text in texts if text]
    return round(sum(said) / max(len(said), 1), 1)


if __name__ == "__main__":
    main()
