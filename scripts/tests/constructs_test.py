"""Tests of the pages of constructs: of the reader of the sources, and of what a page says."""

import sys
import unittest
from pathlib import Path
from unittest import mock

SCRIPTS = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(SCRIPTS / "lib"))
import constructs  # noqa: E402

MACRO = """
    pub struct Jobs<'app>: "infra-lib.sqs.Jobs" {
        queue: CfnQueue<'app>,
    }

    /// Properties of [`Jobs`].
    pub struct JobsProps, JobsBuilder, jobs_builder {
        /// Name of the queue.
        text queue_name,
        /// Time that a consumer
        /// has. Default: 5 minutes (CloudFormation: 30
        /// seconds). It can be short.
        default visibility_timeout: Duration = Duration::minutes(5),
        /// Pairs. Default: none, as in CloudFormation.
        optional pairs: Vec<(String, Value<String>)>,
        /// Target of failed messages.
        required_handle failed: Queue<'app>,
    }
"""

STRUCT = """
    #[builder(field)]
    rules: Vec<Rule>,
    /// VPC of the group.
    #[builder(into)]
    vpc: Vpc<'app>,
    /// Physical name. Default: a generated name.
    #[builder(with = |name: impl IntoValue<String>| name.into_value())]
    group_name: Option<Value<String>>,
    /// Outbound traffic. Default: none (CloudFormation: all).
    #[builder(default)]
    egress: Egress,
    #[builder(default = Zones::Count(2), setters(name = zones_internal, vis = ""))]
    zones: Zones,
"""

METHODS = """
impl<'app, S: jobs_builder::State> JobsBuilder<'app, S> {
    /// Adds a rule.
    pub fn rule(mut self, name: impl Into<String>, value: impl IntoValue<String>) -> Self {
        self
    }

    /// Sets the subnets.
    pub fn subnets<T: Tier>(self, subnets: T) -> JobsBuilder<'app, jobs_builder::SetSubnets<S>>
    where
        S::Subnets: jobs_builder::IsUnset,
    {
        self
    }

    /// Adds it.
    pub fn build(self) {}
}
"""


class Sources(unittest.TestCase):
    def test_reads_properties_of_the_macro(self):
        name, timeout, pairs, failed = constructs.macro_properties(MACRO)
        self.assertEqual((name.name, name.type, name.default), ("queue_name", "Value<String>", "none"))
        self.assertEqual((timeout.default, timeout.elsewhere), ("5 minutes", "30 seconds"))
        self.assertEqual(timeout.description, "Time that a consumer has. It can be short.")
        self.assertEqual((pairs.type, pairs.default, pairs.elsewhere), ("Vec<(String, Value<String>)>", "none", "the same"))
        self.assertEqual((failed.type, failed.default), ("Queue", "required"))

    def test_reads_fields_of_a_builder_without_internal_ones(self):
        found = constructs.struct_properties(STRUCT)
        self.assertEqual(
            [(one.name, one.type, one.default, one.elsewhere) for one in found],
            [("vpc", "Vpc", "required", ""), ("group_name", "Value<String>", "a generated name", ""), ("egress", "Egress", "none", "all")],
        )

    def test_reads_setters_that_are_methods(self):
        rule, subnets = constructs.method_properties(METHODS, "JobsBuilder")
        self.assertEqual((rule.type, rule.required), ("impl Into<String>, impl IntoValue<String>", False))
        self.assertEqual((subnets.type, subnets.required), ("impl Tier", True))

    def test_reads_from_the_model_what_a_change_does(self):
        queue = constructs.schema_of("AWS::SQS::Queue")
        self.assertEqual((queue["QueueName"].change, queue["VisibilityTimeout"].change), ("replacement", "update"))
        self.assertNotIn("Arn", queue)
        self.assertEqual(constructs.schema_of("AWS::DynamoDB::Table")["KeySchema"].change, "update or replacement")
        self.assertEqual(queue["MessageRetentionPeriod"].default, "`345,600` seconds (4 days)")


class Pages(unittest.TestCase):
    def test_every_construct_has_a_complete_page(self):
        self.assertEqual(constructs.problems(), [])

    def test_a_construct_without_a_page_or_an_example_is_reported(self):
        some = [one for one in constructs.constructs() if (one.service, one.name) != ("sqs", "Queue")]
        some.append(constructs.Construct("sqs", "Bare", "A bare construct."))
        with mock.patch.object(constructs, "constructs", lambda: some):
            problems = constructs.problems()
        self.assertIn("sqs::Queue has no page", problems)
        self.assertIn("sqs::Bare: the documentation has no example", problems)

    def test_a_property_that_the_model_lacks_is_refused(self):
        queue = constructs.Construct("sqs", "Queue", "An `AWS::SQS::Queue`.")
        with self.assertRaisesRegex(ValueError, "sqs::Queue.retention: AWS::SQS::Queue has no property Retention"):
            constructs.schema_property(queue, "retention", {"sqs::Queue": {"retention": "Retention"}})

    def test_a_page_has_a_row_for_each_setter(self):
        text = constructs.derived()[constructs.PAGES / "sqs/queue.md"]
        self.assertIn("| `receive_wait_time` | `Duration` | 20 seconds, long polling, which saves requests | none | update<br>`ReceiveMessageWaitTimeSeconds` |", text)
        self.assertNotIn("\n# assert", text)


if __name__ == "__main__":
    unittest.main()
