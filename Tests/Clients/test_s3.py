"""Buckets, objects, listings, conditions, tags and copies, as boto3 asks for them."""

import base64
import datetime
import hashlib
import io
import itertools
import random
import time
import urllib.error
import urllib.parse
import urllib.request
import zlib

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError
from serving import KEYS, refused

numbers = itertools.count()


@pytest.fixture
def s3(server):
    return server.client("s3", s3={"addressing_style": "path"})


@pytest.fixture
def bucket(s3):
    name = f"bucket-{next(numbers)}"
    s3.create_bucket(Bucket=name)
    return name


def status(call, **arguments):
    with pytest.raises(ClientError) as caught:
        call(**arguments)
    return caught.value.response["ResponseMetadata"]["HTTPStatusCode"]


def code(call, **arguments):
    return refused(call, **arguments)["Code"]


# Buckets


def test_buckets_come_and_go(s3):
    s3.create_bucket(Bucket="come", CreateBucketConfiguration={"LocationConstraint": "ap-northeast-2"})
    assert s3.head_bucket(Bucket="come")["BucketRegion"] == "ap-northeast-2"
    assert s3.get_bucket_location(Bucket="come")["LocationConstraint"] == "ap-northeast-2"
    listed = {bucket["Name"]: bucket for bucket in s3.list_buckets()["Buckets"]}
    assert abs(listed["come"]["CreationDate"] - datetime.datetime.now(datetime.timezone.utc)).total_seconds() < 60
    assert "speaktracker-audio" in listed
    s3.put_object(Bucket="come", Key="a", Body=b"")
    assert code(s3.delete_bucket, Bucket="come") == "BucketNotEmpty"
    s3.delete_object(Bucket="come", Key="a")
    s3.delete_bucket(Bucket="come")
    assert status(s3.head_bucket, Bucket="come") == 404
    for call in (s3.delete_bucket, s3.list_objects_v2, s3.get_bucket_location, s3.list_multipart_uploads):
        assert code(call, Bucket="come") == "NoSuchBucket"
    assert code(s3.put_object, Bucket="come", Key="a", Body=b"x") == "NoSuchBucket"
    s3.create_bucket(Bucket="come")
    assert s3.get_bucket_location(Bucket="come")["LocationConstraint"] is None
    s3.create_bucket(Bucket="come")
    assert code(s3.create_bucket, Bucket="come", CreateBucketConfiguration={
        "LocationConstraint": "eu-west-1"}) == "BucketAlreadyOwnedByYou"


def test_names_of_buckets_are_checked(server):
    for name in ("ab", "Capital", "a_b", "a..b", "192.168.1.1", "xn--a", "a" * 64):
        request = urllib.request.Request(f"{server.url}/{name}", method="PUT")
        with pytest.raises(urllib.error.HTTPError) as caught:
            urllib.request.urlopen(request)
        assert caught.value.code == 400 and b"<Code>InvalidBucketName</Code>" in caught.value.read()


def test_what_clients_ask_of_buckets_is_answered(s3, bucket):
    assert s3.get_bucket_versioning(Bucket=bucket).get("Status") is None
    assert s3.get_bucket_acl(Bucket=bucket)["Grants"][0]["Permission"] == "FULL_CONTROL"
    assert s3.get_bucket_request_payment(Bucket=bucket)["Payer"] == "BucketOwner"
    for call in (s3.get_bucket_logging, s3.get_bucket_notification_configuration, s3.get_bucket_accelerate_configuration):
        call(Bucket=bucket)
    missing = {
        s3.get_bucket_policy: "NoSuchBucketPolicy", s3.get_bucket_cors: "NoSuchCORSConfiguration",
        s3.get_bucket_lifecycle_configuration: "NoSuchLifecycleConfiguration", s3.get_bucket_tagging: "NoSuchTagSet",
        s3.get_bucket_website: "NoSuchWebsiteConfiguration",
        s3.get_object_lock_configuration: "ObjectLockConfigurationNotFoundError",
        s3.get_public_access_block: "NoSuchPublicAccessBlockConfiguration",
        s3.get_bucket_encryption: "ServerSideEncryptionConfigurationNotFoundError",
        s3.get_bucket_replication: "ReplicationConfigurationNotFoundError",
    }
    for call, expected in missing.items():
        assert code(call, Bucket=bucket) == expected
    enabled = {"Bucket": bucket, "VersioningConfiguration": {"Status": "Enabled"}}
    assert code(s3.put_bucket_versioning, **enabled) == "NotImplemented"


def test_settings_of_buckets_are_kept(s3, bucket):
    tags = [{"Key": "school", "Value": "서울 <1>"}]
    s3.put_bucket_tagging(Bucket=bucket, Tagging={"TagSet": tags})
    assert s3.get_bucket_tagging(Bucket=bucket)["TagSet"] == tags
    s3.delete_bucket_tagging(Bucket=bucket)
    assert code(s3.get_bucket_tagging, Bucket=bucket) == "NoSuchTagSet"
    rules = [{
        "ID": "week", "Status": "Enabled", "Filter": {"Prefix": "tts/"}, "Expiration": {"Days": 7},
        "AbortIncompleteMultipartUpload": {"DaysAfterInitiation": 1},
    }]
    s3.put_bucket_lifecycle_configuration(Bucket=bucket, LifecycleConfiguration={"Rules": rules})
    assert s3.get_bucket_lifecycle_configuration(Bucket=bucket)["Rules"] == rules
    expiration = s3.put_object(Bucket=bucket, Key="tts/a", Body=b"")["Expiration"]
    assert 'rule-id="week"' in expiration and "00:00:00 GMT" in expiration
    assert s3.head_object(Bucket=bucket, Key="tts/a")["Expiration"] == expiration
    assert "Expiration" not in s3.put_object(Bucket=bucket, Key="b", Body=b"")
    cors = [{"AllowedMethods": ["GET", "PUT"], "AllowedOrigins": ["https://*.school.example"], "MaxAgeSeconds": 60}]
    s3.put_bucket_cors(Bucket=bucket, CORSConfiguration={"CORSRules": cors})
    assert s3.get_bucket_cors(Bucket=bucket)["CORSRules"] == cors
    bad = [{"AllowedMethods": ["PATCH"], "AllowedOrigins": ["*"]}]
    assert code(s3.put_bucket_cors, Bucket=bucket, CORSConfiguration={"CORSRules": bad}) == "InvalidRequest"


