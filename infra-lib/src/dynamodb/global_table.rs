//! Tables of Amazon DynamoDB in several regions.

use super::attribute::{Attribute, key_schema};
use super::checks::Layout;
use super::global_checks::{Regions, check};
use super::global_options::{Consistency, GlobalBilling};
use super::imported::ImportedTable;
use super::index::{GlobalIndex, LocalIndex, filled, index_setters, names};
use super::options::{PointInTimeRecovery, StreamView, TableClass, TableEncryption};
use super::replica::{Replica, ReplicaSettings, entry};
use crate::cfn::dynamodb::global_table::{BillingMode, MultiRegionConsistency};
use crate::cfn::dynamodb::{CfnGlobalTable, CfnGlobalTableProps};
use crate::construct::With;
use crate::core::{Arn, Data, IntoValue, Name, RemovalPolicy, Scope, Stack, Value, pseudo, sub};
use crate::iam::{PolicyDocument, PolicyUse, ResourcePolicy, Statement};
use crate::kind;
use crate::kms::KeyRef;

/// The regions besides that of the stack, and their keys.
struct Others {
    regions: Vec<String>,
    keys: Vec<Value<String>>,
}

crate::construct! {
    /// A DynamoDB table with replicas in several regions, each of which is read and written.
    ///
    /// Creates an
    /// [`AWS::DynamoDB::GlobalTable`](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-dynamodb-globaltable.html)
    /// with a replica in the region of the stack, which is not listed. The CDK calls it `TableV2`. A stack without a region
    /// can be deployed to any region that has no other replica. Defaults:
    ///
    /// | property | here | CloudFormation |
    /// |---|---|---|
    /// | billing | on demand | provisioned, with a capacity that must be set |
    /// | consistency between regions | eventual | the same |
    /// | stream of changes | both images with replicas, off otherwise | must be set with replicas |
    /// | point-in-time recovery, in each region | 35 days | off |
    /// | deletion protection, in each region | on, unless the removal policy is `Destroy` | off |
    /// | encryption | with a key that AWS owns | the same |
    /// | attributes of indexes | all | must be set |
    /// | name | generated | generated |
    /// | removal from the template | retained | deleted |
    ///
    /// See [global tables](https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/GlobalTables.html).
    ///
    /// ```
    /// use infra_lib::dynamodb::{Attribute, GlobalTable, Replica};
    /// use infra_lib::{App, Stack};
    ///
    /// let app = App::new();
    /// let stack = Stack::new(&app, "Stack");
    /// GlobalTable::builder()
    ///     .partition_key(Attribute::string("id"))
    ///     .replica(Replica::new("eu-west-1"))
    ///     .replica(Replica::new("us-east-1"))
    ///     .build(stack, "Notes");
    /// # assert!(app.synth().findings().is_empty());
    /// ```
    pub struct GlobalTable<'app>: "infra-lib.dynamodb.GlobalTable" {
        resource: CfnGlobalTable<'app>,
        encryption: TableEncryption<'app>,
    }

    /// Properties of a [`GlobalTable`], set through [`GlobalTable::builder`].
    pub struct GlobalTableProps, GlobalTableBuilder, global_table_builder {
        /// Replicas in other regions than that of the stack. Two in one region are reported (`INF4997`).
        list replicas: Replica,
        /// Global secondary indexes, at most 20 (`INF4823`). Their capacity is that of the table (`INF4825`).
        list global_indexes: GlobalIndex,
        /// Local secondary indexes, at most 5 (`INF4823`).
        list local_indexes: LocalIndex,
        /// Tags of the table in each region.
        list tags: (String, Value<String>),
        /// Physical name of the table. Default: a generated name, so that CloudFormation can replace the table.
        text table_name,
        /// Partition key, which selects the partition of an item. A change replaces the table.
        required partition_key: Attribute,
        /// Sort key, which orders the items of a partition key. Default: none. A change replaces the table.
        optional sort_key: Attribute,
        /// Billing of the table and its indexes. Default: on demand (CloudFormation: provisioned).
        default billing: GlobalBilling = GlobalBilling::OnDemand,
        /// Consistency of reads in different regions. Default: eventual, as in CloudFormation. What DynamoDB rejects with strong
        /// consistency is reported (`INF4996`).
        default consistency: Consistency = Consistency::Eventual,
        /// Continuous backups. Default: of 35 days (CloudFormation: none).
        default point_in_time_recovery: PointInTimeRecovery = PointInTimeRecovery::On,
        /// Attribute with the expiry of an item, a number of seconds since 1970. Default: none; items never expire.
        text time_to_live,
        /// Stream of the changes of items. Default: of both images with replicas, which need it (`INF4999`), none otherwise.
        optional stream: StreamView,
        /// Encryption at rest. Default: with a key that AWS owns, as in CloudFormation. Replicas have keys of their own
        /// (`INF4995`).
        default encryption: TableEncryption<'app> = TableEncryption::AwsOwned,
        /// Class of the table. Default: standard, as in CloudFormation.
        default table_class: TableClass = TableClass::Standard,
        /// Recording of the most used keys by CloudWatch Contributor Insights, at a price. Default: off, as in
        /// CloudFormation.
        default contributor_insights: bool = false,
        /// Protection against deletion. Default: on, unless the removal policy is `Destroy` (CloudFormation: off).
        optional deletion_protection: bool,
        /// Removal policy of the table. Default: it is retained (CloudFormation: deleted).
        default removal_policy: RemovalPolicy = RemovalPolicy::Retain,
    }
}

