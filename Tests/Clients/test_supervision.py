"""A supervisor and its worker processes, as whoever starts, stops and kills them sees them."""

import json
import os
import re
import signal
import subprocess

import pytest
from conftest import job
from pools import Backend, Moto, Running, Serve, end_all, free_port, page, until

@pytest.fixture
def store(binary, tmp_path):
    serve = Serve(binary, tmp_path / "data")
    yield serve
    assert serve.stop() == 0, serve.text


@pytest.fixture
def pool(binary, store):
    """Starts pools on the store."""
    def start(*arguments, **environment):
        return Running(binary, "work", "--endpoint", store.url, *arguments, environment=environment)

    return start


@pytest.fixture(autouse=True)
def nothing_stays():
    yield
    end_all()


def sentences(count, prefix="s"):
    return "".join(
        job(f"{prefix}-{index}", "sentence.synthesize", sessionId=prefix, sentenceIndex=index, english=f"Number {index}.")
        for index in range(count))


def enqueue(speaktracker, store, documents):
    result = speaktracker("enqueue", "-", "--audio", "audio-samples", "--endpoint", store.url, stdin=documents)
    assert result.returncode == 0, result.stderr


def statuses(store):
    return Backend(store.url).statuses()


def gone(process):
    return not os.path.exists(f"/proc/{process}")


def test_one_process_a_processor(pool):
    running = pool()
    count = os.cpu_count()
    running.says("worker process receives", count=count)
    assert len(running.workers) == count
    assert running.stop() == 0, running.text
    assert "Jobs:" not in running.text


def test_until_empty_with_three_processes(speaktracker, pool, store):
    enqueue(speaktracker, store, sentences(30))
    running = pool("--processes", 3, "--until-empty")
    assert running.end(120) == 0, running.text
    assert re.search(r"Jobs: 30 completed, 0 failed, in [\d.]+ s\.", running.text), running.text
    assert {row["status"] for row in statuses(store).values()} == {"COMPLETED"}
    assert all(row["audio_url"].startswith(store.url) for row in statuses(store).values())


def test_what_dies_is_replaced(speaktracker, pool, store):
    running = pool("--processes", 2)
    running.says("worker process receives", count=2)
    before = set(running.workers)
    victim = min(before)
    os.kill(victim, signal.SIGKILL)
    running.says(r"worker process ended.*signal 9")
    running.says("worker process receives", count=3)
    after = set(running.workers)
    assert len(after) == 2 and len(after & before) == 1
    enqueue(speaktracker, store, sentences(3))
    until(lambda: {row["status"] for row in statuses(store).values()} == {"COMPLETED"}, 30, "jobs are done")
    assert running.stop() == 0


def test_workers_end_with_their_supervisor(pool, store):
    running = pool("--processes", 2)
    running.says("worker process receives", count=2)
    workers = running.workers
    running.kill()
    until(lambda: all(map(gone, workers)), 30, "the workers end")


def test_a_worker_whose_codec_hangs_ends_with_its_supervisor_too(binary, speaktracker, store, tmp_path):
    library, source = tmp_path / "hang.so", tmp_path / "hang.c"
    source.write_text("""
        #include <unistd.h>
        void *sf_open_virtual(void *functions, int mode, void *info, void *data) { for (;;) pause(); }""")
    subprocess.run(["gcc", "-shared", "-fPIC", "-o", library, source], check=True)
    running = Running(
        binary, "work", "--processes", 1, "--stop-seconds", 1, "--endpoint", store.url,
        environment={"LD_PRELOAD": str(library)})
    running.says("worker process receives")
    [worker] = running.workers
    reading = {"student_email": "s@example.com", "timestamp": "2026-11-26T09:00:00.000Z", "original_text": "Hello.",
               "s3key": "recordings/plain-slt.flac", "session_timestamp": "2026-11-26T09:00:00.000Z"}
    enqueue(speaktracker, store, "".join(job(f"hangs-{index}", "pronunciation.score", **reading) for index in range(4)))
    until(lambda: [row["status"] for row in statuses(store).values()].count("PROCESSING") >= 2, 60, "it hangs")
    running.kill()
    until(lambda: gone(worker), 30, "the worker has ended")


def test_where_no_process_can_begin(speaktracker):
    """Queues are missing: one sentence, whatever the number of processes, and the status that each of them had."""
    moto = Moto()
    result = speaktracker("work", "--processes", 3, "--endpoint", moto.url, environment={
        "AWS_REGION": "eu-west-1", "AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test"})
    moto.stop()
    assert result.returncode == 1
    assert len(result.stderr.splitlines()) == 1 and "speaktracker-" in result.stderr, result.stderr


