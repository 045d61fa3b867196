"""Whatever kills a run, nothing is lost and nothing is there twice."""

from __future__ import annotations

import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from tests.batch.archives import CCHC, batch, files, lines, rows, same, statuses, texts

ARTICLES = 240
KILLS = 16
SMALL = ("--all", "--shard-size", "10")  # many commits, so that kills fall into them


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Several files, so that shards begin and end in the midst of some."""
    folder = tmp_path_factory.mktemp("archive")
    every = lines(ARTICLES)
    for number, part in enumerate((every[:7], every[7:150], every[150:151], every[151:])):
        (folder / f"{number}.jsonl").write_bytes(b"".join(part))
    return folder


@pytest.fixture(scope="module")
def whole(archive: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The dataset of a run that nobody disturbed."""
    output = tmp_path_factory.mktemp("whole") / "out"
    result = batch(archive, "-o", output, *SMALL, "--engine", "inline")
    assert result.returncode == 0, result.stderr
    return output


def start(*arguments: object) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [*CCHC, "batch", *map(str, arguments)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )


def test_kills_at_random_moments(archive: Path, whole: Path, tmp_path: Path) -> None:
    output, chance, progress = tmp_path / "out", random.Random(20), []
    kills = 0
    while kills < KILLS:
        engine = ("--engine", "inline") if kills % 3 else ("--workers", "2")
        process = start(archive, "-o", output, "--resume", *SMALL, *engine)
        manifest, before = output / "_cchc/manifest.jsonl", len(files(output))
        # most kills fall into the work, the others anywhere from the first moment on
        patience = time.monotonic() + 30
        while kills % 4 and process.poll() is None and len(files(output)) <= before and time.monotonic() < patience:
            time.sleep(0.001)
        time.sleep(chance.uniform(0, 0.25 if kills % 4 else 1.5))
        finished = process.poll()
        process.kill()
        process.wait()
        if finished is not None:  # done before its turn: the rest of the kills fall into a new one
            assert finished == 0
            assert same(whole, output)
            shutil.rmtree(output)
            continue
        kills += 1
        progress.append(manifest.read_bytes().count(b"\n") if manifest.exists() else 0)
        if output.exists() and (output / "articles").exists():
            seen = [row["id"] for row in rows(output, "articles")]
            assert len(seen) == len(set(seen))
    result = batch(archive, "-o", output, "--resume", *SMALL)
    assert result.returncode == 0, result.stderr
    assert same(whole, output)
    assert files(whole) == files(output)
    assert max(progress) > 0


def test_workers_end_with_the_run_that_started_them(tmp_path: Path) -> None:
    endless = "\n".join(texts(12_000))  # minutes of work
    (tmp_path / "a.txt").write_text(endless, encoding="utf-8")
    process = start(tmp_path / "a.txt", "-o", tmp_path / "out", "--workers", "2", "--max-chars", 2 * len(endless))
    children: list[psutil.Process] = []
    while process.poll() is None and sum(child.cpu_times().user > 3 for child in children) < 1:
        children = psutil.Process(process.pid).children(recursive=True)
        time.sleep(0.1)
    process.kill()
    process.wait()
    _, alive = psutil.wait_procs(children, timeout=30)
    assert not alive


def test_a_worker_that_is_killed_loses_no_article(archive: Path, whole: Path, tmp_path: Path) -> None:
    output = tmp_path / "out"
    process = start(archive, "-o", output, *SMALL, "--workers", "2")
    killed = 0
    while process.poll() is None and killed < 3:
        children = psutil.Process(process.pid).children()
        working = [child for child in children if child.status() != psutil.STATUS_ZOMBIE]
        if len(files(output)) > 7 * (1 + 8 * killed) and working:
            working[-1].kill()
            killed += 1
        time.sleep(0.01)
    assert process.wait() == 0
    assert killed
    assert same(whole, output)


def test_interrupt_from_the_keyboard_says_how_to_go_on(archive: Path, whole: Path, tmp_path: Path) -> None:
    output = tmp_path / "out"
    process = start(archive, "-o", output, *SMALL, "--workers", "1", "--lang", "en")
    while not files(output):
        time.sleep(0.01)
    os.killpg(process.pid, signal.SIGINT)
    _, said = process.communicate()
    assert process.returncode == 130
    assert "--resume" in said.decode()
    assert "Traceback" not in said.decode()
    assert batch(archive, "-o", output, *SMALL, "--resume").returncode == 0
    assert same(whole, output)


@pytest.mark.skipif(sys.platform == "win32", reason="no limits of this kind")
def test_a_file_that_cannot_grow_is_as_a_full_disk(archive: Path, whole: Path, tmp_path: Path) -> None:
    output = tmp_path / "out"

    def limited() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (9_000, 9_000))

    result = batch(archive, "-o", output, *SMALL, "--engine", "inline", preexec_fn=limited)
    assert result.returncode == 2
    assert "--resume" in result.stderr
    assert "Traceback" not in result.stderr
    assert batch(archive, "-o", output, *SMALL, "--resume").returncode == 0
    assert same(whole, output)


def test_a_manifest_cut_off_in_a_line(archive: Path, whole: Path, tmp_path: Path) -> None:
    output = tmp_path / "out"
    shutil.copytree(whole, output)
    manifest = output / "_cchc/manifest.jsonl"
    manifest.write_bytes(manifest.read_bytes()[:-30])
    (output / "findings/part-000003.parquet").unlink()
    assert batch(archive, "-o", output, *SMALL, "--resume").returncode == 0
    assert same(whole, output)


def test_new_files_are_added_by_resuming(archive: Path, tmp_path: Path) -> None:
    folder, output = tmp_path / "folder", tmp_path / "out"
    shutil.copytree(archive, folder)
    assert batch(folder, "-o", output, *SMALL).returncode == 0
    (folder / "0-later.jsonl").write_bytes(b"".join(lines(5, start=ARTICLES)))
    assert batch(folder.resolve(), "-o", output, *SMALL, "--resume").returncode == 0
    assert list(statuses(output)) == [f"bài-{number}" for number in range(ARTICLES + 5)]
