//! The [`OptionGroup`] construct.

use infra_cfn::rds::option_group::{OptionConfiguration, OptionSetting};
use infra_cfn::rds::{CfnOptionGroup, CfnOptionGroupProps, CfnOptionGroupRequired};

use super::engine::Dialect;
use super::{DatabaseEngine, InstanceEngine};
use crate::construct::With;
use crate::{Diagnostic, IntoValue, Name, Scope, Value, codes, kind, value};

/// A feature of an engine that an [`OptionGroup`] switches on.
///
/// See options of
/// [MySQL](https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Appendix.MySQL.Options.html) and
/// [MariaDB](https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Appendix.MariaDB.Options.html).
///
/// ```
/// use infra_lib::rds::EngineOption;
///
/// let audit = EngineOption::new("MARIADB_AUDIT_PLUGIN").setting("SERVER_AUDIT_EVENTS", "CONNECT");
/// ```
#[derive(Clone, Debug)]
pub struct EngineOption {
    name: String,
    version: Option<String>,
    settings: Vec<(String, Value<String>)>,
}

impl EngineOption {
    /// Creates an option from its name, such as `MARIADB_AUDIT_PLUGIN`.
    pub fn new(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            version: None,
            settings: Vec::new(),
        }
    }

    /// Sets the version of the option. Default: that of RDS.
    pub fn version(mut self, version: impl Into<String>) -> Self {
        self.version = Some(version.into());
        self
    }

    /// Adds a setting. Default: those of the option.
    pub fn setting(mut self, name: impl Into<String>, value: impl IntoValue<String>) -> Self {
        self.settings.push((name.into(), value.into_value()));
        self
    }

    fn to_cfn(&self) -> OptionConfiguration {
        let settings: Vec<OptionSetting> = self
            .settings
            .iter()
            .map(|(name, value)| OptionSetting::new().name(&**name).value(value))
            .collect();
        OptionConfiguration::new(&*self.name)
            .with(self.version.as_deref(), OptionConfiguration::option_version)
            .with(
                (!settings.is_empty()).then_some(settings),
                OptionConfiguration::option_settings,
            )
    }
}

crate::construct! {
    /// A group of options, which switches on features of MySQL or MariaDB, such as the audit plugin.
    ///
    /// Creates an
    /// [`AWS::RDS::OptionGroup`](https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-rds-optiongroup.html).
    /// Defaults:
    ///
    /// | property | here | CloudFormation |
    /// |---|---|---|
    /// | description | engine and major version | required |
    /// | name | generated | generated |
    ///
    /// ```
    /// use infra_lib::rds::{EngineOption, MariadbEngineVersion, OptionGroup};
    /// use infra_lib::{App, Stack};
    ///
    /// let app = App::new();
    /// let stack = Stack::new(&app, "Data");
    /// OptionGroup::builder()
    ///     .engine(MariadbEngineVersion::other("11.4.8"))
    ///     .option(EngineOption::new("MARIADB_AUDIT_PLUGIN").setting("SERVER_AUDIT_EVENTS", "CONNECT"))
    ///     .build(stack, "Options");
    /// # assert!(!app.synth().has_errors());
    /// ```
    pub struct OptionGroup<'app>: "infra-lib.rds.OptionGroup" {
        resource: CfnOptionGroup<'app>,
    }

    /// Properties of an [`OptionGroup`], set through [`OptionGroup::builder`].
    pub struct OptionGroupProps, OptionGroupBuilder, option_group_builder {
        /// Options of the group.
        list options: EngineOption,
        /// Engine with its version, of which the major version counts: MySQL or MariaDB (`INF4231` for PostgreSQL, which has
        /// no options). Changing it replaces the group.
        required_reference engine: EngineOfOptions::engine_of_options => DatabaseEngine,
        /// Description of the group. Default: engine and major version. Changing it replaces the group.
        text description,
        /// Name of the group, at most 255 letters, digits and hyphens. Default: a generated name. Changing it replaces the
        /// group.
        text option_group_name,
    }
}

/// An engine for builders of option groups: an [`InstanceEngine`].
pub trait EngineOfOptions<'app> {
    /// Returns the engine.
    fn engine_of_options(self) -> DatabaseEngine;
}

impl<E: InstanceEngine> EngineOfOptions<'_> for E {
    fn engine_of_options(self) -> DatabaseEngine {
        self.instance_engine()
    }
}

impl<S: option_group_builder::State> OptionGroupBuilder<'_, S> {
    /// Adds an option.
    pub fn option(mut self, option: EngineOption) -> Self {
        self.options.push(option);
        self
    }
}

impl<'app> OptionGroup<'app> {
    fn create(scope: Scope<'app>, props: OptionGroupProps<'app>) -> Self {
        let engine = &props.engine;
        check_options(scope, engine, &props.options);
        // `8.4.7` is of the major version `8.4`.
        let major: Vec<&str> = engine.version.split('.').take(2).collect();
        let major = major.join(".");
        let description = props
            .description
            .unwrap_or_else(|| value(format!("options of {} {major}", engine.name)));
        let options: Vec<OptionConfiguration> =
            props.options.iter().map(EngineOption::to_cfn).collect();
        let resource = CfnOptionGroupProps::new(CfnOptionGroupRequired {
            engine_name: value(engine.name),
            major_engine_version: value(major),
            option_group_description: description,
        })
        .option_configurations(options)
        .with(
            props.option_group_name,
            CfnOptionGroupProps::option_group_name,
        )
        .build(scope, "Resource");
        Self { scope, resource }
    }

    /// Returns the name of the group.
    pub fn option_group_name(&self) -> Value<Name<kind::rds::OptionGroup>> {
        self.resource.ref_()
    }

    /// Returns the L1 binding of the group.
    pub fn cfn(&self) -> CfnOptionGroup<'app> {
        self.resource
    }
}

fn check_options(scope: Scope<'_>, engine: &DatabaseEngine, options: &[EngineOption]) {
    let report = |message: &str| {
        Diagnostic::new(codes::OPTION_GROUP, message)
            .url("https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_WorkingWithOptionGroups.html")
    };
    if engine.dialect == Dialect::Postgres {
        scope.report(
            report("PostgreSQL has no options")
                .property("EngineName")
                .actual("postgres")
                .expected("mysql or mariadb")
                .help("set parameters of the database, or create extensions in it"),
        );
    }
    if options.is_empty() {
        scope.report(
            report("an option group has no options")
                .property("OptionConfigurations")
                .help("add the features to switch on: `.option(EngineOption::new(\"…\"))`"),
        );
    }
}
