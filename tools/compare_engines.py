"""Both engines of `audit` on the same rows: the same findings, and what each costs.

    python tools/compare_engines.py [--rows 10000] [--jobs 2] [--output engines.json]

Rows come from the templates of tests/audit, so they say nothing about real customers, and something about cost: the
mean words of a reply and of a customer's message are printed beside the figures. A rate is rows a second of one
core's time: the processor time of all processes of the call (Java's too), less that of the same call on one row. It
does not depend on what else the machine does; /proc is where it comes from, so this runs on Linux.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

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
    """Seconds to start and to judge, rows a second of a core, and hours for `REPLIES` on `CORES`."""
    begun, whole = call(folder, engine, "one", jobs), call(folder, engine, "all", jobs)
    rate = number / (whole.processor - begun.processor)
    return {
        "seconds to start": round(begun.wall, 1),
        "seconds in all": round(whole.wall, 1),
        "processor seconds in all": round(whole.processor, 1),
        "rows a second of a core": round(rate, 1),
        f"hours for {REPLIES:,} on {CORES} cores": round(REPLIES / rate / CORES / 3600, 2),
        "largest process, MB": round(whole.largest),
    }


class Cost(NamedTuple):
    """Wall and processor seconds of one call, and the peak memory of its largest Python process in MB."""

    wall: float
    processor: float
    largest: float


def call(folder: Path, engine: str, name: str, jobs: int) -> Cost:
    """The command line on one archive."""
    parts = ("--part-rows", "500") if engine == "local" else ()
    # Four tasks a core, as on a cluster, so that none waits for the slowest.
    tasks = jobs if engine == "local" else 4 * jobs
    command = [sys.executable, "-m", "empathy_lint", "audit", f"{folder / name}.parquet", "--isolated", *parts]
    command += ["--engine", engine, "--jobs", str(tasks), "--output", str(folder / f"{name}-{engine}")]
    environment = os.environ | {
        "PYTHONPATH": str(ROOT),
        "SPARK_LOCAL_IP": "127.0.0.1",
        "PYSPARK_SUBMIT_ARGS": f"--master local[{jobs}] --conf spark.ui.enabled=false pyspark-shell",
    }
    began = time.monotonic()
    with (folder / "errors").open("w+") as errors:
        running = subprocess.Popen(
            command, env=environment, stdout=subprocess.DEVNULL, stderr=errors, start_new_session=True
        )
        processor, largest = watched(running)
        wall = time.monotonic() - began
        errors.seek(0)
        if running.returncode:
            sys.exit(errors.read()[-4000:])
    return Cost(wall, processor, largest)


def watched(running: subprocess.Popen[bytes]) -> tuple[float, float]:
    """Processor seconds of a session's processes until its first one ends, and the largest Python's peak in MB."""
    seconds: dict[int, float] = {}
    largest = 0.0
    while running.poll() is None:
        for process, spent, python, peak in session(running.pid):
            seconds[process] = spent
            largest = max(largest, peak if python else 0)
        time.sleep(0.1)
    return sum(seconds.values()), largest


def session(leader: int) -> Iterator[tuple[int, float, bool, float]]:
    """(process, processor seconds, whether it is Python, peak MB) of each process in a session."""
    tick = os.sysconf("SC_CLK_TCK")
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            name, _, rest = stat.read_text().partition("(")[2].rpartition(")")
            fields = rest.split()
            if int(fields[3]) == leader:
                status = stat.with_name("status").read_text()
                peak = int(status.partition("VmHWM:")[2].split()[0]) / 1024
                yield int(stat.parent.name), sum(map(int, fields[11:13])) / tick, "python" in name, peak
        except (OSError, IndexError):  # gone meanwhile
            continue


def _words(texts: list[str | None]) -> float:
    said = [len(text.split()) for text in texts if text]
    return round(sum(said) / max(len(said), 1), 1)


if __name__ == "__main__":
    main()