# Objects


def test_an_object_has_all_that_it_was_put_with(s3, bucket):
    put = s3.put_object(
        Bucket=bucket, Key="a/b.mp3", Body=b"abc", ContentType="audio/mpeg", CacheControl="max-age=60",
        ContentDisposition='attachment; filename="b.mp3"', ContentEncoding="identity", ContentLanguage="ko",
        Expires=datetime.datetime(2030, 1, 1), Metadata={"Duration-ms": "12", "empty": ""}, Tagging="a=1&b=%20%2B")
    assert put["ETag"] == '"900150983cd24fb0d6963f7d28e17f72"'
    for answer in (s3.get_object(Bucket=bucket, Key="a/b.mp3"), s3.head_object(Bucket=bucket, Key="a/b.mp3")):
        assert answer["ContentLength"] == 3 and answer["ETag"] == put["ETag"]
        assert answer["ContentType"] == "audio/mpeg" and answer["CacheControl"] == "max-age=60"
        assert answer["ContentDisposition"] == 'attachment; filename="b.mp3"'
        assert answer["ContentEncoding"] == "identity" and answer["ContentLanguage"] == "ko"
        assert answer["Metadata"] == {"duration-ms": "12", "empty": ""} and answer["AcceptRanges"] == "bytes"
        assert answer["ExpiresString"] == "Tue, 01 Jan 2030 00:00:00 GMT"
    assert s3.get_object(Bucket=bucket, Key="a/b.mp3")["Body"].read() == b"abc"
    assert s3.get_object(Bucket=bucket, Key="a/b.mp3")["TagCount"] == 2
    tags = s3.get_object_tagging(Bucket=bucket, Key="a/b.mp3")["TagSet"]
    assert tags == [{"Key": "a", "Value": "1"}, {"Key": "b", "Value": " +"}]
    overridden = s3.get_object(
        Bucket=bucket, Key="a/b.mp3", ResponseContentType="text/plain", ResponseContentDisposition="inline",
        ResponseCacheControl="no-store", ResponseContentLanguage="en")
    assert overridden["ContentType"] == "text/plain" and overridden["ContentDisposition"] == "inline"
    assert overridden["CacheControl"] == "no-store" and overridden["ContentLanguage"] == "en"
    for call in (s3.get_object, s3.get_object_tagging):
        assert code(call, Bucket=bucket, Key="nothing") == "NoSuchKey"
    assert status(s3.head_object, Bucket=bucket, Key="nothing") == 404
    s3.delete_object(Bucket=bucket, Key="a/b.mp3")
    s3.delete_object(Bucket=bucket, Key="a/b.mp3")
    assert status(s3.head_object, Bucket=bucket, Key="a/b.mp3") == 404


def test_what_is_too_much_is_refused(s3, bucket):
    assert code(s3.put_object, Bucket=bucket, Key="k" * 1025, Body=b"") == "KeyTooLongError"
    assert code(s3.put_object, Bucket=bucket, Key="a", Metadata={"a": "x" * 2048}) == "MetadataTooLarge"
    tags = "&".join(f"t{number}=1" for number in range(11))
    assert code(s3.put_object, Bucket=bucket, Key="a", Tagging=tags) == "BadRequest"
    assert code(s3.put_object, Bucket=bucket, Key="a", ServerSideEncryption="aws:kms") == "NotImplemented"
    assert code(s3.put_object, Bucket=bucket, Key="a", StorageClass="COLD") == "InvalidStorageClass"
    s3.put_object(Bucket=bucket, Key="k" * 1024, Body=b"1", ServerSideEncryption="AES256", ACL="private")
    assert status(s3.head_object, Bucket=bucket, Key="a") == 404


@pytest.mark.parametrize("wanted, served", [
    ("bytes=0-0", (0, 1)), ("bytes=2-4", (2, 5)), ("bytes=7-", (7, 10)), ("bytes=-3", (7, 10)), ("bytes=-99", (0, 10)),
    ("bytes=5-99", (5, 10)), ("bytes=9-9", (9, 10)),
])
def test_ranges(s3, bucket, wanted, served):
    s3.put_object(Bucket=bucket, Key="a", Body=b"0123456789")
    answer = s3.get_object(Bucket=bucket, Key="a", Range=wanted)
    assert answer["Body"].read() == b"0123456789"[slice(*served)]
    assert answer["ContentRange"] == f"bytes {served[0]}-{served[1] - 1}/10"
    assert answer["ResponseMetadata"]["HTTPStatusCode"] == 206
    assert s3.head_object(Bucket=bucket, Key="a", Range=wanted)["ContentLength"] == served[1] - served[0]


