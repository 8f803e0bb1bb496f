"""What somebody would write for RQ: the command speaks, the file stays."""

import os
import subprocess


def speak(text, path):
    subprocess.run(["espeak-ng", "-v", "en-us+f3", "-w", path, text], check=True)
    return os.path.getsize(path)
