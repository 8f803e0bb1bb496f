"""botocore's model of SQS as it was when SQS spoke the Query protocol, made of the one of today.

The older model said how each list and map is written in a form; today's says only that they are flat.
"""

import json
import pathlib

import botocore.loaders

LISTS = {
    "AWSAccountIdList": "AWSAccountId", "ActionNameList": "ActionName", "AttributeNameList": "AttributeName",
    "BatchResultErrorEntryList": "BatchResultErrorEntry", "BinaryList": "BinaryListValue",
    "MessageAttributeNameList": "MessageAttributeName", "MessageList": "Message",
    "MessageSystemAttributeList": "MessageSystemAttributeName", "QueueUrlList": "QueueUrl",
    "StringList": "StringListValue", "TagKeyList": "TagKey",
}
MAPS = {
    "MessageBodyAttributeMap": ("MessageAttribute", "Name"),
    "MessageBodySystemAttributeMap": ("MessageSystemAttribute", "Name"),
    "MessageSystemAttributeMap": ("Attribute", "Name"), "QueueAttributeMap": ("Attribute", "Name"),
    "TagMap": ("Tag", "Key"),
}


def write_model(folder):
    """Puts the older model where a loader with this search path finds it first."""
    model = json.loads(json.dumps(botocore.loaders.Loader().load_service_model("sqs", "service-2")))
    metadata = model["metadata"]
    metadata["protocol"], metadata["protocols"] = "query", ["query"]
    metadata["xmlNamespace"] = "http://queue.amazonaws.com/doc/2012-11-05/"
    for name in ("awsQueryCompatible", "jsonVersion", "targetPrefix"):
        metadata.pop(name)
    shapes = model["shapes"]
    for name, shape in shapes.items():
        if shape["type"] == "list":
            shape["flattened"] = True
            shape["member"]["locationName"] = LISTS.get(name) or name.removesuffix("List")
        elif shape["type"] == "map":
            shape["flattened"] = True
            shape["key"]["locationName"], shape["value"]["locationName"] = MAPS[name][1], "Value"
    for shape in shapes.values():
        for member in shape.get("members", {}).values():
            target = shapes[member["shape"]]
            if target["type"] == "list":
                member["locationName"] = target["member"]["locationName"]
            elif target["type"] == "map":
                member["locationName"] = MAPS[member["shape"]][0]
    for name, operation in model["operations"].items():
        if shapes.get(operation.get("output", {}).get("shape"), {}).get("members"):
            operation["output"]["resultWrapper"] = name + "Result"
    path = pathlib.Path(folder) / "sqs" / "2012-11-05"
    path.mkdir(parents=True)
    (path / "service-2.json").write_text(json.dumps(model))
