"""A running `speaktracker serve`, and how to talk to it."""

import re
import signal
import subprocess
import threading
import urllib.error
import urllib.parse
import urllib.request
import xml.etree.ElementTree

import boto3
import botocore.session
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError

KEYS = {"aws_access_key_id": "test", "aws_secret_access_key": "test"}


class Server:
    def __init__(self, binary, folder, *options, wrapped=()):
        """`wrapped` is what `binary` is told first, where it is a program that starts the server."""
        command = [binary, *wrapped, "serve", "--data", folder, "--port", "0", *options]
        self.folder = folder
        self.process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
        for line in self.process.stderr:
            if found := re.search(r"Serving .* at (http://127\.0\.0\.1:\d+)", line):
                self.url = found.group(1)
                break
        threading.Thread(target=self.process.stderr.read, daemon=True).start()

    def client(self, service="sqs", models=None, **options):
        """A client that does not try again; `models` is a folder with other models than botocore's."""
        session = botocore.session.get_session()
        if models:
            session.get_component("data_loader").search_paths.insert(0, str(models))
        config = Config(retries={"total_max_attempts": 1}, **options)
        return boto3.Session(botocore_session=session, **KEYS).client(
            service, endpoint_url=self.url, region_name="eu-west-1", config=config)

    def form(self, path="/", **parameters):
        """The status and the XML tree, without its namespace, of a Query request."""
        body = urllib.parse.urlencode({name.replace("_", "."): value for name, value in parameters.items()}).encode()
        try:
            with urllib.request.urlopen(self.url + path, data=body) as answer:
                status, text = answer.status, answer.read()
        except urllib.error.HTTPError as error:
            status, text = error.code, error.read()
        return status, xml.etree.ElementTree.fromstring(re.sub(rb' xmlns="[^"]*"', b"", text))

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(timeout=30)


def refused(call, **arguments):
    with pytest.raises(ClientError) as caught:
        call(**arguments)
    return caught.value.response["Error"]
