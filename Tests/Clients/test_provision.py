"""`speaktracker provision` on moto, and what it prints for CloudFormation and IAM."""

import json
import pathlib
import re
import subprocess
import sys
import zlib

import boto3
import pytest
from serving import Server

BIN = pathlib.Path(sys.executable).parent
SCRIPT = pathlib.Path(__file__).parent / "moto_with_clocks.py"


def bucket_prefix(region):
    """As the script has it."""
    return f"{re.sub(r'[^0-9]', '', region).zfill(12)}-"


@pytest.fixture(scope="module")
def moto():
    """A moto_server in which every region is an account of its own."""
    process = subprocess.Popen(
        [sys.executable, SCRIPT], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL, text=True)
    yield process.stdout.readline().strip()
    process.stdin.close()
    process.wait()


@pytest.fixture
def place(moto, request):
    """The environment of an empty account, and clients of it."""
    region = f"test-{zlib.crc32(request.node.name.encode())}"
    environment = {
        "AWS_ENDPOINT_URL": moto, "AWS_REGION": region, "AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test"}

    def client(service):
        return boto3.client(
            service, endpoint_url=moto, region_name=region, aws_access_key_id="test", aws_secret_access_key="test")

    return environment, client


def test_makes_what_is_missing_and_then_nothing(speaktracker, place):
    environment, client = place
    shown = speaktracker("provision", "--dry-run", environment=environment)
    assert shown.returncode == 0, shown.stderr
    assert client("dynamodb").list_tables()["TableNames"] == []
    lines = shown.stdout.splitlines()
    assert len(lines) == 12 + 6 + 2
    assert "+ create table users (role S, email S)" in lines
    assert "+ create queue speaktracker-scoring, after 20 deliveries to speaktracker-scoring-dlq" in lines
    made = speaktracker("provision", environment=environment)
    assert made.returncode == 0, made.stderr
    assert made.stdout.splitlines() == lines + ["Done."]
    again = speaktracker("provision", environment=environment)
    assert (again.returncode, again.stdout) == (0, "Nothing is missing.\n")

    dynamodb = client("dynamodb")
    table = dynamodb.describe_table(TableName="tutor-requests")["Table"]
    assert {index["IndexName"] for index in table["GlobalSecondaryIndexes"]} == {
        "student_email-created_at-index", "tutor_email_status-created_at-index"}
    lifetime = dynamodb.describe_time_to_live(TableName="tutor-requests")["TimeToLiveDescription"]
    assert (lifetime["TimeToLiveStatus"], lifetime["AttributeName"]) == ("ENABLED", "ttl")
    sqs = client("sqs")
    url = sqs.get_queue_url(QueueName="speaktracker-synthesis")["QueueUrl"]
    policy = json.loads(sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["All"])["Attributes"]["RedrivePolicy"])
    assert policy["deadLetterTargetArn"].endswith(":speaktracker-synthesis-dlq")
    rules = client("s3").get_bucket_lifecycle_configuration(Bucket="speaktracker-audio")["Rules"]
    assert [(rule["Filter"]["Prefix"], rule["Expiration"]["Days"]) for rule in rules] == [("tts/", 97)]


def test_mends_what_was_changed_and_leaves_what_is_not_its_own(speaktracker, place):
    environment, client = place
    assert speaktracker("provision", environment=environment).returncode == 0
    sqs, s3 = client("sqs"), client("s3")
    url = sqs.get_queue_url(QueueName="speaktracker-scoring")["QueueUrl"]
    sqs.set_queue_attributes(QueueUrl=url, Attributes={"RedrivePolicy": "", "VisibilityTimeout": "77"})
    s3.put_bucket_lifecycle_configuration(
        Bucket="speaktracker-audio", LifecycleConfiguration={"Rules": [{
            "ID": "theirs", "Filter": {"Prefix": "a & b/"}, "Status": "Enabled", "Expiration": {"Days": 3}}]})
    client("dynamodb").update_time_to_live(
        TableName="notifications", TimeToLiveSpecification={"AttributeName": "ttl", "Enabled": False})
    mended = speaktracker("provision", environment=environment)
    assert mended.stdout.splitlines() == [
        "+ let items of table notifications expire by ttl",
        "+ set queue speaktracker-scoring, after 20 deliveries to speaktracker-scoring-dlq",
        "+ delete objects under tts/ of bucket speaktracker-audio after 97 days", "Done."], mended.stderr
    assert sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["All"])["Attributes"]["VisibilityTimeout"] == "77"
    rules = s3.get_bucket_lifecycle_configuration(Bucket="speaktracker-audio")["Rules"]
    assert {rule["ID"]: rule["Filter"]["Prefix"] for rule in rules} == {
        "theirs": "a & b/", "speaktracker-speech": "tts/"}


def test_says_what_cannot_be_changed(speaktracker, place):
    environment, client = place
    client("dynamodb").create_table(
        TableName="users", BillingMode="PAY_PER_REQUEST",
        AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "N"}],
        KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}])
    refused = speaktracker("provision", environment=environment)
    assert (refused.returncode, refused.stdout) == (1, "")
    assert refused.stderr == (
        "speaktracker: The table users has the key (id N) where this version needs (role S, email S): "
        "keep its items elsewhere, delete it, and provision again.\n")


