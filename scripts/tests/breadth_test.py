"""Tests of scripts/breadth: what is counted, and which differences of metrics are found."""

import sys
import tempfile
import unittest
from pathlib import Path
from unittest import mock

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "lib"))
from cases import script

breadth = script("breadth")

TYPES = {
    "cdk.aws_sqs.QueueBase": {
        "kind": "class",
        "name": "QueueBase",
        "namespace": "aws_sqs",
        "abstract": True,
        "base": "constructs.Construct",
        "methods": [{"name": "grantPurge"}, {"name": "metricNumberOfMessagesSent"}, {"name": "grantee"}],
    },
    "cdk.aws_sqs.Queue": {
        "kind": "class",
        "name": "Queue",
        "namespace": "aws_sqs",
        "base": "cdk.aws_sqs.QueueBase",
        "methods": [{"name": "fromQueueArn", "static": True}, {"name": "grantPurge"}, {"name": "metricAll", "static": True}],
    },
    "cdk.aws_sqs.CfnQueue": {"kind": "class", "name": "CfnQueue", "namespace": "aws_sqs", "base": "constructs.Construct"},
    "cdk.aws_sqs.QueueGrants": {"kind": "class", "name": "QueueGrants", "namespace": "aws_sqs", "methods": [{"name": "grantPurge"}]},
}

OURS = """
    const COMMON: "https://example.com" for Queue<'_> => {
        /// Returns the number of sent messages.
        metric_sent = "NumberOfMessagesSent", STATISTIC, Count;
    }
}
metrics! {
    impl Queue<'_>: "AWS/SQS", [COMMON], |queue| ["DIMENSION" = queue.name()]
}
"""


class Breadth(unittest.TestCase):
    def test_classes_and_their_methods_are_counted_with_inherited_ones(self) -> None:
        self.assertEqual(breadth.cdk_counts(TYPES), {"sqs": {"constructs": 1, "grants": 1, "metrics": 1, "imports": 1}})
        lines = [
            "construct\tinfra_lib::sqs::Queue\tA queue.\tfrom_arn grant_send metric metric_sent metric_named metrics grantee",
            "construct\tinfra_lib::sqs::ImportedQueue\tAn existing queue.\tgrant_send",
            "enum\tinfra_lib::sqs::Encryption\tEncryption.\tfrom_key",
        ]
        self.assertEqual(breadth.our_counts(lines), {"sqs": {"constructs": 1, "grants": 1, "metrics": 2, "imports": 1}})

    def test_construct_without_import_needs_a_reason_that_applies(self) -> None:
        lines = [
            "construct\tinfra_lib::sqs::Queue\tA queue.\tfrom_arn grant_send",
            "construct\tinfra_lib::sqs::ImportedQueue\tAn existing queue.\tgrant_send",
            "construct\tinfra_lib::sns::TopicRef\tA topic.\tarn",
            "construct\tinfra_lib::apigateway::SpecRestApi\tAn API.\tfrom_openapi",
            "construct\tinfra_lib::sqs::Policy\tA policy.\tcfn",
            "enum\tinfra_lib::sqs::Encryption\tEncryption.\tkey",
        ]
        with mock.patch.dict(breadth.WITHOUT_IMPORT, {"a part": "sqs::Policy", "another": "apigateway::SpecRestApi"}, clear=True):
            self.assertEqual(breadth.imports(lines), [])
        with mock.patch.dict(breadth.WITHOUT_IMPORT, {"a part": "sqs::Queue sqs::Queue sqs::Policy"}, clear=True):
            self.assertEqual(
                breadth.imports(lines),
                [
                    "apigateway::SpecRestApi has no import: write one with `import!`, or list it in WITHOUT_IMPORT with the reason",
                    "sqs::Queue has an import or is no construct: remove it from WITHOUT_IMPORT",
                    "sqs::Queue is in WITHOUT_IMPORT twice",
                ],
            )

    def test_page_has_modules_of_ours_and_the_sum_of_others(self) -> None:
        ours = {"sqs": breadth.Counter(constructs=2)}
        theirs = {"sqs": breadth.Counter(constructs=1), "eks": breadth.Counter(constructs=16), "glue": breadth.Counter(constructs=15)}
        page = breadth.render(ours, theirs, "2.0.0")
        self.assertIn("| `sqs` | 2 / 1 | 0 / 0 |", page)
        self.assertIn("| 2 other modules | 0 / 31 |", page)
        self.assertIn("| all | 2 / 32 |", page)
        self.assertNotIn("eks", page)

    def found(self, statistic: str, dimension: str) -> list[str]:
        with tempfile.TemporaryDirectory() as folder, mock.patch.dict(breadth.DIFFERENT, clear=True):
            library = Path(folder, "aws-sqs/lib")
            library.mkdir(parents=True)
            canned = library / "sqs-canned-metrics.generated.js"
            canned.write_text(
                'static sentAverage(dimensions){return{namespace:"AWS/SQS",metricName:"NumberOfMessagesSent",dimensionsMap:dimensions,statistic:"Average"}}'
            )
            canned.with_suffix(".d.ts").write_text("static sentAverage(this: void, dimensions: {\n  QueueName: string;\n}): M;")
            (library / "queue.js").write_text('metricSent(props){return this.metric("NumberOfMessagesSent",{statistic:"Sum",...props})}')
            source = Path(folder, "source")
            source.mkdir()
            (source / "metrics.rs").write_text(OURS.replace("STATISTIC", statistic).replace("DIMENSION", dimension))
            return breadth.differences(breadth.our_metrics(source), breadth.CdkMetrics(Path(folder)))

    def test_statistic_of_the_method_counts_before_that_of_the_data(self) -> None:
        self.assertEqual(self.found("Sum", "QueueName"), [])
        self.assertEqual(self.found("Average", "QueueName"), ["AWS/SQS NumberOfMessagesSent: average in infra-lib, sum in aws-cdk-lib"])

    def test_dimension_that_the_cdk_lacks_is_found(self) -> None:
        self.assertEqual(self.found("Sum", "Queue"), ["AWS/SQS NumberOfMessagesSent: no dimensions Queue in aws-cdk-lib"])

    def test_reason_that_no_longer_applies_is_found(self) -> None:
        ours = {breadth.Metric("AWS/SQS", "Sent", "sum", frozenset())}
        theirs = breadth.CdkMetrics(Path("/nonexistent"))
        with mock.patch.dict(breadth.DIFFERENT, {("AWS/SQS", "Sent"): "one"}, clear=True):
            self.assertEqual(breadth.differences(ours, theirs), ["AWS/SQS Sent: the reason for another statistic no longer applies"])


if __name__ == "__main__":
    unittest.main()
