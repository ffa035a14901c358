//! Values that AWS offers today, such as instance types and versions of engines: `values/<service>.txt`, from the extension schemas of cfn-lint.
//!
//! The lines are those of `relations/`. A value of any region is listed, since a template does not name its region.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;

use infra_schema::catalog;
use serde_json::Value;

use super::{Failure, read_json_file};

/// Resource type, property type, property and file of each list.
const LISTS: [(&str, &str, &str, &str); 24] = [
    (
        "AWS::AmazonMQ::Broker",
        "",
        "HostInstanceType",
        "aws_amazonmq_broker/instancetype_enum",
    ),
    (
        "AWS::AppStream::Fleet",
        "",
        "InstanceType",
        "aws_appstream_fleet/instancetype_enum",
    ),
    (
        "AWS::DAX::Cluster",
        "",
        "NodeType",
        "aws_dax_cluster/nodetype_enum",
    ),
    (
        "AWS::DocDB::DBInstance",
        "",
        "DBInstanceClass",
        "aws_docdb_dbinstance/dbinstanceclass_enum",
    ),
    (
        "AWS::EC2::Instance",
        "",
        "InstanceType",
        "aws_ec2_instance/instancetype_enum",
    ),
    (
        "AWS::EC2::LaunchTemplate",
        "LaunchTemplateData",
        "InstanceType",
        "aws_ec2_instance/instancetype_enum",
    ),
    (
        "AWS::EC2::EC2Fleet",
        "FleetLaunchTemplateOverridesRequest",
        "InstanceType",
        "aws_ec2_instance/instancetype_enum",
    ),
    (
        "AWS::EC2::CapacityReservationFleet",
        "InstanceTypeSpecification",
        "InstanceType",
        "aws_ec2_instance/instancetype_enum",
    ),
    (
        "AWS::ElastiCache::CacheCluster",
        "",
        "CacheNodeType",
        "aws_elasticache_cachecluster/cachenodetype_enum",
    ),
    (
        "AWS::Elasticsearch::Domain",
        "ElasticsearchClusterConfig",
        "InstanceType",
        "aws_elasticsearch_domain/elasticsearchclusterconfig_instancetype_enum",
    ),
    (
        "AWS::EMR::Cluster",
        "InstanceGroupConfig",
        "InstanceType",
        "aws_emr_cluster/instancetypeconfig_instancetype_enum",
    ),
    (
        "AWS::EMR::Cluster",
        "InstanceTypeConfig",
        "InstanceType",
        "aws_emr_cluster/instancetypeconfig_instancetype_enum",
    ),
    (
        "AWS::GameLift::Fleet",
        "",
        "EC2InstanceType",
        "aws_gamelift_fleet/ec2instancetype_enum",
    ),
    (
        "AWS::ManagedBlockchain::Node",
        "NodeConfiguration",
        "InstanceType",
        "aws_managedblockchain_node/nodeconfiguration_instancetype_enum",
    ),
    (
        "AWS::Neptune::DBInstance",
        "",
        "DBInstanceClass",
        "aws_neptune_dbinstance/dbinstanceclass_enum",
    ),
    (
        "AWS::OpenSearchService::Domain",
        "ClusterConfig",
        "InstanceType",
        "aws_opensearchservice_domain/clusterconfig_instancetype_enum",
    ),
    (
        "AWS::Redshift::Cluster",
        "",
        "NodeType",
        "aws_redshift_cluster/nodetype_enum",
    ),
    (
        "AWS::SageMaker::Cluster",
        "ClusterInstanceGroup",
        "InstanceType",
        "aws_sagemaker_cluster/instancetype_enum",
    ),
    (
        "AWS::SageMaker::InferenceExperiment",
        "RealTimeInferenceConfig",
        "InstanceType",
        "aws_sagemaker_hosting/instancetype_enum",
    ),
    (
        "AWS::SageMaker::DataQualityJobDefinition",
        "ClusterConfig",
        "InstanceType",
        "aws_sagemaker_processing/instancetype_enum",
    ),
    (
        "AWS::SageMaker::ModelBiasJobDefinition",
        "ClusterConfig",
        "InstanceType",
        "aws_sagemaker_processing/instancetype_enum",
    ),
    (
        "AWS::SageMaker::ModelExplainabilityJobDefinition",
        "ClusterConfig",
        "InstanceType",
        "aws_sagemaker_processing/instancetype_enum",
    ),
    (
        "AWS::SageMaker::ModelQualityJobDefinition",
        "ClusterConfig",
        "InstanceType",
        "aws_sagemaker_processing/instancetype_enum",
    ),
    (
        "AWS::SageMaker::ModelPackage",
        "TransformResources",
        "InstanceType",
        "aws_sagemaker_transform/instancetype_enum",
    ),
];

