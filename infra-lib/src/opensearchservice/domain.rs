//! The [`Domain`] construct.

use std::collections::BTreeMap;

use infra_cfn::opensearchservice::domain::{
    EncryptionAtRestOptions, NodeToNodeEncryptionOptions, SoftwareUpdateOptions, VpcOptions,
};
use infra_cfn::opensearchservice::{CfnDomain, CfnDomainProps};

use super::access::report_without_control;
use super::logs::Publishing;
use super::{
    CognitoLogin, CustomEndpoint, DomainAccess, DomainCapacity, DomainNetwork, DomainStorage,
    EngineVersion, IpAddresses, OffPeakWindow, SamlLogin, SoftwareUpdates, TlsPolicy, ZoneCount,
    endpoint, maintenance,
};
use crate::construct::With;
use crate::core::Data;
use crate::ec2::{Connectable, Connections, Port, SecurityGroup};
use crate::iam::{PolicyDocument, PolicyUse, Principal, Statement};
use crate::kms::{AsKey, KeyRef};
use crate::logs::{AsLogGroup, LogGroup, LogGroupRef};
use crate::secretsmanager::Secret;
use crate::{Arn, Diagnostic, IntoValue, Name, RemovalPolicy, Scope, Value, codes, kind};

crate::construct! {
    /// A domain of OpenSearch Service: a cluster of OpenSearch or Elasticsearch.
    ///
    /// Creates an
    /// [`AWS::OpenSearchService::Domain`](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-opensearchservice-domain.html)
    /// with the secret of its master user, a security group, a log group and the policy of its logs. Defaults:
    ///
    /// | property | here | CloudFormation |
    /// |---|---|---|
    /// | engine | OpenSearch 3.3 | the latest version of OpenSearch |
    /// | network | required: a VPC or the internet | the internet |
    /// | nodes | required | one data node |
    /// | zones | as many, up to three, as the data nodes fill evenly | one |
    /// | storage | a gp3 volume of 10 GiB for each data node | required for most types |
    /// | HTTPS | required, TLS 1.2 with forward secrecy | optional, TLS 1.0 |
    /// | encryption at rest and between nodes | on | off |
    /// | clients | users of the domain; the master user has a generated password | everyone whom the access policy admits |
    /// | errors | in a log group | not logged |
    /// | slow logs and audit logs | none | none |
    /// | optional updates of the service software | automatic | manual |
    /// | off-peak window | from 22:00 in the local time of the region | the same |
    /// | change of the version | in place | the domain is replaced |
    /// | removal from the template | retained | deleted with its data |
    ///
    /// Encryption and HTTPS have no switch, because fine-grained access control needs them. Hourly snapshots are kept for 14 days
    /// by OpenSearch Service.
    ///
    /// ```
    /// use infra_lib::prelude::*;
    /// use infra_lib::ec2::{Connectable, SecurityGroup, Vpc};
    /// use infra_lib::opensearchservice::{Domain, DomainCapacity, DomainNetwork, SearchInstanceType};
    /// use infra_lib::cidr;
    ///
    /// let app = App::new();
    /// let stack = Stack::new(&app, "Search");
    /// let vpc = Vpc::builder().cidr(cidr!("10.0.0.0/16")).build(stack, "Vpc");
    /// let products = Domain::builder()
    ///     .network(DomainNetwork::vpc(vpc.isolated()))
    ///     .capacity(DomainCapacity::data_nodes(2, SearchInstanceType::R7G_LARGE))
    ///     .build(stack, "Products");
    /// let api = SecurityGroup::builder().vpc(vpc).build(stack, "Api");
    /// products.allow_from(&api);
    /// let url = sub!["https://", products.endpoint()];
    /// # assert!(!app.synth().has_errors());
    /// ```
    pub struct Domain<'app>: "infra-lib.opensearchservice.Domain" {
        resource: CfnDomain<'app>,
        security_group: Option<SecurityGroup<'app>>,
        secret: Option<Secret<'app>>,
    }

    /// Properties of a [`Domain`], set through [`Domain::builder`].
    pub struct DomainProps, DomainBuilder, domain_builder {
        /// Statements of the access policy.
        list access_policy: Statement,
        /// Advanced options of the engine.
        list advanced_options: (String, String),
        /// Network from which the domain is reached. Changing between a VPC and the internet replaces the domain.
        required network: DomainNetwork<'app>,
        /// Nodes of the domain (`INF4080` for those that OpenSearch Service rejects).
        required capacity: DomainCapacity,
        /// Engine and version (`INF4084`). Default: OpenSearch 3.3 (CloudFormation: the latest version of OpenSearch). A later
        /// version is installed in place.
        default version: EngineVersion = EngineVersion::OPENSEARCH_3_3,
        /// Name of the domain, 3 to 28 lower-case letters, digits and hyphens (`INF4085`). Default: a generated name. Changing it
        /// replaces the domain.
        text domain_name,
        /// Number of Availability Zones (`INF4081` for more than nodes or subnets fill). Default: the most, up to three, that the
        /// data nodes fill evenly (CloudFormation: one).
        optional zones: ZoneCount,
        /// Storage of each data node (`INF4082`). Default: a gp3 volume of 10 GiB, or the local disks of types that have them
        /// (CloudFormation: none).
        optional storage: DomainStorage,
        /// Authentication of clients. Default: a master user with a generated password (CloudFormation: IAM alone).
        default access: DomainAccess<'app> = DomainAccess::generated_password(),
        /// Login to Dashboards by SAML; it needs fine-grained access control (`INF4083`). Default: none, as in CloudFormation.
        optional saml: SamlLogin,
        /// Login to Dashboards with Cognito. Default: none, as in CloudFormation.
        optional cognito: CognitoLogin<'app>,
        /// KMS key that encrypts the data and the secret of the master user. Default: the AWS managed key `alias/aws/es`
        /// (CloudFormation: no encryption). Changing it replaces the domain.
        reference encryption_key: AsKey::as_key => KeyRef<'app>,
        /// Security group of the nodes, in a VPC. Default: a separate one without rules.
        handle security_group: SecurityGroup<'app>,
        /// Oldest version of TLS. Default: TLS 1.2 with forward secrecy (CloudFormation: TLS 1.0).
        default tls_policy: TlsPolicy = TlsPolicy::default(),
        /// Host name of your own. Default: none, as in CloudFormation.
        optional custom_endpoint: CustomEndpoint<'app>,
        /// IP addresses of the endpoint. Default: IPv4, as in CloudFormation.
        default ip_addresses: IpAddresses = IpAddresses::default(),
        /// Log group of errors and warnings of the engine. Default: a new one (CloudFormation: none).
        reference application_log: AsLogGroup::as_log_group => LogGroupRef<'app>,
        /// Log group of slow searches, whose thresholds are settings of each index. Default: none, as in CloudFormation.
        reference search_slow_log: AsLogGroup::as_log_group => LogGroupRef<'app>,
        /// Log group of slow writes, whose thresholds are settings of each index. Default: none, as in CloudFormation.
        reference index_slow_log: AsLogGroup::as_log_group => LogGroupRef<'app>,
        /// Log group of the actions of users; it needs fine-grained access control (`INF4083`), and audit logs enabled in
        /// Dashboards. Default: none, as in CloudFormation.
        reference audit_log: AsLogGroup::as_log_group => LogGroupRef<'app>,
        /// Updates of the service software. Default: automatic (CloudFormation: manual).
        default software_updates: SoftwareUpdates = SoftwareUpdates::Automatic,
        /// Window for updates. Default: from 22:00 in the local time of the region, as in CloudFormation.
        optional off_peak_window: OffPeakWindow,
        /// Removal policy of the domain. Default: it is retained (CloudFormation: deleted with its data).
        default removal_policy: RemovalPolicy = RemovalPolicy::Retain,
    }
}

