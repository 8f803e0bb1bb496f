"""Other clients than boto3: the AWS CLI, s3fs, curl, rclone where it is installed, and a browser."""

import http.server
import json
import os
import pathlib
import queue
import shutil
import subprocess
import sys
import threading

import pytest
from serving import KEYS, Server

ENVIRONMENT = {
    "AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test", "AWS_DEFAULT_REGION": "ap-northeast-2",
    "AWS_MAX_ATTEMPTS": "1", "AWS_EC2_METADATA_DISABLED": "true",
}
SCRIPTS = pathlib.Path(sys.executable).parent


@pytest.fixture
def aws(server):
    def run(*arguments):
        result = subprocess.run(
            [sys.executable, SCRIPTS / "aws", *map(str, arguments)], capture_output=True, text=True, timeout=120,
            env={**os.environ, **ENVIRONMENT, "AWS_ENDPOINT_URL": server.url})
        assert result.returncode == 0, result.stderr
        return result.stdout

    return run


@pytest.fixture
def tree(tmp_path):
    """A folder with a few files, one of them large enough to be sent in parts."""
    folder = tmp_path / "tree"
    for name, size in (("a.mp3", 30_000), ("녹음/b c.webm", 1), ("녹음/deep/empty", 0), ("large", (9 << 20) + 1)):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(os.urandom(size))
    return folder


def contents(folder):
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_aws_cli_copies_and_keeps_folders_alike(aws, tree, tmp_path):
    aws("s3", "mb", "s3://cli")
    aws("s3", "cp", tree / "large", "s3://cli/large")
    aws("s3", "sync", tree, "s3://cli/tree")
    assert aws("s3", "sync", tree, "s3://cli/tree") == ""
    listing = aws("s3", "ls", "--recursive", "s3://cli/tree/")
    assert "tree/녹음/b c.webm" in listing and len(listing.splitlines()) == 4
    assert "PRE tree/" in aws("s3", "ls", "s3://cli")
    aws("s3", "sync", "s3://cli/tree", tmp_path / "back")
    assert contents(tmp_path / "back") == contents(tree)
    (tree / "a.mp3").unlink()
    aws("s3", "sync", "--delete", tree, "s3://cli/tree")
    aws("s3", "mv", "s3://cli/large", "s3://cli/moved")
    aws("s3", "cp", "s3://cli/moved", tmp_path / "moved")
    assert (tmp_path / "moved").read_bytes() == (tree / "large").read_bytes()
    url = aws("s3", "presign", "s3://cli/moved", "--expires-in", "60").strip()
    assert subprocess.check_output(["curl", "--silent", "--fail", url]) == (tree / "large").read_bytes()
    aws("s3", "rb", "--force", "s3://cli")
    assert "cli" not in aws("s3", "ls")


def test_curl_reads_parts_and_sends(server, aws, tmp_path):
    aws("s3", "mb", "s3://curl")

    def curl(*arguments):
        return subprocess.run(
            ["curl", "--silent", "--show-error", "--max-time", "60", *map(str, arguments)], capture_output=True, check=True).stdout

    body = os.urandom(3_000_000)
    (tmp_path / "up").write_bytes(body)
    signed = ["--aws-sigv4", "aws:amz:us-east-1:s3", "--user", "test:test"]
    put = curl(*signed, "--upload-file", tmp_path / "up", "--header", "Expect: 100-continue", f"{server.url}/curl/a%20b",
               "--write-out", "%{http_code} %{time_total}")
    assert put.startswith(b"200") and float(put.split()[1]) < 5
    assert curl(f"{server.url}/curl/a%20b") == body
    assert curl("--range", "100-199", f"{server.url}/curl/a%20b") == body[100:200]
    assert curl("--path-as-is", "--request", "PUT", "--data-binary", "x", f"{server.url}/curl/a/../b") == b""
    assert curl("--path-as-is", f"{server.url}/curl/a/../b") == b"x"
    assert b"Content-Length: 3000000" in curl("--head", f"{server.url}/curl/a%20b")
    virtual = server.url.replace("127.0.0.1", "curl.localhost")
    assert curl("--range", "0-9", f"{virtual}/a%20b") == body[:10]
    refused = curl("--header", "Transfer-Encoding: chunked", "--upload-file", tmp_path / "up", f"{server.url}/curl/c")
    assert b"<Code>MissingContentLength</Code>" in refused


