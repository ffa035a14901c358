//! Tables of Amazon DynamoDB.

use super::attribute::{Attribute, key_schema};
use super::checks::Layout;
use super::import::TableImport;
use super::imported::ImportedTable;
use super::index::{GlobalIndex, LocalIndex, filled, index_setters, names};
use super::options::{Billing, PointInTimeRecovery, StreamView, TableClass, TableEncryption};
use crate::cfn::dynamodb::table::{BillingMode, TableClass as CfnTableClass};
use crate::cfn::dynamodb::{CfnTable, CfnTableProps};
use crate::construct::With;
use crate::core::{Arn, Data, IntoValue, Name, RemovalPolicy, Scope, Value};
use crate::iam::{PolicyDocument, PolicyUse, ResourcePolicy, Statement};
use crate::kind;
use crate::kms::KeyRef;

crate::construct! {
    /// A DynamoDB table.
    ///
    /// Creates an
    /// [`AWS::DynamoDB::Table`](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-dynamodb-table.html).
    /// Defaults:
    ///
    /// | property | here | CloudFormation |
    /// |---|---|---|
    /// | billing | on demand | provisioned, with a capacity that must be set |
    /// | changes of provisioned capacity | none; [`scale_read`](Self::scale_read) and others add them | none |
    /// | point-in-time recovery | 35 days | off |
    /// | deletion protection | on, unless the removal policy is `Destroy` | off |
    /// | encryption | with a key that AWS owns | the same |
    /// | attributes of indexes | all | must be set |
    /// | stream of changes | off | off |
    /// | name | generated | generated |
    /// | removal from the template | retained | deleted |
    ///
    /// ```
    /// use infra_lib::dynamodb::{Attribute, GlobalIndex, Table};
    /// use infra_lib::{App, Stack};
    ///
    /// let app = App::new();
    /// let stack = Stack::new(&app, "Stack");
    /// let notes = Table::builder()
    ///     .partition_key(Attribute::string("owner"))
    ///     .sort_key(Attribute::string("id"))
    ///     .global_index(GlobalIndex::new("byTag", Attribute::string("tag")))
    ///     .time_to_live("expires")
    ///     .build(stack, "Notes");
    /// # assert!(app.synth().findings().is_empty());
    /// ```
    pub struct Table<'app>: "infra-lib.dynamodb.Table" {
        resource: CfnTable<'app>,
        encryption: TableEncryption<'app>,
    }

    /// Properties of a [`Table`], set through [`Table::builder`].
    pub struct TableProps, TableBuilder, table_builder {
        /// Physical name of the table. Default: a generated name, so that CloudFormation can replace the table.
        text table_name,
        /// Partition key, which selects the partition of an item. A change replaces the table.
        required partition_key: Attribute,
        /// Sort key, which orders the items of a partition key. Default: none. A change replaces the table.
        optional sort_key: Attribute,
        /// Global secondary indexes, at most 20 (`INF4823`).
        list global_indexes: GlobalIndex,
        /// Local secondary indexes, at most 5 (`INF4823`).
        list local_indexes: LocalIndex,
        /// Billing of the table and its indexes. Default: on demand (CloudFormation: provisioned).
        default billing: Billing = Billing::OnDemand,
        /// Continuous backups. Default: of 35 days (CloudFormation: none).
        default point_in_time_recovery: PointInTimeRecovery = PointInTimeRecovery::On,
        /// Attribute with the expiry of an item, a number of seconds since 1970. Default: none; items never expire.
        text time_to_live,
        /// Stream of the changes of items. Default: none.
        optional stream: StreamView,
        /// Encryption at rest. Default: with a key that AWS owns, as in CloudFormation.
        default encryption: TableEncryption<'app> = TableEncryption::AwsOwned,
        /// Class of the table. Default: standard, as in CloudFormation.
        default table_class: TableClass = TableClass::Standard,
        /// Recording of the most used keys by CloudWatch Contributor Insights, at a price. Default: off, as in
        /// CloudFormation.
        default contributor_insights: bool = false,
        /// Items with which the table is created. Default: none, as in CloudFormation. A change replaces the table.
        optional import: TableImport,
        /// Protection against deletion. Default: on, unless the removal policy is `Destroy` (CloudFormation: off).
        optional deletion_protection: bool,
        /// Removal policy of the table. Default: it is retained (CloudFormation: deleted).
        default removal_policy: RemovalPolicy = RemovalPolicy::Retain,
    }
}

index_setters!(TableBuilder, table_builder);

