"""moto_server for tests that turn the clock.

Each region is an account of its own, empty at first, with a clock of its own that stands still; `POST /-/clock` with
`{"region": …, "milliseconds": …}` turns it. With `--real-time` clocks are left as they are. Its address is the one line
on stdout, and it ends with its stdin.
"""

import collections
import datetime
import json
import os
import re
import sys
import threading

os.environ["MOTO_ALLOW_NONEXISTENT_REGION"] = "true"

import moto.core.utils

# Each look at a clock takes it a microsecond: moto has messages visible behind their time, not at it.
START = datetime.datetime(2025, 10, 9, 8, 53, 20)  # The start of the tests' own clock.
turned = {}
looks = collections.Counter()
request = threading.local()
# moto checks a condition and writes in two steps, between which another thread may write.
writing = threading.Lock()


def now():
    region = getattr(request, "region", "")
    looks[region] += 1
    return START + datetime.timedelta(milliseconds=turned.get(region, 0), microseconds=looks[region])


if "--real-time" not in sys.argv:
    # Before the services' modules take it over by its name.
    moto.core.utils.utcnow = now

from moto.moto_server.werkzeug_app import DomainDispatcherApplication, MotoRequestHandler, create_backend_app
from werkzeug.serving import make_server


def account(region):
    return re.sub(r"\D", "", region).zfill(12)


def bucket_prefix(region):
    """What stands before a bucket's name inside moto: buckets of all accounts share their names there, as at AWS."""
    return f"{account(region)}-"


def with_clocks(app):
    def answer(environ, start_response):
        if environ["PATH_INFO"] == "/-/clock":
            order = json.loads(environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"])))
            turned[order["region"]] = turned.get(order["region"], 0) + order["milliseconds"]
            start_response("204 No Content", [])
            return []
        scope = re.search(r"Credential=[^/]*/[^/]*/([^/]*)/([^/]*)/", environ.get("HTTP_AUTHORIZATION", ""))
        request.region = scope.group(1) if scope else ""
        environ["HTTP_X_MOTO_ACCOUNT_ID"] = account(request.region)
        if scope and scope.group(2) == "s3":
            for name in ("PATH_INFO", "REQUEST_URI", "RAW_URI"):
                if environ.get(name, "/") != "/":
                    environ[name] = f"/{bucket_prefix(request.region)}{environ[name][1:]}"
        if scope and scope.group(2) == "dynamodb":
            with writing:
                return app(environ, start_response)
        return app(environ, start_response)

    return answer


def end_with_stdin():
    sys.stdin.read()
    os._exit(0)


def main():
    app = with_clocks(DomainDispatcherApplication(create_backend_app))
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=MotoRequestHandler)
    threading.Thread(target=end_with_stdin, daemon=True).start()
    print(f"http://127.0.0.1:{server.server_port}", flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
