import os

import boto3

TABLE = boto3.resource("dynamodb").Table(os.environ["TABLE"])


def handler(event, context):
    """Counts the calls with the same id."""
    item = TABLE.update_item(
        Key={"id": event["id"]},
        UpdateExpression="ADD calls :one",
        ExpressionAttributeValues={":one": 1},
        ReturnValues="UPDATED_NEW",
    )
    return {"calls": int(item["Attributes"]["calls"])}