def test_ranges_that_are_none(s3, bucket):
    s3.put_object(Bucket=bucket, Key="a", Body=b"0123456789")
    s3.put_object(Bucket=bucket, Key="empty", Body=b"")
    for wanted in ("bytes=10-", "bytes=99-100", "bytes=-0"):
        assert code(s3.get_object, Bucket=bucket, Key="a", Range=wanted) == "InvalidRange"
    assert code(s3.get_object, Bucket=bucket, Key="empty", Range="bytes=0-") == "InvalidRange"
    for wanted in ("bytes=4-2", "items=0-1", "bytes=0-1,3-4", "bytes=a-b"):
        answer = s3.get_object(Bucket=bucket, Key="a", Range=wanted)
        assert answer["Body"].read() == b"0123456789" and "ContentRange" not in answer


def test_conditions_of_reads(s3, bucket):
    etag = s3.put_object(Bucket=bucket, Key="a", Body=b"1")["ETag"]
    moment = s3.head_object(Bucket=bucket, Key="a")["LastModified"]
    before, after = moment - datetime.timedelta(seconds=1), moment + datetime.timedelta(seconds=1)
    for call in (s3.get_object, s3.head_object):
        taken = [{"IfMatch": etag}, {"IfMatch": etag.strip('"')}, {"IfMatch": "*"}, {"IfNoneMatch": '"other"'},
                 {"IfModifiedSince": before}, {"IfUnmodifiedSince": moment},
                 {"IfMatch": etag, "IfUnmodifiedSince": before}, {"IfNoneMatch": '"other"', "IfModifiedSince": after}]
        for condition in taken:
            call(Bucket=bucket, Key="a", **condition)
        for condition in ({"IfMatch": '"other"'}, {"IfUnmodifiedSince": before}):
            assert status(call, Bucket=bucket, Key="a", **condition) == 412
        for condition in ({"IfNoneMatch": etag}, {"IfNoneMatch": "*"}, {"IfModifiedSince": moment},
                          {"IfNoneMatch": etag, "IfModifiedSince": before}):
            assert status(call, Bucket=bucket, Key="a", **condition) == 304


def test_conditions_of_writes(s3, bucket):
    etag = s3.put_object(Bucket=bucket, Key="a", Body=b"1", IfNoneMatch="*")["ETag"]
    assert code(s3.put_object, Bucket=bucket, Key="a", Body=b"2", IfNoneMatch="*") == "PreconditionFailed"
    assert code(s3.put_object, Bucket=bucket, Key="a", Body=b"2", IfMatch='"0"') == "PreconditionFailed"
    assert code(s3.put_object, Bucket=bucket, Key="b", Body=b"2", IfMatch=etag) == "NoSuchKey"
    assert s3.get_object(Bucket=bucket, Key="a")["Body"].read() == b"1"
    etag = s3.put_object(Bucket=bucket, Key="a", Body=b"3", IfMatch=etag)["ETag"]
    assert code(s3.delete_object, Bucket=bucket, Key="a", IfMatch='"0"') == "PreconditionFailed"
    s3.delete_object(Bucket=bucket, Key="a", IfMatch=etag)


def test_tags(s3, bucket):
    s3.put_object(Bucket=bucket, Key="a", Body=b"1")
    tags = [{"Key": "k&<", "Value": "값 \"'"}, {"Key": "l", "Value": ""}]
    s3.put_object_tagging(Bucket=bucket, Key="a", Tagging={"TagSet": tags})
    assert s3.get_object_tagging(Bucket=bucket, Key="a")["TagSet"] == tags
    twice = {"TagSet": [{"Key": "a", "Value": "1"}] * 2}
    assert code(s3.put_object_tagging, Bucket=bucket, Key="a", Tagging=twice) == "InvalidTag"
    s3.delete_object_tagging(Bucket=bucket, Key="a")
    assert s3.get_object_tagging(Bucket=bucket, Key="a")["TagSet"] == []


def test_copies(s3, bucket):
    s3.put_object(Bucket=bucket, Key="소스 +&?.mp3", Body=b"abc", ContentType="audio/mpeg", Metadata={"a": "1"}, Tagging="t=1")
    source = {"Bucket": bucket, "Key": "소스 +&?.mp3"}
    copied = s3.copy_object(Bucket=bucket, Key="copy", CopySource=source)["CopyObjectResult"]
    assert copied["ETag"] == '"900150983cd24fb0d6963f7d28e17f72"'
    found = s3.get_object(Bucket=bucket, Key="copy")
    assert found["Body"].read() == b"abc" and found["ContentType"] == "audio/mpeg" and found["Metadata"] == {"a": "1"}
    assert found["TagCount"] == 1
    s3.copy_object(Bucket=bucket, Key="copy", CopySource=source, MetadataDirective="REPLACE", Metadata={"b": "2"},
                   ContentType="a/b", TaggingDirective="REPLACE")
    found = s3.head_object(Bucket=bucket, Key="copy")
    assert found["Metadata"] == {"b": "2"} and found["ContentType"] == "a/b"
    assert s3.get_object_tagging(Bucket=bucket, Key="copy")["TagSet"] == []
    itself = {"Bucket": bucket, "Key": "copy", "CopySource": {"Bucket": bucket, "Key": "copy"}}
    assert code(s3.copy_object, **itself) == "InvalidRequest"
    s3.copy_object(**itself, MetadataDirective="REPLACE", Metadata={"c": "3"})
    assert s3.get_object(Bucket=bucket, Key="copy")["Body"].read() == b"abc"
    assert code(s3.copy_object, Bucket=bucket, Key="x", CopySource={"Bucket": bucket, "Key": "no"}) == "NoSuchKey"
    assert code(s3.copy_object, Bucket=bucket, Key="x", CopySource=source, CopySourceIfMatch='"0"') == "PreconditionFailed"
    checked = s3.copy_object(Bucket=bucket, Key="sum", CopySource=source, ChecksumAlgorithm="SHA256")["CopyObjectResult"]
    assert checked["ChecksumSHA256"] == base64.b64encode(hashlib.sha256(b"abc").digest()).decode()
    s3.delete_object(Bucket=bucket, Key=source["Key"])
    assert s3.get_object(Bucket=bucket, Key="sum")["Body"].read() == b"abc"
    assert s3.get_object(Bucket=bucket, Key="copy")["Body"].read() == b"abc"