/// Files with the versions of each engine, by type.
const VERSIONS: [(&str, &str); 3] = [
    (
        "AWS::ElastiCache::CacheCluster",
        "aws_elasticache_cachecluster/engine_version",
    ),
    ("AWS::RDS::DBCluster", "aws_rds_dbcluster/engine_version"),
    ("AWS::RDS::DBInstance", "aws_rds_dbinstance/engine_version"),
];

/// Files with the instance classes of each engine, by type and property.
const CLASSES: [(&str, &str, &str); 2] = [
    (
        "AWS::RDS::DBCluster",
        "DBClusterInstanceClass",
        "aws_rds_dbcluster/dbclusterinstanceclass_enum",
    ),
    (
        "AWS::RDS::DBInstance",
        "DBInstanceClass",
        "aws_rds_dbinstance/dbinstanceclass_enum",
    ),
];

type Values = BTreeSet<String>;

/// The lines of one service: the lists with their names, and the relations by type and property type.
#[derive(Default)]
struct Service {
    lists: BTreeMap<Vec<String>, String>,
    relations: BTreeMap<(String, String), Vec<String>>,
}

impl Service {
    /// Adds a relation of a type and property type. Equal lists are written once.
    fn add(&mut self, place: (&str, &str), tests: &str, property: &str, values: &Values) {
        let next = format!("@{}", self.lists.len() + 1);
        let list = self
            .lists
            .entry(values.iter().cloned().collect())
            .or_insert(next);
        let line = format!("  {tests}-> {property} in {list}");
        let place = (place.0.to_owned(), place.1.to_owned());
        self.relations.entry(place).or_default().push(line);
    }

    fn render(&self) -> String {
        let mut out = String::from(
            "; Written by scripts/schema-update, from the extension schemas of cfn-lint.\n",
        );
        let mut lists: Vec<(&String, &Vec<String>)> = self
            .lists
            .iter()
            .map(|(values, name)| (name, values))
            .collect();
        lists.sort_by_key(|(name, _)| name[1..].parse::<usize>().unwrap_or_default());
        for (name, values) in lists {
            let _ = writeln!(out, "{name} {}", values.join(" "));
        }
        let mut current = "";
        for ((type_name, object), lines) in &self.relations {
            if type_name != current {
                let page = type_name
                    .replace("AWS::", "")
                    .replace("::", "-")
                    .to_lowercase();
                let _ = writeln!(
                    out,
                    "@source https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-{page}.html\n{type_name}"
                );
                current = type_name;
            }
            if !object.is_empty() {
                let _ = writeln!(out, "#{object}");
            }
            for line in lines {
                let _ = writeln!(out, "{line}");
            }
        }
        out
    }
}