impl<S: domain_builder::State> DomainBuilder<'_, S> {
    /// Adds a statement to the access policy, such as for a role of another account. A statement without a resource is for the
    /// whole domain.
    pub fn access_policy(mut self, statement: Statement) -> Self {
        self.access_policy.push(statement);
        self
    }

    /// Sets an advanced option, such as `indices.fielddata.cache.size`.
    ///
    /// See [advanced cluster
    /// settings](https://docs.aws.amazon.com/opensearch-service/latest/developerguide/createupdatedomains.html#createdomain-configure-advanced-options).
    pub fn advanced_option(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.advanced_options.push((name.into(), value.into()));
        self
    }
}

impl<'app> Domain<'app> {
    #[track_caller]
    fn create(scope: Scope<'app>, props: DomainProps<'app>) -> Self {
        let subnets = props.network.0.map(|subnets| (subnets, subnets.id_list()));
        let most = subnets.as_ref().map(|(_, ids)| ids.len());
        let capacity = &props.capacity;
        let zones = props
            .zones
            .unwrap_or_else(|| capacity.default_zones(most.unwrap_or(3)));
        capacity.check_capacity(scope, zones, most);
        let storage = props
            .storage
            .unwrap_or_else(|| DomainStorage::default_for(capacity.data_type()));
        storage.check_storage(scope, capacity.data_type());
        let fine_grained = props.access.is_fine_grained();
        props.version.check_version(scope, fine_grained);
        if let Some(name) = props.domain_name.as_ref().and_then(Value::as_literal) {
            maintenance::check_name(scope, name);
        }
        if let Some(window) = props.off_peak_window {
            window.check_window(scope);
        }
        if props.audit_log.is_some() && !fine_grained {
            report_without_control(scope, "an audit log");
        }
        let security_group = subnets.as_ref().map(|(subnets, _)| {
            props.security_group.unwrap_or_else(|| {
                SecurityGroup::builder()
                    .vpc(subnets.vpc())
                    .description(format!("domain {}", scope.path()))
                    .build(scope, "SecurityGroup")
            })
        });
        let vpc = subnets.map(|(_, ids)| {
            // One subnet for each zone, neither more nor fewer.
            let ids: Vec<_> = ids.into_iter().take(usize::from(zones.number())).collect();
            let groups: Vec<_> = security_group.iter().map(SecurityGroup::id).collect();
            VpcOptions::new().subnet_ids(ids).security_group_ids(groups)
        });
        let application_log = props.application_log.unwrap_or_else(|| {
            LogGroup::builder()
                .removal_policy(props.removal_policy)
                .build(scope, "AppLogs")
                .as_log_group()
        });
        let logs = [
            ("AUDIT_LOGS", props.audit_log),
            ("ES_APPLICATION_LOGS", Some(application_log)),
            ("INDEX_SLOW_LOGS", props.index_slow_log),
            ("SEARCH_SLOW_LOGS", props.search_slow_log),
        ];
        let logs = logs.into_iter();
        let logs = Publishing(
            logs.filter_map(|(log, group)| Some((log, group?)))
                .collect(),
        );
        let log_policy = logs.create_policy(scope);
        let secret =
            props
                .access
                .create_secret(scope, props.encryption_key.as_ref(), props.removal_policy);
        let mut policy = PolicyDocument::new();
        if props.access.has_users() || props.saml.is_some() {
            policy.add(requests_of_users());
        }
        let security = props.access.options(scope, secret, props.saml);
        let advanced: BTreeMap<String, String> = props.advanced_options.into_iter().collect();
        let updates = SoftwareUpdateOptions::new()
            .auto_software_update_enabled(props.software_updates == SoftwareUpdates::Automatic);
        let resource = CfnDomainProps::new()
            .engine_version(props.version.as_str())
            .cluster_config(capacity.config(zones))
            .ebs_options(storage.options())
            .domain_endpoint_options(endpoint::options(
                props.tls_policy,
                props.custom_endpoint.as_ref(),
            ))
            .node_to_node_encryption_options(NodeToNodeEncryptionOptions::new().enabled(true))
            .encryption_at_rest_options(encryption(props.encryption_key))
            .ip_address_type(props.ip_addresses.name())
            .software_update_options(updates)
            .with(props.domain_name, CfnDomainProps::domain_name)
            .with(vpc, CfnDomainProps::vpc_options)
            .with(logs.options(), CfnDomainProps::log_publishing_options)
            .with(security, CfnDomainProps::advanced_security_options)
            .with(
                (!policy.is_empty()).then_some(policy),
                CfnDomainProps::access_policies,
            )
            .with(props.cognito, |cfn, login| {
                cfn.cognito_options(login.options(scope))
            })
            .with(
                (!advanced.is_empty()).then_some(advanced),
                CfnDomainProps::advanced_options,
            )
            .with(props.off_peak_window, |cfn, window| {
                cfn.off_peak_window_options(window.options())
            })
            .build(scope, "Resource");
        resource.apply_removal_policy(props.removal_policy);
        // CloudFormation replaces a domain for another version otherwise.
        resource.update_policy(Data::map([("EnableVersionUpgrade", Data::Bool(true))]));
        if let Some(log_policy) = log_policy {
            resource.depends_on(log_policy);
        }
        if let Some(endpoint) = props.custom_endpoint {
            endpoint.create_record(scope, resource.attr_domain_endpoint());
        }
        let domain = Self {
            scope,
            resource,
            security_group,
            secret,
        };
        for statement in props.access_policy {
            domain.add_access_policy(statement);
        }
        domain
    }