def test_many_are_deleted_at_once(s3, bucket):
    keys = [f"k{number}&<>" for number in range(20)]
    for key in keys:
        s3.put_object(Bucket=bucket, Key=key, Body=b"")
    answer = s3.delete_objects(Bucket=bucket, Delete={"Objects": [{"Key": key} for key in keys[:15] + ["none"]]})
    assert [entry["Key"] for entry in answer["Deleted"]] == keys[:15] + ["none"] and "Errors" not in answer
    quiet = s3.delete_objects(Bucket=bucket, Delete={"Objects": [{"Key": keys[15]}], "Quiet": True})
    assert "Deleted" not in quiet
    assert [entry["Key"] for entry in s3.list_objects_v2(Bucket=bucket)["Contents"]] == sorted(keys[16:])
    assert code(s3.delete_objects, Bucket=bucket, Delete={"Objects": [{"Key": "a"}] * 1001}) == "MalformedXML"


# Listings


def test_listings_in_pages_are_what_one_listing_would_be(s3, bucket):
    generator = random.Random(20261126)
    parts = ["a", "b", "/", "//", "b/", "é", "e\u0301", "가", " ", "+", "&", "%2F", "~", "\U0001f600"]
    keys = {"".join(generator.choice(parts) for _ in range(generator.randint(1, 5))) for _ in range(120)}
    for key in keys:
        s3.put_object(Bucket=bucket, Key=key, Body=b"")
    in_order = sorted(keys, key=str.encode)
    for prefix, delimiter in (("", ""), ("", "/"), ("a", "/"), ("a/", "/"), ("", "b/"), ("é", ""), ("x", "/"), ("", "%2F")):
        expected = []
        for key in (key for key in in_order if key.startswith(prefix)):
            place = key.find(delimiter, len(prefix)) if delimiter else -1
            name = key if place < 0 else key[:place + len(delimiter)]
            if name not in expected:
                expected.append(name)
        for name, size in (("list_objects_v2", 7), ("list_objects", 7), ("list_objects_v2", 1000), ("list_objects_v2", 1),
                           ("list_object_versions", 5)):
            found = []
            options = {"Delimiter": delimiter} if delimiter else {}
            for page in s3.get_paginator(name).paginate(
                    Bucket=bucket, Prefix=prefix, PaginationConfig={"PageSize": size}, **options):
                entries = [entry["Key"] for entry in page.get("Contents", []) + page.get("Versions", [])]
                entries += [entry["Prefix"] for entry in page.get("CommonPrefixes", [])]
                assert len(entries) <= size and len(entries) == page.get("KeyCount", len(entries))
                found += sorted(entries, key=str.encode)
            assert found == expected, (name, size, prefix, delimiter)


def test_what_listings_say(s3, bucket):
    for key in ("a", "b", "c/1", "c/2", "d"):
        s3.put_object(Bucket=bucket, Key=key, Body=b"123", StorageClass="STANDARD_IA" if key == "b" else "STANDARD")
    page = s3.list_objects_v2(Bucket=bucket, StartAfter="a", MaxKeys=2, Delimiter="/", FetchOwner=True)
    assert [entry["Key"] for entry in page["Contents"]] == ["b"] and page["CommonPrefixes"] == [{"Prefix": "c/"}]
    entry = page["Contents"][0]
    assert entry["Size"] == 3 and entry["ETag"] == '"202cb962ac59075b964b07152d234b70"'
    assert entry["StorageClass"] == "STANDARD_IA" and entry["Owner"]["DisplayName"] == "speaktracker"
    assert page["IsTruncated"] and page["KeyCount"] == 2 and page["MaxKeys"] == 2 and page["StartAfter"] == "a"
    page = s3.list_objects_v2(Bucket=bucket, ContinuationToken=page["NextContinuationToken"], Delimiter="/")
    assert [entry["Key"] for entry in page["Contents"]] == ["d"] and not page["IsTruncated"]
    older = s3.list_objects(Bucket=bucket, Marker="b", MaxKeys=1)
    assert [entry["Key"] for entry in older["Contents"]] == ["c/1"] and older["Marker"] == "b" and older["IsTruncated"]
    assert s3.list_objects_v2(Bucket=bucket, MaxKeys=0)["KeyCount"] == 0
    assert code(s3.list_objects_v2, Bucket=bucket, MaxKeys=-1) == "InvalidArgument"
    assert code(s3.list_objects_v2, Bucket=bucket, ContinuationToken="~") == "InvalidArgument"