impl<S: global_table_builder::State> GlobalTableBuilder<'_, S> {
    /// Adds a replica in another region.
    pub fn replica(mut self, replica: Replica) -> Self {
        self.replicas.push(replica);
        self
    }

    /// Adds a tag to the table in each region.
    pub fn tag(mut self, key: impl Into<String>, value: impl IntoValue<String>) -> Self {
        self.tags.push((key.into(), value.into_value()));
        self
    }
}

index_setters!(GlobalTableBuilder, global_table_builder);

impl<'app> GlobalTable<'app> {
    fn create(scope: Scope<'app>, props: GlobalTableProps<'app>) -> Self {
        let layout = Layout {
            partition_key: &props.partition_key,
            sort_key: props.sort_key.as_ref(),
            global_indexes: &props.global_indexes,
            local_indexes: &props.local_indexes,
        };
        let time_to_live = props.time_to_live.as_ref().and_then(Value::as_literal);
        let no_capacity = [
            "indexes of a global table have the capacity of the table",
            "no capacity, or a `Table`, which is in one region",
        ];
        layout.check(Some(no_capacity), time_to_live, scope);
        props.billing.check(scope);
        let regions = Regions {
            replicas: &props.replicas,
            consistency: &props.consistency,
            stream: props.stream,
            has_key: props.encryption.customer_key().is_some(),
            has_time_to_live: props.time_to_live.is_some(),
            has_local_index: !props.local_indexes.is_empty(),
        };
        check(scope, &regions);
        let keys = key_schema(&props.partition_key, props.sort_key.as_ref());
        let definitions = layout.definitions();
        let write = match props.billing {
            GlobalBilling::Provisioned { write, .. } => Some(write),
            GlobalBilling::OnDemand | GlobalBilling::OnDemandUpTo(_) => None,
        };
        let global = props.global_indexes.iter().map(|one| one.scaled(write));
        let local = props.local_indexes.iter();
        let local = local.map(|one| one.data(&props.partition_key));
        let global = filled(global);
        let local = filled(local);
        let has_replicas = !props.replicas.is_empty();
        let stream = props
            .stream
            .or(has_replicas.then_some(StreamView::NewAndOldImages));
        let others = Others {
            regions: props
                .replicas
                .iter()
                .map(|one| one.region.clone())
                .collect(),
            keys: props
                .replicas
                .iter()
                .filter_map(|one| one.key.clone())
                .collect(),
        };
        let shared = shared(props.billing, &props.global_indexes);
        let protected = props
            .deletion_protection
            .unwrap_or(props.removal_policy != RemovalPolicy::Destroy);
        let settings = ReplicaSettings {
            point_in_time_recovery: Some(props.point_in_time_recovery),
            deletion_protection: Some(protected),
            contributor_insights: Some(props.contributor_insights),
            table_class: Some(props.table_class),
            tags: props.tags.into_iter().collect(),
        };
        let key = props.encryption.customer_key();
        let key = key.map(|key| key.arn().into_value());
        let replicas = props.replicas.into_iter();
        let replicas = replicas.map(|one| one.property(&settings, &shared));
        let region = Stack::of(scope).and_then(|stack| stack.environment().region);
        let region = region.map_or_else(|| pseudo::region().into_data(), Data::from);
        let own = entry(region, key, &settings, &shared);
        let replicas: Vec<Data> = replicas.chain([own]).collect();
        let mut cfn = CfnGlobalTableProps::new(Value::from_data(Data::list(replicas)))
            .key_schema(Value::from_data(keys))
            .attribute_definitions(Value::from_data(definitions))
            .with(props.table_name, CfnGlobalTableProps::table_name)
            .with(global, CfnGlobalTableProps::global_secondary_indexes)
            .with(local, CfnGlobalTableProps::local_secondary_indexes);
        cfn = match props.billing {
            GlobalBilling::OnDemand => cfn.billing_mode(BillingMode::PAY_PER_REQUEST),
            GlobalBilling::OnDemandUpTo(most) => cfn
                .billing_mode(BillingMode::PAY_PER_REQUEST)
                .write_on_demand_throughput_settings(Value::from_data(most.on_demand_write())),
            GlobalBilling::Provisioned { write, .. } => cfn
                .billing_mode(BillingMode::PROVISIONED)
                .write_provisioned_throughput_settings(Value::from_data(write.write())),
        };
        let witness = match props.consistency {
            Consistency::Eventual => None,
            Consistency::Strong => Some(Vec::new()),
            Consistency::StrongWithWitness(region) => Some(vec![region]),
        };
        if let Some(witness) = witness {
            cfn = cfn.multi_region_consistency(MultiRegionConsistency::STRONG);
            let witness = witness.into_iter();
            let witness = witness.map(|region| Data::map([("Region", Data::from(region))]));
            cfn = cfn.with(filled(witness), CfnGlobalTableProps::global_table_witnesses);
        }
        if let Some(name) = props.time_to_live {
            let on = [
                ("AttributeName", name.into_data()),
                ("Enabled", Data::from(true)),
            ];
            cfn = cfn.time_to_live_specification(Value::from_data(Data::map(on)));
        }
        if let Some(view) = stream {
            let view = [("StreamViewType", Data::from(view.as_str()))];
            cfn = cfn.stream_specification(Value::from_data(Data::map(view)));
        }
        if !matches!(props.encryption, TableEncryption::AwsOwned) {
            let on = [
                ("SSEEnabled", Data::from(true)),
                ("SSEType", Data::from("KMS")),
            ];
            cfn = cfn.sse_specification(Value::from_data(Data::map(on)));
        }
        let resource = cfn.build(scope, "Resource");
        resource.apply_removal_policy(props.removal_policy);
        scope.attach(others);
        Self {
            scope,
            resource,
            encryption: props.encryption,
        }
    }