    /// Returns the name of the domain.
    pub fn domain_name(&self) -> Value<Name<kind::opensearchservice::Domain>> {
        self.resource.ref_()
    }

    /// Returns the ARN of the domain.
    pub fn arn(&self) -> Value<Arn<kind::opensearchservice::Domain>> {
        self.resource.attr_arn()
    }

    /// Returns the host name of the endpoint, without `https://`. Clients connect to its port 443.
    pub fn endpoint(&self) -> Value<String> {
        self.resource.attr_domain_endpoint()
    }

    /// Returns the secret of the master user, with the fields `username` and `password`; `None` with other access.
    pub fn secret(&self) -> Option<Secret<'app>> {
        self.secret
    }

    /// Returns the security group of the nodes, or `None` for a domain on the internet.
    pub fn security_group(&self) -> Option<SecurityGroup<'app>> {
        self.security_group
    }

    /// Returns the L1 binding of the domain.
    pub fn cfn(&self) -> CfnDomain<'app> {
        self.resource
    }

    /// Adds a statement to the access policy. A statement without a resource is for the whole domain.
    ///
    /// See [resource-based policies](https://docs.aws.amazon.com/opensearch-service/latest/developerguide/ac.html#ac-types-resource).
    #[track_caller]
    pub fn add_access_policy(&self, statement: Statement) {
        let statement = if statement.has_resources() {
            statement
        } else {
            statement.resource("*")
        };
        statement.check_complete(PolicyUse::Resource, self.scope);
        PolicyDocument::add_to(*self.resource, "AccessPolicies", statement);
    }
}