AWKWARD = [
    "/", "//", "/a", "a/", "a//b", "a/./b", "a/../b", "../x", "../../../../etc/passwd", ".", "..", "./a", "~", "-rf",
    " ", " a ", "a b", "a+b", "a%2Fb", "a%", "%", "%00", "a?b", "a#b", "a&b=c", "a;b", "a:b", "a@b", "a'b", 'a"b', "a\\b",
    "a\tb", "a\nb", "a\rb", "\x01\x1f", "\x7f", "<a>&amp;", "]]>", "[a]{b}|^`$,!*()", "é", "e\u0301", "한국어/문장.mp3",
    "\u00a0", "\u2028", "\ufeffa", "\ufffd", "\ufffe", "\U0001f600", "\U0010ffff", "COM1", "a" * 1024, "가" * 341, "/".join("ab" * 256),
    "uploads", "?uploads", "speaktracker-audio", "-/health", "000000000000/queue", ".incoming/x", "a.mp3", "a.MP3",
]


def test_awkward_keys_survive_a_round_trip(s3, bucket):
    for number, key in enumerate(AWKWARD):
        s3.put_object(Bucket=bucket, Key=key, Body=f"body {number}".encode())
    for number, key in enumerate(AWKWARD):
        assert s3.get_object(Bucket=bucket, Key=key)["Body"].read() == f"body {number}".encode(), key
        assert s3.head_object(Bucket=bucket, Key=key)["ContentLength"] == len(f"body {number}")
        url = s3.generate_presigned_url("get_object", Params={"Bucket": bucket, "Key": key})
        assert send("GET", url)[1] == f"body {number}".encode()
        listed = s3.list_objects_v2(Bucket=bucket, Prefix=key)["Contents"]
        assert [entry["Key"] for entry in listed][:1] == [key]
        copied = s3.copy_object(Bucket=bucket, Key=key, CopySource={"Bucket": bucket, "Key": key}, MetadataDirective="REPLACE")
        assert copied["CopyObjectResult"]["ETag"]
    listed = [entry["Key"] for entry in s3.list_objects_v2(Bucket=bucket)["Contents"]]
    assert listed == sorted(AWKWARD, key=str.encode)
    answer = s3.delete_objects(Bucket=bucket, Delete={"Objects": [{"Key": key} for key in AWKWARD[1::2] if is_xml(key)]})
    assert "Errors" not in answer
    left = [entry["Key"] for entry in s3.list_objects_v2(Bucket=bucket).get("Contents", [])]
    assert left == sorted((key for key in AWKWARD if key not in AWKWARD[1::2] or not is_xml(key)), key=str.encode)
    for key in AWKWARD:
        s3.delete_object(Bucket=bucket, Key=key)
    assert "Contents" not in s3.list_objects_v2(Bucket=bucket)


def is_xml(key):
    """XML 1.0 cannot hold some characters, whoever writes it."""
    return all(character in "\t\n" or ord(character) >= 32 and ord(character) not in (0xFFFE, 0xFFFF) for character in key)


def test_no_key_leads_out_of_the_folder(server, s3, bucket):
    root = server.folder
    before = {path for path in root.parent.rglob("*")}
    for key in ("../../escape", "/../../escape", "..%2F..%2Fescape", "a/../../../escape", "\\..\\escape"):
        s3.put_object(Bucket=bucket, Key=key, Body=b"out" * 2000)
    made = {path for path in root.parent.rglob("*")} - before
    assert made and all((root / "objects" / bucket) in [path, *path.parents] for path in made)
    for path in ("/../owner.lock", f"/{bucket}/../../owner.lock", f"/{bucket}/%2e%2e/%2e%2e/owner.lock"):
        assert send("GET", server.url + path)[0] in (400, 404)


def send(method, url, body=None, headers=None):
    """The status, the body and the headers of a request as it is, its path untouched."""
    request = urllib.request.Request(url, data=body, method=method, headers=headers or {})
    try:
        with urllib.request.urlopen(request) as answer:
            return answer.status, answer.read(), answer.headers
    except urllib.error.HTTPError as error:
        return error.code, error.read(), error.headers


# Uploads in parts


MIB = 1 << 20


def pieces(*sizes):
    generator = random.Random(sum(sizes))
    return [generator.randbytes(size) for size in sizes]


def etag_of(parts):
    return f'"{hashlib.md5(b"".join(hashlib.md5(part).digest() for part in parts)).hexdigest()}-{len(parts)}"'