    /// Imports the existing replica of one region by its ARN. Its policy does not belong to this app.
    pub fn from_arn(arn: impl IntoValue<Arn<kind::dynamodb::Table>>) -> ImportedTable {
        ImportedTable::from_arn(arn)
    }

    /// Returns the ARN of the table in the region of the stack.
    pub fn arn(&self) -> Value<Arn<kind::dynamodb::GlobalTable>> {
        self.resource.attr_arn()
    }

    /// Returns the ARN of the replica in another region.
    pub fn arn_in(&self, region: &str) -> Value<String> {
        sub![
            "arn:",
            pseudo::partition(),
            ":dynamodb:",
            region,
            ":",
            pseudo::account_id(),
            ":table/",
            self.table_name()
        ]
    }

    /// Returns the physical name of the table, the same in all regions.
    pub fn table_name(&self) -> Value<Name<kind::dynamodb::GlobalTable>> {
        self.resource.ref_()
    }

    /// Returns the ARN of the stream of changes in the region of the stack, or `None` for a table without a stream.
    pub fn stream_arn(&self) -> Option<Value<String>> {
        let has_stream = self.resource.has_prop("StreamSpecification");
        has_stream.then(|| self.resource.attr_stream_arn().into_value())
    }

    /// Returns the regions of the replicas, without that of the stack.
    pub fn replica_regions(&self) -> Vec<String> {
        let others = self.scope.attached::<Others>();
        others.map(|one| one.regions.clone()).unwrap_or_default()
    }