/// Returns the statement that lets requests of users of the domain pass, which fine-grained access control authenticates. The
/// policy is that of one domain, so `*` is that domain.
fn requests_of_users() -> Statement {
    Statement::allow()
        .principal(Principal::any())
        .action("es:ESHttp*")
        .resource("*")
}

/// Returns the property `EncryptionAtRestOptions`.
fn encryption(key: Option<KeyRef<'_>>) -> EncryptionAtRestOptions {
    let key = key.map(|key| match key {
        // The ID is the form that OpenSearch Service documents; a key of another account has an ARN only.
        KeyRef::Own(own) => own.key_id().into_value(),
        KeyRef::Imported(imported) => imported.arn().into_value(),
    });
    EncryptionAtRestOptions::new()
        .enabled(true)
        .with::<Value<String>>(key, EncryptionAtRestOptions::kms_key_id)
}

/// Uses port 443. A domain on the internet has no security group, which is reported (`INF4085`).
impl<'app> Connectable<'app> for Domain<'app> {
    fn connections(&self) -> Connections<'app> {
        if self.security_group.is_none() {
            self.scope.report(
                Diagnostic::new(
                    codes::DOMAIN_SETTING,
                    "a domain on the internet has no security group, so no connection can be allowed",
                )
                .property("VPCOptions")
                .help("place it: `.network(DomainNetwork::vpc(vpc.isolated()))`")
                .url("https://docs.aws.amazon.com/opensearch-service/latest/developerguide/vpc.html"),
            );
        }
        Connections::new(
            self.security_group.into_iter().collect(),
            Some(Port::tcp(443)),
        )
    }
}