def test_a_wrong_port(speaktracker):
    result = speaktracker(
        "work", "--processes", 3, "--endpoint", f"http://127.0.0.1:{free_port()}",
        environment={"AWS_MAX_ATTEMPTS": "1"})
    assert result.returncode == 69
    assert re.fullmatch(
        r"speaktracker: The queue cannot be reached: Nothing answers at http://127\.0\.0\.1:\d+: "
        r"the connection was refused\.\n", result.stderr)


def test_a_port_for_pages_that_is_taken(binary, store):
    running = Running(binary, "work", "--endpoint", store.url, "--metrics-port", store.port)
    assert running.end() == 1
    assert running.text == f"speaktracker: Port {store.port} of 127.0.0.1 cannot be listened on: address already in use."


def test_sighup_without_settings_ends_nothing(speaktracker, pool, store):
    running = pool("--processes", 1)
    running.says("worker process receives")
    [worker] = running.workers
    running.process.send_signal(signal.SIGHUP)
    running.says("SIGHUP changes nothing: no settings were given")
    enqueue(speaktracker, store, sentences(1))
    until(lambda: [row["status"] for row in statuses(store).values()] == ["COMPLETED"], 60, "the job is done")
    assert running.workers == [worker]
    assert running.stop() == 0, running.text


def test_processes_that_die_at_once_are_not_started_in_a_tight_loop(binary, pool, tmp_path):
    """A library that a debugger or an operator preloads ends every worker, but not the supervisor."""
    library = tmp_path / "die.so"
    source = tmp_path / "die.c"
    source.write_text("""
        #include <signal.h>
        #include <stdio.h>
        #include <string.h>
        __attribute__((constructor)) static void die(void) {
            char line[4096] = {0};
            FILE *file = fopen("/proc/self/cmdline", "r");
            size_t count = fread(line, 1, sizeof line, file);
            fclose(file);
            for (size_t at = 0; at < count; at += strlen(line + at) + 1)
                if (strcmp(line + at, "work-process") == 0) raise(SIGKILL);
        }""")
    subprocess.run(["gcc", "-shared", "-fPIC", "-o", library, source], check=True)
    port = free_port()
    running = pool("--processes", 2, "--metrics-port", port, LD_PRELOAD=str(library))
    running.says(r"worker process ended.*signal 9", count=6)
    assert page(port, "ready")[0] == 503
    assert page(port, "health")[0] == 200
    times = [time for time, line in running.lines if "worker process ended" in line]
    # Pauses of at least 0.25 s, 0.5 s and 1 s lie between the starts in a place.
    assert times[5] - times[0] >= 0.7
    assert running.stop() == 0, running.text


def test_settings_are_read_again(speaktracker, pool, store, tmp_path):
    config = tmp_path / "workers.json"
    config.write_text(json.dumps({"processes": 2}))
    port = free_port()
    running = pool("--settings", config, "--metrics-port", port)
    running.says("worker process receives", count=2)
    before = running.workers
    enqueue(speaktracker, store, sentences(60))
    config.write_text(json.dumps({"processes": 3, "recycle": {"jobs": 1000}}))
    running.process.send_signal(signal.SIGHUP)
    running.says("worker process receives", count=5)
    after = running.workers
    assert len(after) == 3 and not set(after) & set(before)
    until(lambda: Backend(store.url).messages() == 0, 60, "all jobs are done")
    rows = statuses(store)
    assert {row["status"] for row in rows.values()} == {"COMPLETED"}
    assert {row["attempts"] for row in rows.values()} == {"1"}
    config.write_text('{"processes": 0}')
    running.process.send_signal(signal.SIGHUP)
    running.says(r"speaktracker: The worker settings cannot be used: processes must be .* The former settings stay\.")
    assert running.workers == after
    assert running.stop() == 0


def test_processes_that_have_done_enough_make_room(speaktracker, pool, store, tmp_path):
    config = tmp_path / "workers.json"
    config.write_text(json.dumps({"processes": 2, "recycle": {"jobs": 5}}))
    running = pool("--settings", config)
    running.says("worker process receives", count=2)
    for batch in range(3):
        # One of two processes does at least half of them.
        enqueue(speaktracker, store, sentences(10, f"batch-{batch}"))
        running.says("worker process receives", count=3 + batch)
    until(lambda: Backend(store.url).messages() == 0, 60, "all jobs are done")
    assert running.stop() == 0, running.text
    rows = statuses(store)
    assert {row["status"] for row in rows.values()} == {"COMPLETED"} and len(rows) == 30
    assert {row["attempts"] for row in rows.values()} == {"1"}