    /// Returns the ARNs of the keys of the replicas.
    pub(super) fn replica_keys(&self) -> Vec<Value<String>> {
        let others = self.scope.attached::<Others>();
        others.map(|one| one.keys.clone()).unwrap_or_default()
    }

    /// Returns the L1 binding of the table.
    pub fn cfn(&self) -> CfnGlobalTable<'app> {
        self.resource
    }

    /// Returns the customer managed key in the region of the stack, or `None` for keys of AWS.
    pub fn encryption_key(&self) -> Option<KeyRef<'app>> {
        self.encryption.customer_key()
    }

    /// Returns the names of the global and local secondary indexes.
    pub fn index_names(&self) -> Vec<String> {
        names(*self.resource)
    }

    /// Adds a statement to the policy of the table in each region. Its resource is `*`, which is the table and its indexes
    /// there.
    #[track_caller]
    pub fn add_statement(&self, statement: Statement) {
        statement.check_complete(PolicyUse::Resource, self.scope);
        let property = |index| format!("Replicas.{index}.ResourcePolicy.PolicyDocument");
        let own = self.replica_regions().len();
        for index in 0..own {
            PolicyDocument::add_to(*self.resource, &property(index), statement.clone());
        }
        PolicyDocument::add_to(*self.resource, &property(own), statement);
    }
}

impl<'app> ResourcePolicy<'app> for GlobalTable<'app> {
    #[track_caller]
    fn add_to_resource_policy(&self, statement: Statement) {
        self.add_statement(statement);
    }

    /// Returns `*`: a table that named itself in its policy would wait for itself.
    fn policy_resources(&self, _: Vec<Value<String>>) -> Vec<Value<String>> {
        vec![crate::core::value("*")]
    }
}

/// Returns the properties that the replicas of all regions have in common: the capacity for reads.
fn shared(billing: GlobalBilling, indexes: &[GlobalIndex]) -> Vec<(&'static str, Data)> {
    let read = match billing {
        GlobalBilling::OnDemand => return Vec::new(),
        GlobalBilling::OnDemandUpTo(most) => {
            return vec![("ReadOnDemandThroughputSettings", most.on_demand_read())];
        }
        GlobalBilling::Provisioned { read, .. } => read.read(),
    };
    let index = |index: &GlobalIndex| {
        Data::map([
            ("IndexName", Data::from(index.name.clone())),
            ("ReadProvisionedThroughputSettings", read.clone()),
        ])
    };
    let mut shared = vec![("ReadProvisionedThroughputSettings", read.clone())];
    if !indexes.is_empty() {
        let indexes = Data::list(indexes.iter().map(index));
        shared.push(("GlobalSecondaryIndexes", indexes));
    }
    shared
}