def test_s3fs_reads_and_writes_files(server):
    s3fs = pytest.importorskip("s3fs")
    files = s3fs.S3FileSystem(
        key="test", secret="test", client_kwargs={"endpoint_url": server.url}, use_listings_cache=False)
    files.mkdir("s3fs-files")
    body = os.urandom(11 << 20)
    with files.open("s3fs-files/폴더/a b.wav", "wb", block_size=5 << 20) as file:
        file.write(body)
    with files.open("s3fs-files/폴더/a b.wav", "rb") as file:
        file.seek(5_000_000)
        assert file.read(1000) == body[5_000_000:5_001_000]
    assert files.cat("s3fs-files/폴더/a b.wav") == body
    assert files.ls("s3fs-files") == ["s3fs-files/폴더"] and files.find("s3fs-files") == ["s3fs-files/폴더/a b.wav"]
    assert files.info("s3fs-files/폴더/a b.wav")["Size"] == len(body)
    files.cp("s3fs-files/폴더/a b.wav", "s3fs-files/b")
    files.rm("s3fs-files/폴더", recursive=True)
    assert files.find("s3fs-files") == ["s3fs-files/b"]
    files.rm("s3fs-files", recursive=True)


PAGE = """<!doctype html><meta charset="utf-8"><title>waiting</title><audio id="model" src="{play}"></audio><script>
const audio = document.getElementById("model");
const played = new Promise((done, failed) => {{
  audio.onended = () => done(audio.duration);
  audio.onerror = () => failed("play: " + audio.error.message);
}});
(async () => {{
  audio.muted = true; audio.playbackRate = 4;
  await audio.play();
  const seconds = await played;
  const put = await fetch("{upload}", {{method: "PUT", headers: {{"Content-Type": "audio/webm"}}, body: new Uint8Array([1, 2, 3])}});
  const read = await fetch("{play}", {{headers: {{Range: "bytes=0-2"}}}});
  const seen = [seconds > 0.5, put.status, put.headers.get("ETag"), read.status, read.headers.get("Content-Range") != null];
  const other = await fetch("{other}", {{method: "PUT", body: "x"}}).then(() => "let in", () => "kept out");
  return JSON.stringify([...seen, other]);
}})().catch(error => "failed: " + error).then(text => fetch("/", {{method: "POST", body: text}}));
</script>"""


@pytest.fixture
def origin(tmp_path):
    """A web site of its own, at another origin than the server, and what its pages report to it."""
    reports = queue.Queue()

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def __init__(self, *arguments, **named):
            super().__init__(*arguments, directory=str(tmp_path), **named)

        def do_POST(self):
            reports.put(self.rfile.read(int(self.headers["Content-Length"])).decode())
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_):
            pass

    site = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Quiet)
    threading.Thread(target=site.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{site.server_port}", reports
    site.shutdown()


@pytest.mark.skipif(shutil.which("chromium") is None, reason="chromium is not installed")
def test_a_browser_plays_and_uploads_across_origins(binary, tmp_path, origin, speaktracker):
    origin, reports = origin
    spoken = speaktracker("say", "Could I have a glass of water, please?", "-o", tmp_path / "model.mp3")
    assert spoken.returncode == 0, spoken.stderr
    keys = tmp_path / "keys"
    keys.write_text(f"{KEYS['aws_access_key_id']} {KEYS['aws_secret_access_key']}\n")
    keys.chmod(0o600)
    server = Server(binary, tmp_path / "data", "--access-keys", keys)
    s3 = server.client("s3", signature_version="s3v4")
    for bucket in ("speaktracker-audio", "closed"):
        s3.create_bucket(Bucket=bucket)
    s3.put_bucket_cors(Bucket="speaktracker-audio", CORSConfiguration={"CORSRules": [{
        "AllowedOrigins": [origin], "AllowedMethods": ["GET", "PUT"], "AllowedHeaders": ["content-type", "range"],
        "ExposeHeaders": ["ETag", "Content-Range"]}]})
    s3.put_object(Bucket="speaktracker-audio", Key="tts/model.mp3", Body=(tmp_path / "model.mp3").read_bytes(), ContentType="audio/mpeg")

    def presigned(operation, bucket, key, **more):
        return s3.generate_presigned_url(operation, Params={"Bucket": bucket, "Key": key, **more})

    (tmp_path / "page.html").write_text(PAGE.format(
        play=presigned("get_object", "speaktracker-audio", "tts/model.mp3"),
        upload=presigned("put_object", "speaktracker-audio", "recordings/a.webm", ContentType="audio/webm"),
        other=presigned("put_object", "closed", "a")))
    browser = subprocess.Popen(
        ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
         "--autoplay-policy=no-user-gesture-required", f"--user-data-dir={tmp_path / 'profile'}", f"{origin}/page.html"],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        report = json.loads(reports.get(timeout=60))
    finally:
        browser.terminate()
        browser.wait()
    assert report == [True, 200, '"5289df737df57326fcdd22597afb1fac"', 206, True, "kept out"]
    assert s3.get_object(Bucket="speaktracker-audio", Key="recordings/a.webm")["Body"].read() == b"\1\2\3"
    assert server.stop() == 0