def test_a_folder_belongs_to_one_process(speaktracker, tmp_path):
    result = speaktracker("work", "--data", tmp_path / "data", "--processes", 2)
    assert result.returncode == 2
    assert "A data folder belongs to one process." in result.stderr and "serve --data" in result.stderr
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize("settings", [{"processes": 2}, {"recycle": {"jobs": 5}}], ids=str)
def test_settings_that_only_a_supervisor_can_follow_are_refused_on_a_folder(speaktracker, tmp_path, settings):
    (tmp_path / "workers.json").write_text(json.dumps(settings))
    result = speaktracker("work", "--data", tmp_path / "data", "--settings", tmp_path / "workers.json")
    assert result.returncode == 2
    assert "A data folder belongs to one process." in result.stderr
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize("text, sentence", [
    ("{", "the document is not JSON"), ('{"proceses": 2}', "proceses is not known"),
    ('{"recycle": {"jobs": 0}}', "recycle.jobs must be a whole number from 1")])
def test_settings_that_cannot_be_used(speaktracker, tmp_path, text, sentence):
    config = tmp_path / "workers.json"
    config.write_text(text)
    result = speaktracker("work", "--endpoint", "http://127.0.0.1:9", "--settings", config)
    assert result.returncode == 2
    assert len(result.stderr.splitlines()) == 1 and sentence in result.stderr


def test_settings_that_are_not_there(speaktracker):
    result = speaktracker("work", "--endpoint", "http://127.0.0.1:9", "--settings", "/nowhere.json")
    assert (result.returncode, result.stderr) == (
        2, "speaktracker: The worker settings /nowhere.json cannot be read.\n")


def test_a_worker_process_is_not_started_by_hand(speaktracker):
    result = speaktracker("work-process", "--endpoint", "http://127.0.0.1:9")
    assert result.returncode == 2
    assert "work-process is started by `speaktracker work`" in result.stderr


@pytest.mark.parametrize("keys", [False, True], ids=["open", "keys"])
def test_a_server_with_workers(binary, tmp_path, keys):
    """From an empty folder to a finished job with one command and an SDK."""
    options = []
    if keys:
        file = tmp_path / "keys"
        file.write_text("test test\n")
        file.chmod(0o600)
        options = ["--access-keys", file]
    # What the environment says of another account does not reach the workers.
    elsewhere = {"AWS_ENDPOINT_URL_SQS": "http://127.0.0.1:9", "AWS_PROFILE": "none", "AWS_SESSION_TOKEN": "old"}
    serve = Serve(binary, tmp_path / "data", "--workers", 2, *options, environment=elsewhere)
    serve.says("worker process receives", count=2)
    backend = Backend(serve.url)
    backend.send("synthesis", sentences(1).strip())
    row = until(
        lambda: next((row for row in backend.statuses().values() if row["status"] == "COMPLETED"), None), 30,
        "the job is done")
    assert row["job_id"] == "s-0" and row["audio_url"].startswith(serve.url)
    workers = serve.workers
    assert len(workers) == 2
    if not keys:
        assert 'speaktracker_jobs_total{kind="sentence.synthesize",outcome="completed"} 1' in page(serve.port, "metrics")[1]
    assert serve.stop() == 0, serve.text
    assert all(map(gone, workers))


def test_a_server_whose_workers_are_told_off_goes_on(binary, tmp_path):
    serve = Serve(binary, tmp_path / "data", "--workers", 1)
    serve.says("worker process receives")
    [worker] = serve.workers
    os.kill(worker, signal.SIGKILL)
    serve.says("worker process receives", count=2)
    assert serve.stop() == 0


