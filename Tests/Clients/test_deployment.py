"""What `deploy/` has, asked of those who read it: systemd, the package manager, AWS's own descriptions of its calls."""

import json
import pathlib
import re
import shutil
import subprocess

import boto3
import pytest
from moto import mock_aws

ROOT = pathlib.Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
UNITS = sorted((DEPLOY / "systemd").glob("*.service"))


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.stem)
def test_systemd_takes_the_units_and_finds_them_hardened(unit, binary, tmp_path):
    installed = tmp_path / unit.name
    installed.write_text(unit.read_text().replace("/usr/local/bin/speaktracker", str(binary)))
    verdict = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", installed], capture_output=True, text=True, timeout=60)
    assert verdict.returncode == 0 and verdict.stderr == ""
    # Of 100; what systemd calls OK begins below 50.
    security = subprocess.run(
        ["systemd-analyze", "security", "--offline=true", "--threshold=20", installed], capture_output=True, text=True,
        timeout=60)
    assert security.returncode == 0, security.stdout[-500:]


def test_commands_of_units_image_and_task_are_ones_that_the_program_takes(binary):
    """A command or an option that is gone would keep a service from starting."""
    commands = [re.search(r"^ExecStart=\S+ (.*)$", unit.read_text(), re.M)[1].split() for unit in UNITS]
    commands.append(json.loads(re.search(r"^CMD (.*)$", (DEPLOY / "Dockerfile").read_text(), re.M)[1]))
    commands.append(document("task-definition")["containerDefinitions"][0]["command"])
    for command in commands:
        help = subprocess.run([binary, command[0], "--help"], capture_output=True, text=True, timeout=60)
        assert help.returncode == 0 and f"USAGE: speaktracker {command[0]}" in help.stdout
        for option in [word for word in command if word.startswith("--")]:
            assert option in help.stdout, f"{command}: {option}"


@pytest.mark.skipif(shutil.which("dpkg") is None, reason="the image is a Debian one")
def test_the_image_has_every_library_that_the_program_links(binary):
    stage = (DEPLOY / "Dockerfile").read_text().split("\nFROM ")[-1]
    named = set(re.findall(r"\b[a-z][a-z0-9.+-]+\b", re.search(r"install --yes[^&]*", stage)[0]))
    wanted = closure(named | {"libc6"})
    for line in subprocess.run(["ldd", binary], capture_output=True, text=True, check=True).stdout.splitlines():
        path = re.search(r"=> (/\S+)", line)
        # Swift's own are inside the release's binary.
        if path is None or "/swift/" in path[1]:
            continue
        # By name: what a merged /usr calls /usr/lib, the package may call /lib.
        name = pathlib.Path(path[1]).resolve().name
        owners = subprocess.run(["dpkg", "-S", f"*/{name}"], capture_output=True, text=True, check=True).stdout
        packages = {line.split(":")[0] for line in owners.splitlines()}
        assert packages & wanted, f"{name} is of {packages}, which the image does not have"


def closure(packages):
    """Packages and all that they depend on, as the package manager says."""
    found, waiting = set(), list(packages)
    while waiting:
        package = waiting.pop()
        if package in found:
            continue
        found.add(package)
        status = subprocess.run(
            ["dpkg-query", "-W", "-f", "${Pre-Depends}, ${Depends}", package], capture_output=True, text=True)
        waiting += re.findall(r"(?:^|[,|] *)([a-z][a-z0-9.+-]+)", status.stdout) if status.returncode == 0 else []
    return found


@mock_aws
def test_aws_takes_the_task_and_its_scaling():
    ecs = boto3.client("ecs", "ap-northeast-2", aws_access_key_id="x", aws_secret_access_key="x")
    definition = ecs.register_task_definition(**document("task-definition"))["taskDefinition"]
    scaling = boto3.client("application-autoscaling", "ap-northeast-2", aws_access_key_id="x", aws_secret_access_key="x")
    ecs.create_cluster(clusterName="speaktracker")
    ecs.create_service(
        cluster="speaktracker", serviceName="work", taskDefinition=definition["family"], desiredCount=1)
    scaling.register_scalable_target(**document("scalable-target"))
    policy = scaling.put_scaling_policy(**document("scaling-policy"))
    assert policy["PolicyARN"]
    for name in ("lessons-end", "lessons-over"):
        scaling.put_scheduled_action(**document(name))
    actions = scaling.describe_scheduled_actions(ServiceNamespace="ecs")["ScheduledActions"]
    assert {action["ScheduledActionName"] for action in actions} == {
        "speaktracker-lessons-end", "speaktracker-lessons-over"}


def test_the_metrics_of_the_policy_are_those_that_its_formula_names():
    metrics = document("scaling-policy")["TargetTrackingScalingPolicyConfiguration"]["CustomizedMetricSpecification"]
    formula = next(metric["Expression"] for metric in metrics["Metrics"] if metric["ReturnData"])
    names = {metric["Id"] for metric in metrics["Metrics"] if not metric["ReturnData"]}
    assert set(re.findall(r"[a-z_]+", formula)) == names


def document(name):
    return json.loads((DEPLOY / "ecs" / f"{name}.json").read_text())
