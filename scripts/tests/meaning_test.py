"""Templates that mean the same are equal, and others are not."""

from __future__ import annotations

import sys
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "lib"))
from meaning import meaning, plain


def role(*policies: dict) -> dict:
    return {"Type": "AWS::IAM::Role", "Properties": {"Policies": [{"PolicyName": "P", "PolicyDocument": document} for document in policies]}}


def document(actions: object, resource: object, **more: object) -> dict:
    return {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": actions, "Resource": resource, **more}]}


class Meaning(unittest.TestCase):
    def test_joined_and_substituted_texts_are_equal(self) -> None:
        joined = {"Fn::Join": ["", ["arn:", {"Ref": "AWS::Partition"}, ":s3:::", {"Fn::GetAtt": ["Files", "Name"]}]]}
        self.assertEqual(plain(joined), plain({"Fn::Sub": "arn:${AWS::Partition}:s3:::${Files.Name}"}))
        self.assertNotEqual(plain(joined), plain({"Fn::Sub": "arn:${AWS::Partition}:s3:::${Files}"}))
        self.assertNotEqual(plain("${Files}"), plain({"Ref": "Files"}))

    def test_json_in_texts_is_compared_as_json(self) -> None:
        self.assertEqual(plain('{"a":1,"b":2}'), plain('{"b": 2, "a": 1}'))
        self.assertNotEqual(plain('{"a":1}'), plain('{"a":2}'))

    def test_permissions_are_those_of_inline_and_separate_policies(self) -> None:
        separate = {"Type": "AWS::IAM::Policy", "Properties": {"Roles": [{"Ref": "Role"}], "PolicyDocument": document("s3:GetObject", ["a"])}}
        apart = meaning({"Role": role(document(["s3:PutObject"], "a")), "Policy": separate})
        together = meaning({"Role": role(document(["s3:PutObject", "s3:GetObject"], "a", Sid="Files"))})
        self.assertEqual(apart, together)
        self.assertNotEqual(apart, meaning({"Role": role(document(["s3:PutObject", "s3:GetObject"], "b"))}))
        condition = {"Condition": {"Bool": {"aws:SecureTransport": "true"}}}
        self.assertNotEqual(apart, meaning({"Role": role(document(["s3:PutObject", "s3:GetObject"], "a", **condition))}))

    def test_deletion_policies_other_than_the_default_count(self) -> None:
        queue = {"Type": "AWS::SQS::Queue"}
        self.assertEqual(meaning({"Queue": queue}), meaning({"Queue": {**queue, "DeletionPolicy": "Delete"}}))
        self.assertNotEqual(meaning({"Queue": queue}), meaning({"Queue": {**queue, "DeletionPolicy": "Retain"}}))

    def test_order_counts_except_after_roles_and_policies(self) -> None:
        resources = {"Role": role(), "Table": {"Type": "AWS::DynamoDB::Table"}}
        queue = {"Type": "AWS::SQS::Queue"}
        self.assertEqual(meaning({**resources, "Queue": queue}), meaning({**resources, "Queue": {**queue, "DependsOn": ["Role"]}}))
        self.assertNotEqual(meaning({**resources, "Queue": queue}), meaning({**resources, "Queue": {**queue, "DependsOn": "Table"}}))

    def test_versions_are_equal_whatever_their_digest(self) -> None:
        version = {"Type": "AWS::Lambda::Version"}
        alias = {"Type": "AWS::Lambda::Alias"}
        ours = meaning({"CurrentVersion4E2B22613FE608CA": version, "Alias": {**alias, "DependsOn": "CurrentVersion4E2B22613FE608CA"}})
        theirs = meaning({"CurrentVersion4E2B2261d157e5db": version, "Alias": {**alias, "DependsOn": "CurrentVersion4E2B2261d157e5db"}})
        self.assertEqual(ours, theirs)


if __name__ == "__main__":
    unittest.main()