class TestPages:
    def test_are_true(self, pool, store):
        port = free_port()
        running = pool("--processes", 2, "--metrics-port", port)
        running.says("Figures at")
        running.says("worker process receives", count=2)
        assert page(port, "health")[0] == 200
        until(lambda: page(port, "ready")[0] == 200, 10, "ready")
        os.kill(store.process.pid, signal.SIGSTOP)
        try:
            status, text = until(lambda: (answer := page(port, "ready"))[0] != 200 and answer, 10, "not ready")
            assert status == 503 and "has not answered" in text
        finally:
            os.kill(store.process.pid, signal.SIGCONT)
        until(lambda: page(port, "ready")[0] == 200, 30, "ready again")
        assert page(port, "nothing")[0] == 404
        assert running.stop() == 0

    def test_requests_to_services_are_counted(self, speaktracker, pool, store):
        """Of the processes and of their supervisor, by what was asked for and the answer."""
        port = free_port()
        running = pool("--processes", 2, "--metrics-port", port)
        running.says("worker process receives", count=2)
        enqueue(speaktracker, store, sentences(3))
        until(lambda: Backend(store.url).messages() == 0, 30, "all jobs are done")

        def counts():
            lines = re.findall(
                r'speaktracker_service_requests_total\{service="(.*)",operation="(.*)",status="(.*)"\} (\d+)',
                page(port, "metrics")[1])
            return {(service, operation, status): int(count) for service, operation, status, count in lines}

        expected = {
            ("s3", "HeadObject", "404"): 3, ("s3", "PutObject", "200"): 6,
            ("dynamodb", "TransactWriteItems", "200"): 3,
        }
        # Processes report what they asked for every few seconds.
        until(lambda: expected.items() <= counts().items(), 20, "the jobs' requests are counted")
        asked = counts()
        assert asked["sqs", "GetQueueAttributes", "200"] > 0 and asked["sqs", "ReceiveMessage", "200"] > 0, asked
        assert running.stop() == 0

    def test_metrics_are_what_prometheus_reads(self, speaktracker, pool, store):
        port = free_port()
        running = pool("--processes", 2, "--metrics-port", port)
        running.says("worker process receives", count=2)
        os.kill(running.workers[0], signal.SIGKILL)
        running.says("worker process receives", count=3)
        enqueue(speaktracker, store, sentences(3) + job(
            "bad", "sentence.synthesize", sessionId="s", sentenceIndex=9, english="안녕"))
        until(lambda: Backend(store.url).messages() == 0, 30, "all jobs are done")
        text = page(port, "metrics")[1]
        for line in [
            'speaktracker_jobs_total{kind="sentence.synthesize",outcome="completed"} 3',
            'speaktracker_jobs_total{kind="sentence.synthesize",outcome="failed"} 1',
            'speaktracker_job_duration_seconds_count{kind="sentence.synthesize",outcome="completed"} 3',
            'speaktracker_worker_deaths_total{end="signal 9"} 1', "speaktracker_worker_restarts_total 1",
            "speaktracker_worker_starts_total 3", 'speaktracker_worker_processes{state="receiving"} 2',
        ]:
            assert line + "\n" in text, text
        memory = dict(re.findall(r'speaktracker_process_resident_memory_bytes\{process="(.*)"\} (\d+)', text))
        assert set(memory) == {"main", "worker-1", "worker-2"} and all(int(bytes) > 1 << 20 for bytes in memory.values())
        checked = subprocess.run(["promtool", "check", "metrics"], input=text, capture_output=True, text=True)
        assert (checked.returncode, checked.stdout, checked.stderr) == (0, "", ""), checked.stdout + checked.stderr
        assert running.stop() == 0

    def test_ask_for_keys_where_others_can_reach_them(self, speaktracker, pool, tmp_path):
        refused = speaktracker(
            "work", "--endpoint", "http://127.0.0.1:9", "--metrics-port", 0, "--metrics-host", "0.0.0.0")
        assert refused.returncode == 2 and "say --metrics-keys FILE" in refused.stderr
        keys = tmp_path / "keys"
        keys.write_text("reader secret\n")
        keys.chmod(0o600)
        port = free_port()
        running = pool("--metrics-port", port, "--metrics-host", "0.0.0.0", "--metrics-keys", keys)
        running.says("Figures at")
        assert page(port, "metrics")[0] == 401
        assert page(port, "health")[0] == 200
        assert running.stop() == 0

    def test_are_there_for_a_worker_on_a_folder(self, binary, speaktracker, tmp_path):
        port = free_port()
        result = speaktracker("enqueue", "-", "--data", tmp_path / "data", stdin=sentences(1))
        assert result.returncode == 0, result.stderr
        running = Running(binary, "work", "--data", tmp_path / "data", "--metrics-port", port)
        running.says("Figures at")
        done = 'speaktracker_jobs_total{kind="sentence.synthesize",outcome="completed"} 1'
        until(lambda: done in page(port, "metrics")[1], 30, "the job is counted")
        assert page(port, "ready")[0] == 200
        assert running.stop() == 0