def test_an_upload_in_parts(s3, bucket):
    parts = pieces(5 * MIB, 5 * MIB + 1, 3)
    upload = s3.create_multipart_upload(
        Bucket=bucket, Key="a", ContentType="audio/wav", Metadata={"m": "1"}, Tagging="t=1")["UploadId"]
    named = {"Bucket": bucket, "Key": "a", "UploadId": upload}
    s3.upload_part(**named, PartNumber=2, Body=b"to be replaced")
    tags = [s3.upload_part(**named, PartNumber=number, Body=part)["ETag"] for number, part in ((7, parts[2]), (2, parts[1]), (1, parts[0]))]
    s3.upload_part(**named, PartNumber=9, Body=b"left out")
    listed = s3.list_parts(**named, MaxParts=2)
    assert [part["PartNumber"] for part in listed["Parts"]] == [1, 2] and listed["IsTruncated"]
    rest = s3.list_parts(**named, PartNumberMarker=listed["NextPartNumberMarker"])
    assert [(part["PartNumber"], part["Size"]) for part in rest["Parts"]] == [(7, 3), (9, 8)]
    assert [upload["Key"] for upload in s3.list_multipart_uploads(Bucket=bucket)["Uploads"]] == ["a"]
    assert status(s3.head_object, Bucket=bucket, Key="a") == 404
    numbered = [{"PartNumber": 1, "ETag": tags[2]}, {"PartNumber": 2, "ETag": tags[1]}, {"PartNumber": 7, "ETag": tags[0]}]
    for wrong, expected in (
            (numbered[::-1], "InvalidPartOrder"), ([{"PartNumber": 3, "ETag": tags[0]}], "InvalidPart"),
            ([{"PartNumber": 1, "ETag": tags[0]}], "InvalidPart"), (numbered[::2][::-1], "InvalidPartOrder"),
            ([{"PartNumber": 7, "ETag": tags[0]}, {"PartNumber": 9, "ETag": hashlib.md5(b"left out").hexdigest()}], "EntityTooSmall")):
        assert code(s3.complete_multipart_upload, **named, MultipartUpload={"Parts": wrong}) == expected
    done = s3.complete_multipart_upload(**named, MultipartUpload={"Parts": numbered})
    assert done["ETag"] == etag_of(parts)
    assert s3.complete_multipart_upload(**named, MultipartUpload={"Parts": numbered})["ETag"] == done["ETag"]
    found = s3.get_object(Bucket=bucket, Key="a")
    whole = b"".join(parts)
    assert found["Body"].read() == whole and found["ETag"] == done["ETag"] and found["ContentType"] == "audio/wav"
    assert found["Metadata"] == {"m": "1"} and found["TagCount"] == 1
    border = len(parts[0])
    part = s3.get_object(Bucket=bucket, Key="a", Range=f"bytes={border - 5}-{border + 4}")
    assert part["Body"].read() == whole[border - 5:border + 5]
    third = s3.get_object(Bucket=bucket, Key="a", PartNumber=3)
    assert third["Body"].read() == parts[2] and third["PartsCount"] == 3
    assert code(s3.get_object, Bucket=bucket, Key="a", PartNumber=4) == "InvalidPartNumber"
    s3.copy_object(Bucket=bucket, Key="b", CopySource={"Bucket": bucket, "Key": "a"})
    copy = s3.get_object(Bucket=bucket, Key="b")
    assert copy["Body"].read() == whole and copy["ETag"] == f'"{hashlib.md5(whole).hexdigest()}"'
    assert "Uploads" not in s3.list_multipart_uploads(Bucket=bucket)


def test_an_upload_is_aborted(s3, bucket):
    upload = s3.create_multipart_upload(Bucket=bucket, Key="a")["UploadId"]
    named = {"Bucket": bucket, "Key": "a", "UploadId": upload}
    s3.upload_part(**named, PartNumber=1, Body=b"1")
    s3.abort_multipart_upload(**named)
    for call, more in ((s3.abort_multipart_upload, {}), (s3.list_parts, {}), (s3.upload_part, {"PartNumber": 1, "Body": b""}),
                       (s3.complete_multipart_upload, {"MultipartUpload": {"Parts": [{"PartNumber": 1, "ETag": "x"}]}})):
        assert code(call, **named, **more) == "NoSuchUpload"
    assert code(s3.upload_part, **named, PartNumber=10_001, Body=b"") == "InvalidArgument"


def test_parts_are_copied(s3, bucket):
    source = pieces(6 * MIB)[0]
    s3.put_object(Bucket=bucket, Key="source", Body=source)
    named = {"Bucket": bucket, "Key": "a", "UploadId": s3.create_multipart_upload(Bucket=bucket, Key="a")["UploadId"]}
    copy = {"CopySource": {"Bucket": bucket, "Key": "source"}}
    first = s3.upload_part_copy(**named, **copy, PartNumber=1)["CopyPartResult"]["ETag"]
    second = s3.upload_part_copy(**named, **copy, PartNumber=2, CopySourceRange="bytes=5-10")["CopyPartResult"]["ETag"]
    assert code(s3.upload_part_copy, **named, **copy, PartNumber=3, CopySourceRange="bytes=0-99999999") == "InvalidArgument"
    s3.complete_multipart_upload(**named, MultipartUpload={
        "Parts": [{"PartNumber": 1, "ETag": first}, {"PartNumber": 2, "ETag": second}]})
    assert s3.get_object(Bucket=bucket, Key="a")["Body"].read() == source + source[5:11]


def test_uploads_are_listed_in_pages(s3, bucket):
    begun = []
    for key in ("a", "b/1", "b/2", "c", "c", "c", "d"):
        begun.append((key, s3.create_multipart_upload(Bucket=bucket, Key=key)["UploadId"]))
    found = []
    for page in s3.get_paginator("list_multipart_uploads").paginate(Bucket=bucket, PaginationConfig={"PageSize": 2}):
        found += [(upload["Key"], upload["UploadId"]) for upload in page["Uploads"]]
    assert sorted(found) == sorted(begun) and [key for key, _ in found] == ["a", "b/1", "b/2", "c", "c", "c", "d"]
    page = s3.list_multipart_uploads(Bucket=bucket, Delimiter="/")
    assert [prefix["Prefix"] for prefix in page["CommonPrefixes"]] == ["b/"] and len(page["Uploads"]) == 5


