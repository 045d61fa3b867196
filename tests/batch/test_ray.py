"""Ray gives the dataset of the local engines, row for row, whatever dies on the way."""

from __future__ import annotations

from pathlib import Path
from threading import Thread
from time import monotonic, sleep

import psutil
import pytest

from cchc_nlp.batch import Options, run
from tests.batch.archives import lines, same

ray = pytest.importorskip("ray")

OPTIONS = Options(relevant_only=False, shard_size=40)


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """Files that are large enough to be read apart."""
    folder = tmp_path / "archive"
    folder.mkdir()
    every = lines(320)
    for number in range(4):
        part = every[80 * number : 80 * (number + 1)]
        (folder / f"{number}.jsonl").write_bytes(b"".join(part) + b"\n" * (4 << 20))
    return folder


def kill_a_worker(killed: list[int]) -> None:
    """As soon as two processes with a pipeline are at work below the actors of Ray."""
    until = monotonic() + 120
    while monotonic() < until and not killed:
        for process in psutil.process_iter(["name", "cmdline"]):
            if "MapWorker(MapBatches(_Actor))" in " ".join(process.info["cmdline"] or ()):
                children = [child for child in process.children() if child.memory_info().rss > 100 << 20]
                if children:
                    sleep(0.5)
                    process.kill()
                    killed.append(process.pid)
                    return
        sleep(0.05)


def test_row_for_row_with_an_actor_killed_in_the_middle(archive: Path, tmp_path: Path) -> None:
    run([str(archive)], tmp_path / "local", OPTIONS, engine="inline")
    killed: list[int] = []
    killer = Thread(target=kill_a_worker, args=(killed,))
    killer.start()
    try:
        run([str(archive)], tmp_path / "ray", OPTIONS, engine="ray", workers=1)
    finally:
        killer.join()
        ray.shutdown()
    assert killed
    assert same(tmp_path / "local", tmp_path / "ray")