def test_the_template_passes_lint_and_makes_the_same(speaktracker, place, tmp_path):
    environment, client = place
    printed = speaktracker("provision", "--print", "cloudformation")
    assert printed.returncode == 0, printed.stderr
    template = tmp_path / "template.json"
    template.write_text(printed.stdout)
    lint = subprocess.run([BIN / "cfn-lint", template], capture_output=True, text=True)
    assert lint.returncode == 0, lint.stdout + lint.stderr
    client("cloudformation").create_stack(
        StackName="speaktracker", TemplateBody=printed.stdout, Capabilities=["CAPABILITY_IAM"],
        Parameters=[{
            "ParameterKey": "BucketName",
            "ParameterValue": f"{bucket_prefix(environment['AWS_REGION'])}speaktracker-audio"}])
    checked = speaktracker("provision", "--dry-run", environment=environment)
    assert checked.returncode == 0, checked.stderr
    # moto's stacks make tables without their lifetimes and buckets without their rules: those the template must say.
    resources = json.loads(printed.stdout)["Resources"].values()
    lifetimes = {
        resource["Properties"]["TableName"]: resource["Properties"]["TimeToLiveSpecification"]
        for resource in resources if "TimeToLiveSpecification" in resource["Properties"]}
    assert len(lifetimes) == 10
    assert all(lifetime == {"AttributeName": "ttl", "Enabled": True} for lifetime in lifetimes.values())
    [bucket] = [resource["Properties"] for resource in resources if resource["Type"] == "AWS::S3::Bucket"]
    [rule] = bucket["LifecycleConfiguration"]["Rules"]
    assert (rule["Prefix"], rule["ExpirationInDays"], rule["Status"]) == ("tts/", 97, "Enabled")
    assert set(checked.stdout.splitlines()) == {
        "+ delete objects under tts/ of bucket speaktracker-audio after 97 days",
        *(f"+ let items of table {table} expire by ttl" for table in lifetimes)}


def test_what_the_stack_makes_is_made_once_only(speaktracker):
    printed = json.loads(speaktracker("provision", "--print", "cloudformation").stdout)
    types = [resource["Type"] for resource in printed["Resources"].values()]
    assert {kind: types.count(kind) for kind in set(types)} == {
        "AWS::DynamoDB::Table": 12, "AWS::SQS::Queue": 6, "AWS::S3::Bucket": 1, "AWS::IAM::ManagedPolicy": 2}


@pytest.mark.parametrize("who", ["backend", "worker"])
def test_policies_name_what_they_allow(speaktracker, who):
    policy = json.loads(speaktracker("provision", "--print", f"{who}-policy").stdout)
    for statement in policy["Statement"]:
        assert all("*" not in action for action in statement["Action"])
        assert all(resource.count(":") >= 5 and "speaktracker" in resource or ":table/" in resource
                   for resource in statement["Resource"])
    actions = {action for statement in policy["Statement"] for action in statement["Action"]}
    assert "sqs:SendMessage" in actions
    assert ("sqs:ReceiveMessage" in actions) == (who == "worker")
    assert not any(action.startswith(("iam:", "sts:")) or "Table" in action for action in actions)


def test_where_nothing_listens(speaktracker):
    result = speaktracker("provision", "--endpoint", "http://127.0.0.1:9", environment={"AWS_MAX_ATTEMPTS": "2"})
    assert result.returncode == 69
    assert result.stderr == (
        "speaktracker: The document store cannot be reached: "
        "Nothing answers at http://127.0.0.1:9: the connection was refused.\n")


def test_wrong_keys_are_told_once(binary, speaktracker, tmp_path):
    keys = tmp_path / "keys"
    keys.write_text("known secret\n")
    keys.chmod(0o600)
    server = Server(binary, tmp_path / "data", "--access-keys", keys)
    for key, code in [("other", "InvalidClientTokenId"), ("known", "SignatureDoesNotMatch")]:
        result = speaktracker(
            "queues", "--endpoint", server.url,
            environment={"AWS_ACCESS_KEY_ID": key, "AWS_SECRET_ACCESS_KEY": "wrong"})
        assert result.returncode == 1
        assert result.stderr == (
            f"speaktracker: SQS does not accept the AWS credentials ({code}): check the access key and its secret.\n")
    result = speaktracker(
        "queues", "--json", "--endpoint", server.url,
        environment={"AWS_ACCESS_KEY_ID": "known", "AWS_SECRET_ACCESS_KEY": "secret"})
    assert result.returncode == 0, result.stderr
    assert len(result.stdout.splitlines()) == 6
    assert server.stop() == 0


def test_jobs_are_where_somebody_says(speaktracker):
    result = speaktracker("queues", environment={"AWS_ENDPOINT_URL": "", "AWS_REGION": "", "AWS_PROFILE": ""})
    assert result.returncode == 2
    assert "Say --data DIR" in result.stderr
    assert speaktracker("queues", "--data", "x", "--endpoint", "http://a").returncode == 2