impl<'app> Table<'app> {
    fn create(scope: Scope<'app>, props: TableProps<'app>) -> Self {
        let layout = Layout {
            partition_key: &props.partition_key,
            sort_key: props.sort_key.as_ref(),
            global_indexes: &props.global_indexes,
            local_indexes: &props.local_indexes,
        };
        let time_to_live = props.time_to_live.as_ref().and_then(Value::as_literal);
        let no_capacity = [
            "its table is billed on demand",
            "no capacity, or `.billing(Billing::Provisioned(…))`",
        ];
        let on_demand = !matches!(props.billing, Billing::Provisioned(_));
        layout.check(on_demand.then_some(no_capacity), time_to_live, scope);
        let capacity = match props.billing {
            Billing::Provisioned(capacity) => Some(capacity),
            Billing::OnDemand | Billing::OnDemandUpTo(_) => None,
        };
        let keys = key_schema(&props.partition_key, props.sort_key.as_ref());
        let global = props.global_indexes.iter().map(|one| one.data(capacity));
        let local = props.local_indexes.iter();
        let local = local.map(|one| one.data(&props.partition_key));
        let protected = props
            .deletion_protection
            .unwrap_or(props.removal_policy != RemovalPolicy::Destroy);
        let mut cfn = CfnTableProps::new(Value::from_data(keys))
            .with(props.table_name, CfnTableProps::table_name)
            .attribute_definitions(Value::from_data(layout.definitions()))
            .with(filled(global), CfnTableProps::global_secondary_indexes)
            .with(filled(local), CfnTableProps::local_secondary_indexes)
            .with(props.point_in_time_recovery.property(), |cfn, data| {
                cfn.point_in_time_recovery_specification(Value::from_data(data))
            })
            .deletion_protection_enabled(protected);
        cfn = match props.billing {
            Billing::OnDemand => cfn.billing_mode(BillingMode::PAY_PER_REQUEST),
            Billing::OnDemandUpTo(most) => cfn
                .billing_mode(BillingMode::PAY_PER_REQUEST)
                .on_demand_throughput(Value::from_data(most.on_demand())),
            Billing::Provisioned(capacity) => cfn
                .billing_mode(BillingMode::PROVISIONED)
                .provisioned_throughput(Value::from_data(capacity.provisioned())),
        };
        if let Some(name) = props.time_to_live {
            let on = [
                ("AttributeName", name.into_data()),
                ("Enabled", Data::from(true)),
            ];
            cfn = cfn.time_to_live_specification(Value::from_data(Data::map(on)));
        }
        if let Some(view) = props.stream {
            let view = [("StreamViewType", Data::from(view.as_str()))];
            cfn = cfn.stream_specification(Value::from_data(Data::map(view)));
        }
        if let Some(data) = encryption(props.encryption) {
            cfn = cfn.sse_specification(Value::from_data(data));
        }
        if props.table_class == TableClass::InfrequentAccess {
            cfn = cfn.table_class(CfnTableClass::STANDARD_INFREQUENT_ACCESS);
        }
        if let Some(import) = props.import {
            cfn = cfn.import_source_specification(Value::from_data(import.property()));
        }
        if props.contributor_insights {
            let on = [("Enabled", Data::from(true))];
            cfn = cfn.contributor_insights_specification(Value::from_data(Data::map(on)));
        }
        let resource = cfn.build(scope, "Resource");
        resource.apply_removal_policy(props.removal_policy);
        Self {
            scope,
            resource,
            encryption: props.encryption,
        }
    }

    /// Imports an existing table by its ARN. Its policy does not belong to this app.
    pub fn from_arn(arn: impl IntoValue<Arn<kind::dynamodb::Table>>) -> ImportedTable {
        ImportedTable::from_arn(arn)
    }

    /// Returns the ARN of the table.
    pub fn arn(&self) -> Value<Arn<kind::dynamodb::Table>> {
        self.resource.attr_arn()
    }

    /// Returns the physical name of the table.
    pub fn table_name(&self) -> Value<Name<kind::dynamodb::Table>> {
        self.resource.ref_()
    }

    /// Returns the ARN of the stream of changes, or `None` for a table without a stream.
    pub fn stream_arn(&self) -> Option<Value<String>> {
        let has_stream = self.resource.has_prop("StreamSpecification");
        has_stream.then(|| self.resource.attr_stream_arn())
    }

    /// Returns the L1 binding of the table.
    pub fn cfn(&self) -> CfnTable<'app> {
        self.resource
    }

    /// Returns the customer managed key of the table, or `None` for keys of AWS.
    pub fn encryption_key(&self) -> Option<KeyRef<'app>> {
        self.encryption.customer_key()
    }

    /// Returns the names of the global and local secondary indexes.
    pub fn index_names(&self) -> Vec<String> {
        names(*self.resource)
    }

    /// Adds a statement to the policy of the table. Its resource is `*`, which is the table and its indexes there.
    #[track_caller]
    pub fn add_statement(&self, statement: Statement) {
        statement.check_complete(PolicyUse::Resource, self.scope);
        PolicyDocument::add_to(*self.resource, "ResourcePolicy.PolicyDocument", statement);
    }
}

impl<'app> ResourcePolicy<'app> for Table<'app> {
    #[track_caller]
    fn add_to_resource_policy(&self, statement: Statement) {
        self.add_statement(statement);
    }

    /// Returns `*`: a table that named itself in its policy would wait for itself.
    fn policy_resources(&self, _: Vec<Value<String>>) -> Vec<Value<String>> {
        vec![crate::core::value("*")]
    }
}

fn encryption(encryption: TableEncryption<'_>) -> Option<Data> {
    let on = ("SSEEnabled", Data::from(true));
    match encryption {
        TableEncryption::AwsOwned => None,
        TableEncryption::AwsManagedKey => Some(Data::map([on])),
        TableEncryption::Key(key) => Some(Data::map([
            on,
            ("SSEType", Data::from("KMS")),
            ("KMSMasterKeyId", key.arn().into_data()),
        ])),
    }
}