def test_files_of_many_parts_come_and_go(s3, bucket, tmp_path):
    body = pieces(20 * MIB + 17)[0]
    (tmp_path / "up").write_bytes(body)
    config = boto3.s3.transfer.TransferConfig(multipart_threshold=5 * MIB, multipart_chunksize=5 * MIB)
    s3.upload_file(str(tmp_path / "up"), bucket, "file", Config=config, ExtraArgs={"ContentType": "audio/wav"})
    s3.download_file(bucket, "file", str(tmp_path / "down"), Config=config)
    assert (tmp_path / "down").read_bytes() == body
    assert s3.head_object(Bucket=bucket, Key="file")["ETag"].endswith('-5"')
    s3.upload_fileobj(io.BytesIO(body), bucket, "stream", Config=config)
    got = io.BytesIO()
    s3.download_fileobj(bucket, "stream", got)
    assert got.getvalue() == body
    attributes = s3.get_object_attributes(Bucket=bucket, Key="file", ObjectAttributes=[
        "ETag", "ObjectParts", "ObjectSize", "StorageClass", "Checksum"])
    assert attributes["ObjectSize"] == len(body) and attributes["ObjectParts"]["TotalPartsCount"] == 5
    s3.copy({"Bucket": bucket, "Key": "file"}, bucket, "copied", Config=config)
    assert s3.get_object(Bucket=bucket, Key="copied")["Body"].read() == body


# Presigned URLs


@pytest.mark.parametrize("version", ["s3v4", "s3"])
@pytest.mark.parametrize("style", ["path", "virtual"])
def test_presigned_urls_work_with_plain_http(server, bucket, version, style):
    client = boto3.client("s3", endpoint_url=server.url.replace("127.0.0.1", "localhost"), region_name="us-east-1", **KEYS,
                          config=Config(signature_version=version, s3={"addressing_style": style}))
    key = "녹음/a b+c.webm"
    url = client.generate_presigned_url(
        "put_object", Params={"Bucket": bucket, "Key": key, "ContentType": "audio/webm"}, ExpiresIn=60)
    host = urllib.parse.urlsplit(url).netloc
    assert host.startswith(bucket) == (style == "virtual")
    local = url.replace(host, server.url.removeprefix("http://"))
    assert send("PUT", local, b"sound", {"Content-Type": "audio/webm", "Host": host})[0] == 200
    url = client.generate_presigned_url("get_object", Params={
        "Bucket": bucket, "Key": key, "ResponseContentType": "audio/x", "ResponseContentDisposition": 'inline; filename="a"'})
    local = url.replace(host, server.url.removeprefix("http://"))
    answer, body, headers = send("GET", local, headers={"Host": host})
    assert (answer, body) == (200, b"sound")
    assert headers["Content-Type"] == "audio/x" and headers["Content-Disposition"] == 'inline; filename="a"'
    part = send("GET", local, headers={"Range": "bytes=-2", "Host": host})
    assert part[:2] == (206, b"nd") and part[2]["Content-Range"] == "bytes 3-4/5"


def test_presigned_urls_end(server, bucket):
    for version, field, earlier in (("s3v4", "X-Amz-Date", "20200101T000000Z"), ("s3", "Expires", "1577836800")):
        client = server.client("s3", signature_version=version)
        client.put_object(Bucket=bucket, Key="a", Body=b"1")
        url = client.generate_presigned_url("get_object", Params={"Bucket": bucket, "Key": "a"}, ExpiresIn=60)
        assert send("GET", url)[0] == 200
        parts = urllib.parse.urlsplit(url)
        query = {**dict(urllib.parse.parse_qsl(parts.query)), field: earlier}
        answer, body, _ = send("GET", parts._replace(query=urllib.parse.urlencode(query)).geturl())
        assert answer == 403 and b"Request has expired" in body


# Checksums


def checksum(algorithm, body):
    if algorithm == "CRC32":
        return base64.b64encode(zlib.crc32(body).to_bytes(4)).decode()
    return base64.b64encode(hashlib.new(algorithm.lower(), body).digest()).decode()


@pytest.mark.parametrize("algorithm", ["CRC32", "SHA1", "SHA256"])
def test_checksums_are_checked_and_given_back(s3, bucket, algorithm):
    body = pieces(100_000)[0]
    name = f"Checksum{algorithm}"
    for arguments in ({"ChecksumAlgorithm": algorithm}, {name: checksum(algorithm, body)}):
        put = s3.put_object(Bucket=bucket, Key="a", Body=body, **arguments)
        assert put[name] == checksum(algorithm, body) and put["ChecksumType"] == "FULL_OBJECT"
        for call in (s3.get_object, s3.head_object):
            answer = call(Bucket=bucket, Key="a", ChecksumMode="ENABLED")
            assert answer[name] == checksum(algorithm, body)
        attributes = s3.get_object_attributes(Bucket=bucket, Key="a", ObjectAttributes=["Checksum"])
        assert attributes["Checksum"][name] == checksum(algorithm, body)
    s3.get_object(Bucket=bucket, Key="a", ChecksumMode="ENABLED")["Body"].read()
    wrong = {name: checksum(algorithm, b"other")}
    assert code(s3.put_object, Bucket=bucket, Key="b", Body=body, **wrong) == "BadDigest"
    assert code(s3.put_object, Bucket=bucket, Key="b", Body=body, **{name: "x"}) == "InvalidRequest"
    assert status(s3.head_object, Bucket=bucket, Key="b") == 404