/// Returns the text of each service with such values.
pub(super) fn render_values(cfn_lint: &Path) -> Result<BTreeMap<String, String>, Failure> {
    let read =
        |name: &str| read_json_file(&cfn_lint.join(format!("schemas/extensions/{name}.json")));
    let mut services: BTreeMap<String, Service> = BTreeMap::new();
    for (type_name, object, property, file) in LISTS {
        let service = services.entry(catalog::service_of(type_name)).or_default();
        let values = read_lists(&read(file)?);
        service.add((type_name, object), "", property, &values);
    }
    let mut versions_of: BTreeMap<String, Values> = BTreeMap::new();
    for (type_name, file) in VERSIONS {
        let service = services.entry(catalog::service_of(type_name)).or_default();
        for (engine, versions) in read_by_engine(&read(file)?, "EngineVersion") {
            service.add(
                (type_name, ""),
                &format!("Engine={engine} "),
                "EngineVersion",
                &versions,
            );
            if type_name == "AWS::RDS::DBInstance" {
                versions_of.insert(engine, versions);
            }
        }
    }
    let mut aurora = Values::new();
    for (type_name, property, file) in CLASSES {
        let service = services.entry(catalog::service_of(type_name)).or_default();
        let mut classes: BTreeMap<String, Values> = BTreeMap::new();
        for region in read(file)?
            .as_object()
            .into_iter()
            .flatten()
            .map(|(_, region)| region)
        {
            for (engine, values) in read_by_engine(region, property) {
                classes.entry(engine).or_default().extend(values);
            }
        }
        for (engine, values) in classes {
            if type_name == "AWS::RDS::DBInstance" && is_aurora(&engine) {
                aurora.extend(values.iter().cloned());
            }
            service.add(
                (type_name, ""),
                &format!("Engine={engine} "),
                property,
                &values,
            );
        }
    }
    let rds = services.entry("rds".to_owned()).or_default();
    add_classes_of_versions(
        rds,
        &read("aws_rds_dbinstance/db_instance_class")?,
        &versions_of,
        &aurora,
    );
    Ok(services
        .iter()
        .map(|(name, service)| (name.clone(), service.render()))
        .collect())
}

/// Returns the values of all regions.
fn read_lists(regions: &Value) -> Values {
    let regions = regions.as_object().into_iter().flatten();
    regions.flat_map(|(_, region)| read_enum(region)).collect()
}

fn read_enum(schema: &Value) -> Values {
    let values = schema["enum"].as_array().into_iter().flatten();
    values
        .filter_map(Value::as_str)
        .map(str::to_owned)
        .collect()
}

/// Returns the values of a property by engine: alternatives with `if` and `then`.
fn read_by_engine(schema: &Value, property: &str) -> BTreeMap<String, Values> {
    let mut found: BTreeMap<String, Values> = BTreeMap::new();
    for rule in schema["allOf"].as_array().into_iter().flatten() {
        let values = read_enum(&rule["then"]["properties"][property]);
        if let Some(engine) = rule["if"]["properties"]["Engine"]["const"].as_str()
            && !values.is_empty()
        {
            found.entry(engine.to_owned()).or_default().extend(values);
        }
    }
    found
}

fn is_aurora(engine: &str) -> bool {
    engine.starts_with("aurora")
}

/// Adds the classes that only some versions of an engine know. The source pairs every engine with the versions of all; only its own are kept.
///
/// A version that RDS no longer offers for an engine, but Aurora does, has the classes of Aurora there. Such lists are left out.
fn add_classes_of_versions(
    rds: &mut Service,
    source: &Value,
    versions_of: &BTreeMap<String, Values>,
    aurora: &Values,
) {
    for rule in source["allOf"].as_array().into_iter().flatten() {
        let given = &rule["if"]["properties"];
        let (Some(engine), Some(pattern)) = (
            given["Engine"]["const"].as_str(),
            given["EngineVersion"]["pattern"].as_str(),
        ) else {
            continue;
        };
        // The patterns have the form `^(10\.11\..+|10\.11)$`.
        let version = pattern
            .trim_start_matches("^(")
            .split("\\..+|")
            .next()
            .unwrap_or_default();
        let version = version.replace('\\', "");
        let start = format!("{version}.");
        let known = versions_of.get(engine);
        let values = read_enum(&rule["then"]["properties"]["DBInstanceClass"]);
        if !is_aurora(engine) && values.is_subset(aurora) {
            continue;
        }
        for (test, exists) in [
            (
                format!("EngineVersion={version}"),
                known.is_some_and(|all| all.contains(&version)),
            ),
            (
                format!("EngineVersion^={start}"),
                known.is_some_and(|all| all.iter().any(|one| one.starts_with(&start))),
            ),
        ] {
            if exists {
                let tests = format!("Engine={engine} & {test} ");
                rds.add(
                    ("AWS::RDS::DBInstance", ""),
                    &tests,
                    "DBInstanceClass",
                    &values,
                );
            }
        }
    }
}