def test_content_md5_is_checked(server, s3, bucket):
    def put(digest, key="a"):
        return send("PUT", f"{server.url}/{bucket}/{key}", b"abc", {"Content-MD5": digest})
    assert put(base64.b64encode(hashlib.md5(b"abc").digest()).decode())[0] == 200
    answer, body, _ = put(base64.b64encode(hashlib.md5(b"abd").digest()).decode(), "b")
    assert answer == 400 and b"<Code>BadDigest</Code>" in body
    answer, body, _ = put("abc", "b")
    assert answer == 400 and b"<Code>InvalidDigest</Code>" in body
    assert send("GET", f"{server.url}/{bucket}/b")[0] == 404


@pytest.mark.parametrize("algorithm", ["CRC32", "SHA256"])
def test_checksums_of_parts(s3, bucket, algorithm):
    parts = pieces(5 * MIB, 1000)
    name = f"Checksum{algorithm}"
    upload = s3.create_multipart_upload(Bucket=bucket, Key="a", ChecksumAlgorithm=algorithm)
    assert upload["ChecksumAlgorithm"] == algorithm and upload["ChecksumType"] == "COMPOSITE"
    named = {"Bucket": bucket, "Key": "a", "UploadId": upload["UploadId"]}
    numbered = []
    for number, part in enumerate(parts, 1):
        answer = s3.upload_part(**named, PartNumber=number, Body=part, ChecksumAlgorithm=algorithm)
        assert answer[name] == checksum(algorithm, part)
        numbered.append({"PartNumber": number, "ETag": answer["ETag"], name: answer[name]})
    wrong = [numbered[0], {**numbered[1], name: numbered[0][name]}]
    assert code(s3.complete_multipart_upload, **named, MultipartUpload={"Parts": wrong}) == "InvalidPart"
    done = s3.complete_multipart_upload(**named, MultipartUpload={"Parts": numbered})
    digests = b"".join(base64.b64decode(part[name]) for part in numbered)
    assert done[name] == checksum(algorithm, digests) + "-2" and done["ChecksumType"] == "COMPOSITE"
    assert s3.head_object(Bucket=bucket, Key="a", ChecksumMode="ENABLED")[name] == done[name]
    second = s3.get_object(Bucket=bucket, Key="a", PartNumber=2, ChecksumMode="ENABLED")
    assert second[name] == numbered[1][name] and second["Body"].read() == parts[1]


def test_a_checksum_of_the_whole_follows_from_the_parts(s3, bucket):
    parts = pieces(5 * MIB, 1000)
    upload = s3.create_multipart_upload(Bucket=bucket, Key="a", ChecksumAlgorithm="CRC32", ChecksumType="FULL_OBJECT")
    named = {"Bucket": bucket, "Key": "a", "UploadId": upload["UploadId"]}
    numbered = []
    for number, part in enumerate(parts, 1):
        answer = s3.upload_part(**named, PartNumber=number, Body=part, ChecksumAlgorithm="CRC32")
        numbered.append({"PartNumber": number, "ETag": answer["ETag"], "ChecksumCRC32": answer["ChecksumCRC32"]})
    whole = checksum("CRC32", b"".join(parts))
    wrong = {"ChecksumCRC32": checksum("CRC32", b""), "ChecksumType": "FULL_OBJECT"}
    assert code(s3.complete_multipart_upload, **named, MultipartUpload={"Parts": numbered}, **wrong) == "BadDigest"
    done = s3.complete_multipart_upload(
        **named, MultipartUpload={"Parts": numbered}, ChecksumCRC32=whole, ChecksumType="FULL_OBJECT")
    assert done["ChecksumCRC32"] == whole and done["ChecksumType"] == "FULL_OBJECT"


def test_expiry_is_real(binary, tmp_path):
    from serving import Server
    server = Server(binary, tmp_path / "data", "--sweep-seconds", "1")
    s3 = server.client("s3")
    s3.create_bucket(Bucket="expiring")
    for key, tags in (("old/a", ""), ("old/b", "keep=no"), ("new/a", "")):
        s3.put_object(Bucket="expiring", Key=key, Body=b"1", Tagging=tags)
    filter = {"And": {"Prefix": "old/", "Tags": [{"Key": "keep", "Value": "no"}]}}
    s3.put_bucket_lifecycle_configuration(Bucket="expiring", LifecycleConfiguration={"Rules": [
        {"ID": "a", "Status": "Enabled", "Filter": filter, "Expiration": {"Date": datetime.datetime(2020, 1, 1)}},
        {"ID": "b", "Status": "Disabled", "Filter": {"Prefix": ""}, "Expiration": {"Date": datetime.datetime(2020, 1, 1)}},
        {"ID": "c", "Status": "Enabled", "Filter": {"Prefix": "new/"}, "Expiration": {"Days": 1}}]})
    wait_until(lambda: [entry["Key"] for entry in s3.list_objects_v2(Bucket="expiring")["Contents"]] == ["new/a", "old/a"])
    assert server.stop() == 0


def wait_until(condition, seconds=30):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_what_is_not_there_is_said_so(server, s3, bucket):
    form = {"Content-Type": "multipart/form-data; boundary=x"}
    answer, body, _ = send("POST", f"{server.url}/{bucket}", b"--x--", form)
    assert answer == 501 and b"<Code>NotImplemented</Code>" in body
    s3.put_object(Bucket=bucket, Key="a", Body=b"1")
    assert code(s3.get_object_torrent, Bucket=bucket, Key="a") == "NotImplemented"
    assert code(s3.get_object, Bucket=bucket, Key="a", VersionId="abc") == "NoSuchVersion"
    assert send("PATCH", f"{server.url}/{bucket}/a")[0] == 405
